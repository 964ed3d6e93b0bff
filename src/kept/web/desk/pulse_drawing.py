"""The Pulse in dots: endings week by week, first answers by how long they took. One dot is one person while there is room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, inf
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from kept.numbers.lens import Lens
from kept.numbers.members import Member
from kept.web.desk.score_words import Words

MOST_DOTS, MOST_COLUMNS = 40, 13
ENDINGS: Final = (("black", "b"), ("no_word", "o"), ("white", "w"))
HOUR, DAY = 60, 24 * 60
BANDS: Final[tuple[tuple[float, Words | Lazy, str], ...]] = (
    (15, _("15 m"), "hi"),
    (HOUR, _("1 h"), "hi"),
    (4 * HOUR, _("4 h"), "hi"),
    (12 * HOUR, _("12 h"), "hi"),
    (DAY, _("1 d"), "mi"),
    (3 * DAY, _("3 d"), "mi"),
    (7 * DAY, _("7 d"), "lo"),
    (inf, _("more"), "lo"),
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days: who ended how, as dots, and the days by which they are opened."""

    first: date
    last: date
    counts: Counter[str]
    dots: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Band:
    """Everybody who waited no longer than this, and longer than the one before."""

    number: int
    called: Words
    tone: str
    people: int
    dots: int


def stretches(members: Sequence[Member], lens: Lens) -> tuple[list[Stretch], int]:
    """At most 13 columns of equally many days, and how many people one dot stands for."""
    here = ZoneInfo(str(lens.begins.tzinfo))
    first, last = lens.begins.date(), (lens.ends - timedelta(microseconds=1)).astimezone(here).date()
    days = (last - first).days + 1
    step = 1 if days <= MOST_COLUMNS else 7 * ceil(days / (7 * MOST_COLUMNS))
    counted: dict[int, Counter[str]] = {number: Counter() for number in range(ceil(days / step))}
    for one in members:
        counted[(one.at.astimezone(here).date() - first).days // step][one.part] += 1
    each = max(1, ceil(max((sum(some.values()) for some in counted.values()), default=0) / MOST_DOTS))
    return [_stretch(first + timedelta(days=number * step), step, last, some, each) for number, some in counted.items()], each


def _stretch(first: date, step: int, last: date, counts: Counter[str], each: int) -> Stretch:
    dots = tuple((tone, ceil(counts[part] / each)) for part, tone in ENDINGS)
    return Stretch(first, min(first + timedelta(days=step - 1), last), counts, dots)


def bands(members: Sequence[Member]) -> tuple[list[Band], int]:
    """First answers by how long they took, and how many people one dot stands for."""
    counted = Counter(band_of(one.amount or 0) for one in members)
    each = max(1, ceil(max(counted.values(), default=0) / MOST_DOTS))
    drawn = [
        Band(number, called, tone, counted[number], ceil(counted[number] / each))
        for number, (_upto, called, tone) in enumerate(BANDS)
    ]
    return drawn, each


def band_of(amount: float) -> int:
    """The number of the band that a wait of so many minutes falls into."""
    return next(number for number, (upto, _called, _tone) in enumerate(BANDS) if amount <= upto)
