"""The timeline as an event log: case, activity, time, medium, one line a step, in the order in which it happened.

Exported as CSV and as XES (IEEE 1849) for whoever has tools of their own; streamed, so that a million lines need no memory.
Nobody's words or name are in it: a case is its public id.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import StringIO
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from django.db.models import Q

from kept.cases.models import Case
from kept.journeys.activities import STEPS, WROTE, step
from kept.timeline.models import Event

CASES_AT_ONCE = 500
XES_BEGINS = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<classifier name="Activity" keys="concept:name"/>
"""


class Step(NamedTuple):
    """One line of the log."""

    case: str
    activity: str
    at: datetime
    medium: str


def event_log(cases: Iterable[tuple[int, str]]) -> Iterator[Step]:
    """Every step of these cases (key, public id), case by case, each in its order."""
    batch: list[tuple[int, str]] = []
    for one in cases:
        batch.append(one)
        if len(batch) == CASES_AT_ONCE:
            yield from _of(batch)
            batch = []
    yield from _of(batch)


def every_case() -> Iterator[tuple[int, str]]:
    """All that ever began, the oldest first; also what was joined or set aside later: it happened."""
    for key, public_id in Case.objects.order_by("pk").values_list("pk", "public_id").iterator(chunk_size=CASES_AT_ONCE):
        yield key, str(public_id)


def _of(batch: list[tuple[int, str]]) -> Iterator[Step]:
    """Only sealed Events, by their number: the order that nobody can change."""
    abouts = [f"case:{key}" for key, _public in batch]
    rows = Event.objects.filter(Q(about__in=abouts), number__isnull=False, kind__in=list(STEPS))
    found: dict[str, list[tuple[str, datetime, dict[str, object]]]] = {about: [] for about in abouts}
    for about, kind, at, facts in rows.order_by("number").values_list("about", "kind", "at", "facts"):
        found[about].append((kind, at, facts))
    for key, public_id in batch:
        has_begun = False
        for kind, at, facts in found[f"case:{key}"]:
            if activity := step(kind, facts, has_begun=has_begun):
                has_begun = True
                yield Step(public_id, activity, at, _medium(activity, facts))


def _medium(activity: str, facts: dict[str, object]) -> str:
    return activity.partition("/")[2] if activity.startswith(WROTE) else str(facts.get("medium", ""))


def as_csv(log: Iterable[Step]) -> Iterator[str]:
    """A line at a time; the head first."""
    yield _line(["case", "activity", "time", "medium"])
    for one in log:
        yield _line([one.case, one.activity, _stamp(one.at), one.medium])


def as_xes(log: Iterable[Step]) -> Iterator[str]:
    """A trace for each case; the log comes case by case."""
    yield XES_BEGINS
    case = ""
    for one in log:
        if one.case != case:
            yield ("</trace>\n" if case else "") + f'<trace><string key="concept:name" value={quoteattr(one.case)}/>\n'
            case = one.case
        yield (
            f'<event><string key="concept:name" value={quoteattr(one.activity)}/>'
            f'<date key="time:timestamp" value="{_stamp(one.at)}"/><string key="medium" value={quoteattr(one.medium)}/></event>\n'
        )
    yield ("</trace>\n" if case else "") + "</log>\n"


def _line(cells: list[str]) -> str:
    out = StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
