"""Everybody told apart by one thing: each part with its people, its score if they are enough, and how it stands to the others."""

from __future__ import annotations

from dataclasses import dataclass

from kept.surveys.comparing import Verdict, compare_each
from kept.surveys.models import Survey
from kept.surveys.scoring import Score, people_in, score_of
from kept.surveys.summing import Stretch, Worded, by_value, names_of, small_teams

Histograms = dict[str, dict[int, int]]


@dataclass(frozen=True, slots=True)
class Division:
    """One value of a dimension; `score` None: too few people, or so small a team that it would be one of persons (R15)."""

    value: str
    called: str
    people: int
    score: Score | None
    verdict: Verdict


def divide(survey: Survey, worded: Worded, dimension: str, weeks: Stretch, *, found: Histograms | None = None) -> list[Division]:
    """The parts by name. `found` are the histograms where they are known already."""
    found = by_value(survey, worded, dimension, weeks) if found is None else found
    called = names_of(dimension, found)
    too_small = small_teams(list(found)) if dimension == "team" else set()
    verdicts = compare_each(survey.measure, {value: one for value, one in found.items() if value not in too_small})
    divisions = [
        Division(
            value,
            called[value],
            people_in(histogram),
            _shown(score_of(survey.measure, histogram)) if value in verdicts else None,
            verdicts.get(value, Verdict.TOO_FEW),
        )
        for value, histogram in found.items()
    ]
    return sorted(divisions, key=lambda one: one.called.casefold())


def _shown(score: Score | None) -> Score | None:
    return score if score is not None and score.is_shown else None
