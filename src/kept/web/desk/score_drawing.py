"""Histograms as columns of dots, and scores as a person says them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Final

from kept.surveys.scoring import Histogram, Score, Tone, by_tone, people_in, score_of, tone_of, whole

MOST_DOTS, MOST_IN_A_WEEK, LAST_WEEKS = 72, 40, 13
ORDER: Final[tuple[Tone, ...]] = ("lo", "mi", "hi")


@dataclass(frozen=True, slots=True)
class Column:
    """One number: how many gave it, as so many dots."""

    score: int
    people: int
    tone: Tone
    dots: int


@dataclass(frozen=True, slots=True)
class Week:
    """One week's people, low, middle and high ones, as dots; its score if there were enough of them."""

    on: date
    people: int
    stands: Mapping[Tone, int]
    dots: tuple[tuple[Tone, int], ...]
    score: Said | None


@dataclass(frozen=True, slots=True)
class Said:
    """A score as it is shown: "+38", between "+27" and "+48", of 212 people."""

    value: str
    low: str
    high: str
    n: int


def columns(measure: str, histogram: Histogram) -> tuple[list[Column], int]:
    """A column for every number of the scale, and how many people one dot stands for."""
    full = whole(measure, histogram)
    each = max(1, ceil(max(full.values()) / MOST_DOTS))
    drawn = [Column(score, people, tone_of(measure, score), ceil(people / each)) for score, people in full.items()]
    return drawn, each


def weeks_drawn(measure: str, weeks: Mapping[date, Histogram]) -> tuple[list[Week], int]:
    """The last weeks as columns, and how many people one dot stands for."""
    last = sorted(weeks)[-LAST_WEEKS:]
    each = max(1, ceil(max((people_in(weeks[week]) for week in last), default=0) / MOST_IN_A_WEEK))
    return [_week(measure, week, weeks[week], each) for week in last], each


def _week(measure: str, week: date, histogram: Histogram, each: int) -> Week:
    stands = by_tone(measure, histogram)
    dots = tuple((tone, ceil(stands[tone] / each)) for tone in ORDER)
    return Week(week, people_in(histogram), stands, dots, said(measure, score_of(measure, histogram)))


def said(measure: str, score: Score | None) -> Said | None:
    """The score in figures; None with too few people behind it, who are then shown as people only (R11)."""
    if score is None or not score.is_shown:
        return None
    value, low, high = (figure(measure, one) for one in (score.value, score.low, score.high))
    return Said(value, low, high, score.n)


def figure(measure: str, value: float) -> str:
    """Points with their sign for NPS, percent for the others and for any share."""
    if measure != "nps":
        return f"{value:.0f}%"
    return f"{round(value):+d}".replace("-", "−") if round(value) else "0"
