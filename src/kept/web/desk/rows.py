"""A case as one row of a list: its clock, its people, its last words, what falls due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from kept.cases.models import Case
from kept.lib.hours import working_between
from kept.lib.wording import span_in_words, span_short, spoken_span

SOON = 0.8
SOON_WITHIN = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class ClockFace:
    """The silence clock as drawn: `state` ok, soon or late; `fraction` of 100 gone; the time in it and in words."""

    state: str
    fraction: int
    short: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Row:
    """One case in a list. `what` is owed by `case.next_due_at`; `due` says it is near or past, `due_state` soon or late."""

    case: Case
    clock: ClockFace | None
    media: list[str]
    what: str
    due: str
    due_state: str
    """late, soon or empty."""


def row(case: Case, *, now: datetime) -> Row:
    """The case as a row."""
    due, state = _due(case, now)
    return Row(
        case=case, clock=clock_face(case, now=now), media=case.media.split(), what=what_is_owed(case), due=due, due_state=state
    )


def grouped(rows: Iterable[Row], *, now: datetime) -> list[tuple[str, list[Row]]]:
    """The rows under headings by when they fall due: late first, the order unchanged."""
    return [(title, list(group)) for title, group in groupby(rows, key=lambda row: _heading(row.case, now))]


def _heading(case: Case, now: datetime) -> str:
    due_at = case.next_due_at
    zone = ZoneInfo(case.policy.calendar.zone)
    if due_at is None or due_at <= now:
        return _("Past its hour")
    return _("Due today") if due_at.astimezone(zone).date() == now.astimezone(zone).date() else _("Due later")


def clock_face(case: Case, *, now: datetime) -> ClockFace | None:
    """The clock of a case that waits; None when nothing is owed."""
    if case.silent_since is None or case.answer_due_at is None:
        return None
    silent = max(now - case.silent_since, timedelta())
    gone = _gone(case, now)
    state = "late" if now >= case.answer_due_at else "soon" if gone >= SOON else "ok"
    standing = {"late": _("past our promise"), "soon": _("due soon"), "ok": _("in good time")}[state]
    spoken = _("Silent for %(span)s, %(standing)s") % {"span": spoken_span(silent), "standing": standing}
    return ClockFace(state, 100 if state == "late" else min(99, int(gone * 100)), span_short(silent), spoken)


def _gone(case: Case, now: datetime) -> float:
    """The share of the working time until the answer is due that has passed."""
    assert case.silent_since is not None and case.answer_due_at is not None  # noqa: S101 - the caller saw to it
    hours = case.policy.calendar.hours
    whole = working_between(hours, case.silent_since, case.answer_due_at)
    return working_between(hours, case.silent_since, now) / whole if whole else 0.0


def what_is_owed(case: Case) -> str:
    """What falls due next: an answer, a promise, or something done by hand; empty when we owe nothing."""
    if case.next_due_at is None:
        return ""
    if case.next_due_at == case.answer_due_at:
        return _("An answer")
    return _("A promise") if case.next_due_at == case.promise_due_at else _("Something by hand")


def _due(case: Case, now: datetime) -> tuple[str, str]:
    if case.next_due_at is None:
        return "", ""
    left = case.next_due_at - now
    if left <= timedelta():
        return _("%(span)s past") % {"span": span_in_words(left)}, "late"
    return (_("Due in %(span)s") % {"span": span_in_words(left)}, "soon") if left < SOON_WITHIN else ("", "")
