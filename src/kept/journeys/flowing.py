"""The ways of some weeks at a glance: first medium, how they were answered, how it ended; and everybody behind each stream.

All figures of the page are about the same people: whose way began in these weeks, without what was joined or set aside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Avg, Count, Exists, OuterRef, Q, QuerySet

from kept.cases.models import Case, Outcome
from kept.journeys.models import Walked
from kept.journeys.ways import AGAIN, MOVED, NOT_YET, THERE
from kept.recognition.models import Recognition, RecognitionState

WEEKS: Final = 12
WENT: Final = (THERE, MOVED, AGAIN, NOT_YET)
OPEN: Final = "open"
ENDS: Final = (Outcome.WHITE.value, OPEN, Outcome.NO_WORD.value, Outcome.BLACK.value)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Whose way began from `since` to `until`; `place`: only there."""

    since: datetime
    until: datetime
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Stream:
    """So many people went from `source` to `target`: a medium and how they were answered, or that and an end."""

    source: str
    target: str
    count: int

    @property
    def is_bad(self) -> bool:
        """Red: a second asking, or a bad end."""
        return self.target in {AGAIN, Outcome.BLACK}


@dataclass(frozen=True, slots=True)
class Flow:
    """How many went each way."""

    firsts: tuple[Stream, ...]
    lasts: tuple[Stream, ...]

    @property
    def people(self) -> int:
        """All of them."""
        return sum(stream.count for stream in self.firsts)

    def through(self, *, source: str | None = None, target: str | None = None) -> int:
        """How many of all streams of one half come from there, or lead there."""
        both = (*self.firsts, *self.lasts)
        return sum(one.count for one in both if source in (None, one.source) and target in (None, one.target))

    @property
    def media(self) -> list[str]:
        """By which they began, the most used first."""
        counted: Counter[str] = Counter()
        for one in self.firsts:
            counted[one.source] += one.count
        return sorted(counted, key=lambda name: (-counted[name], name))


def stretch_until(now: datetime, *, place: int | None = None) -> Stretch:
    """The last twelve weeks."""
    return Stretch(now - timedelta(weeks=WEEKS), now, place)


def ways_in(stretch: Stretch, cases: QuerySet[Case]) -> QuerySet[Walked]:
    """Everybody whom the page counts, among the cases that its reader sees."""
    rows = Walked.objects.filter(first_at__gte=stretch.since, first_at__lte=stretch.until, case__in=cases)
    rows = rows.filter(case__joined_into__isnull=True, case__set_aside_at__isnull=True)
    return rows if stretch.place is None else rows.filter(case__place=stretch.place)


def narrowed(ways: QuerySet[Walked], by: Mapping[str, str]) -> QuerySet[Walked]:
    """Those behind one stream, one variant, one step, or at one touchpoint: `began`, `went`,
    `end`, `variant`, `step`, `at`, `side`; each may be missing."""
    if by.get("began") is not None:
        ways = ways.filter(began_by=by["began"])
    if by.get("went"):
        ways = ways.filter(went=by["went"])
    if end := by.get("end"):
        ways = ways.filter(outcome="" if end == OPEN else end)
    if by.get("variant"):
        ways = ways.filter(variant=by["variant"])
    if at := by.get("at"):
        ways = ways.filter(case__touchpoint__key=at)
    if side := SIDES.get(by.get("side", "")):
        ways = ways.filter(side)
    return ways.filter(has_step(by["step"])) if by.get("step") else ways


HURT: Final = Q(outcome=Outcome.BLACK) | Q(case__went_wrong=True)
PRAISED: Final = Exists(Recognition.objects.filter(case=OuterRef("case")).exclude(state=RecognitionState.NOT_PRAISE))
SIDES: Final = {"hurt": HURT, "praised": Q(PRAISED)}
"""Hurt: it ended badly, or an hour or a promise of ours passed on the way. Praised: a good word about one of us was in it."""


def has_step(activity: str) -> Q:
    """The way has this activity somewhere; " > " stands between two."""
    return (
        Q(trace=activity)
        | Q(trace__startswith=f"{activity} > ")
        | Q(trace__endswith=f" > {activity}")
        | Q(trace__contains=f" > {activity} > ")
    )


def flow_of(ways: QuerySet[Walked]) -> Flow:
    """Counted in one question."""
    rows = ways.values_list("began_by", "went", "outcome").annotate(n=Count("pk")).order_by("began_by", "went", "outcome")
    return flow_from(rows)


def flow_from(rows: Iterable[tuple[str, str, str, int]]) -> Flow:
    """The two halves of it, from (first medium, how answered, outcome, how many)."""
    firsts: Counter[tuple[str, str]] = Counter()
    lasts: Counter[tuple[str, str]] = Counter()
    for began_by, went, outcome, n in rows:
        firsts[began_by, went] += n
        lasts[went, outcome or OPEN] += n
    return Flow(_streams(firsts), _streams(lasts))


def _streams(counted: Counter[tuple[str, str]]) -> tuple[Stream, ...]:
    return tuple(Stream(source, target, n) for (source, target), n in sorted(counted.items()))


@dataclass(frozen=True, slots=True)
class Effort:
    """What it took, on average, until it ended so: their words, our answers, media changed, seconds."""

    outcome: str
    count: int
    words: float
    answers: float
    switched: float
    seconds: float


def efforts(ways: QuerySet[Walked]) -> list[Effort]:
    """For each way of ending, happy first; nothing for what is open."""
    means = {name: Avg(name) for name in ("words", "answers", "switched", "seconds")}
    ended = ways.exclude(outcome="").values("outcome").annotate(count=Count("pk"), **means).order_by()
    rows: dict[str, Any] = {row["outcome"]: row for row in ended}
    return [Effort(**rows[end]) for end in ENDS if end in rows]
