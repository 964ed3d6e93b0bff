"""A case as one row of a list: its clock, its people, its last words, what falls due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from kept.cases.models import Case
from kept.lib.hours import working_between
from kept.lib.wording import span_in_words, span_short, spoken_span

SOON = 0.8
WEEK, DAY = timedelta(days=7), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ClockFace:
    """The silence clock as drawn: `state` ok, soon or late; `fraction` of 100 gone; the time in it and in words."""

    state: str
    fraction: int
    short: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Row:
    """One case in a list."""

    case: Case
    clock: ClockFace | None
    media: list[str]
    due: str
    due_state: str
    """late, soon or empty."""


def row(case: Case, *, now: datetime) -> Row:
    """The case as a row."""
    due, state = _due(case, now)
    return Row(case=case, clock=clock_face(case, now=now), media=case.media.split(), due=due, due_state=state)


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


def _due(case: Case, now: datetime) -> tuple[str, str]:
    if case.next_due_at is None:
        return _("They can go on; we owe nothing"), ""
    if case.next_due_at <= now:
        return _("Due %(span)s ago") % {"span": span_in_words(now - case.next_due_at)}, "late"
    left = case.next_due_at - now
    return _("Due in %(span)s") % {"span": span_in_words(left)}, "soon" if left < timedelta(hours=2) else ""
