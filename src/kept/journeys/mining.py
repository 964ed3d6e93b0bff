"""The ways that matters really took, kept up to date: each minute what was sealed since is added to the way of its case.

The sealed number of an Event says how far we have come: it is given in the order in which things were committed, so nothing
comes in behind it (an id can). Counting is done in memory, a batch at a time, and written in one go.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, TypeVar

from django.db import connection, transaction
from django.db.models import Case, F, Max, When

from kept.journeys.activities import NEEDS_FACTS, STEPS, step
from kept.journeys.models import Followed, Walked
from kept.journeys.ways import steps_of, trace_of, variant_of, way_of
from kept.timeline.models import Event

BATCH, REBUILT = 5_000, 200_000
"""Events a transaction: while the house works, and when all is counted anew."""
AT_ONCE: Final = 5_000
DAY: Final = 86_400
LOCK: Final = 0x57616C6B
COLUMNS: Final = (
    *("case_id", "trace", "variant", "steps", "first_at", "last_at", "seconds", "asked_twice", "switched", "told_again"),
    *("outcome", "began_by", "went", "words", "answers", "up_to_event"),
)
PLACES: Final = ", ".join(["%s"] * len(COLUMNS))
AS_NEW: Final = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS[1:])
WRITE_WAY: Final = (
    f"INSERT INTO {Walked._meta.db_table} ({', '.join(COLUMNS)}) VALUES ({PLACES})"  # noqa: S608 - names of ours only
    f" ON CONFLICT (case_id) DO UPDATE SET {AS_NEW}"
)
T = TypeVar("T")
Pairs = dict[tuple[date, str, str], list[int]]


@dataclass(slots=True)
class _OnTheWay:
    """One case while a batch is counted."""

    steps: list[str] = field(default_factory=list)
    first_at: datetime | None = None
    last_at: datetime | None = None
    up_to: int = 0
    week_on: date = date.min


def mine_ways(now: datetime, *, should_stop: Callable[[], bool] = lambda: False) -> int:  # noqa: ARG001 - duties are told the time
    """Every Event sealed by now stands in the way of its case. Returns how many were new."""
    looked_at, mined = _how_far(), 0
    while not should_stop():
        found, looked_at = _mine_batch(looked_at, size=BATCH)
        mined += found
        if not found:
            break
    return mined


@transaction.atomic
def rebuild_ways() -> int:  # no event: derived from Events
    """All ways are worked out anew from the whole history; the same as if they had been kept up to date."""
    _alone()
    Walked.objects.all().delete()
    Followed.objects.all().delete()
    looked_at, mined = 0, 0
    while True:
        found, looked_at = _mine_batch(looked_at, size=REBUILT)
        if not found:
            return mined
        mined += found


def _how_far() -> int:
    return Walked.objects.aggregate(last=Max("up_to_event"))["last"] or 0


@transaction.atomic
def _mine_batch(looked_at: int, *, size: int) -> tuple[int, int]:
    """The next Events are counted; returns how many there were and the number of the last."""
    _alone()
    looked_at = max(looked_at, _how_far())
    rows = list(_sealed_after(looked_at, size))
    if not rows:
        return 0, looked_at
    kept = _so_far({_case_of(about) for _number, about, *_rest in rows})
    pairs: Pairs = defaultdict(lambda: [0, 0])
    for number, about, kind, at, facts in rows:
        _add(kept[_case_of(about)], pairs, number, kind, at, facts)
    _write_ways(kept)
    _write_pairs(pairs)
    return len(rows), rows[-1][0]


def _alone() -> None:
    """Two clocks do not count the same Event. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _sealed_after(number: int, size: int) -> Iterator[tuple[int, str, str, datetime, Any]]:
    rows = Event.objects.filter(number__gt=number, about__startswith="case:", kind__in=list(STEPS)).order_by("number")
    needed = rows.annotate(told=Case(When(kind__in=NEEDS_FACTS, then=F("facts"))))
    columns = ("number", "about", "kind", "at", "told")
    for found, about, kind, at, facts in needed.values_list(*columns)[:size].iterator(chunk_size=AT_ONCE):
        yield found or 0, about, kind, at, facts


def _case_of(about: str) -> int:
    return int(about[5:])


def _so_far(cases: set[int]) -> dict[int, _OnTheWay]:
    """The ways of these cases as they stand; an empty one where none has begun."""
    found = {key: _OnTheWay() for key in cases}
    for keys in _in_parts(sorted(cases)):
        rows = Walked.objects.filter(case__in=keys).values_list("case_id", "trace", "first_at", "last_at", "up_to_event")
        for key, trace, first_at, last_at, up_to in rows:
            found[key] = _OnTheWay(steps_of(trace), first_at, last_at, up_to)
    return found


def _add(way: _OnTheWay, pairs: Pairs, number: int, kind: str, at: datetime, facts: Any) -> None:
    told = facts if kind in NEEDS_FACTS else {}
    activity = step(kind, json.loads(told) if isinstance(told, str) else told, has_begun=bool(way.steps))
    if not activity:
        return
    if way.first_at is None or way.last_at is None:
        way.first_at = way.last_at = at
    if way.steps:
        way.week_on = week_of(way.first_at) if way.week_on is date.min else way.week_on
        counted = pairs[way.week_on, way.steps[-1], activity]
        apart = at - way.last_at
        counted[0] += 1
        counted[1] += max(0, apart.days * DAY + apart.seconds)
    way.steps.append(activity)
    way.last_at, way.up_to = at, number


def week_of(at: datetime) -> date:
    """The Monday of the week in which a way began, in UTC as in the log."""
    day = at.astimezone(UTC).date()
    return day - timedelta(days=day.weekday())


def _write_ways(kept: dict[int, _OnTheWay]) -> None:  # no event: derived from Events
    """One ready statement for all of them: bulk_create would look at each field of each row."""
    begun = [_row(key, way, way.first_at, way.last_at) for key, way in sorted(kept.items()) if way.first_at and way.last_at]
    with connection.cursor() as cursor:
        cursor.executemany(WRITE_WAY, begun)


def _row(key: int, way: _OnTheWay, first_at: datetime, last_at: datetime) -> tuple[Any, ...]:
    """In the order of COLUMNS."""
    trace, told, stored = trace_of(way.steps), way_of(way.steps), connection.ops.adapt_datetimefield_value
    seconds = max(0, int((last_at - first_at).total_seconds()))
    return (
        *(key, trace, variant_of(trace), len(way.steps), stored(first_at), stored(last_at), seconds),
        *(told.asked_twice, told.switched, told.told_again, told.outcome, told.began_by, told.went, told.words, told.answers),
        way.up_to,
    )


def _write_pairs(pairs: Pairs) -> None:  # no event: derived from Events
    weeks = {week for week, _before, _after in pairs}
    known = {(one.week_on, one.before, one.after): one for one in Followed.objects.filter(week_on__in=weeks)}
    fresh, changed = [], []
    for (week, before, after), (count, seconds) in pairs.items():
        if row := known.get((week, before, after)):
            row.count, row.seconds = row.count + count, row.seconds + seconds
            changed.append(row)
        else:
            fresh.append(Followed(week_on=week, before=before, after=after, count=count, seconds=seconds))
    Followed.objects.bulk_create(fresh, batch_size=500)
    Followed.objects.bulk_update(changed, ["count", "seconds"], batch_size=200)


def _in_parts(rows: list[T]) -> Iterable[list[T]]:
    return (rows[first : first + AT_ONCE] for first in range(0, len(rows), AT_ONCE))
