"""Two scores differ only when chance alone would hardly part them so far; else we say that we cannot tell. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import erfc, sqrt
from typing import Final, TypeVar

from kept.surveys.scoring import FEWEST, Histogram, add, adjusted, people_in

Name = TypeVar("Name", bound=Hashable)
CHANCE: Final = 0.05
"""How often, where nothing differs, at least one comparison of a page may say that something does."""


class Verdict(StrEnum):
    """What can be said of one group beside the rest."""

    ABOVE = "above"
    BELOW = "below"
    CHANCE = "chance"
    """No difference that can be told from chance."""
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two groups of different people, and how likely chance alone parts them this far; None with too few in either."""

    ours: Histogram
    others: Histogram
    is_above: bool
    chance: float | None


def compare(measure: str, ours: Histogram, others: Histogram) -> Verdict:
    """How our people stand to the others, if it is the only comparison made."""
    return judge([pair_of(measure, ours, others)])[0]


def compare_each(measure: str, groups: Mapping[Name, Histogram]) -> dict[Name, Verdict]:
    """How each group stands to all the others together: never to a whole that it is a part of."""
    total = add(groups.values())
    pairs = [pair_of(measure, ours, _without(total, ours)) for ours in groups.values()]
    return dict(zip(groups, judge(pairs), strict=True))


def _without(total: Histogram, ours: Histogram) -> dict[int, int]:
    return {score: people - ours.get(score, 0) for score, people in total.items()}


def pair_of(measure: str, ours: Histogram, others: Histogram) -> Pair:
    """The two-sided test of their difference, each with its own variance."""
    if min(people_in(ours), people_in(others)) < FEWEST:
        return Pair(ours, others, is_above=False, chance=None)
    one, two = adjusted(measure, ours), adjusted(measure, others)
    z = (one.mean - two.mean) / sqrt(one.variance / one.n + two.variance / two.n)
    return Pair(ours, others, is_above=z > 0, chance=erfc(abs(z) / sqrt(2)))


def judge(pairs: Sequence[Pair]) -> list[Verdict]:
    """Several comparisons at once, by Holm's rule: all together they cry wolf no more often than one would.

    Holm, A Simple Sequentially Rejective Multiple Test Procedure, Scandinavian Journal of Statistics 6:65, 1979.
    """
    verdicts = [Verdict.CHANCE if pair.chance is not None else Verdict.TOO_FEW for pair in pairs]
    tested = sorted((pair.chance, place) for place, pair in enumerate(pairs) if pair.chance is not None)
    for step, (chance, place) in enumerate(tested):
        if chance > CHANCE / (len(tested) - step):
            break
        verdicts[place] = Verdict.ABOVE if pairs[place].is_above else Verdict.BELOW
    return verdicts
