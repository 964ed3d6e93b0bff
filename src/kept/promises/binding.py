"""A promise counts from when it is really said: its ladder runs, and its case knows the earliest."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min

from kept.cases.models import Case
from kept.cases.silence import bring_forward, rung_moment, save_due_times
from kept.promises.models import Promise
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


def bind(made: Promise, *, now: datetime) -> None:
    """It is really said: it counts, and its ladder runs unless the answer's own ladder watches the same hour."""
    made.is_held = False
    same_hour = made.is_next_word and made.due_at == made.case.answer_due_at
    if made.due_at is not None and not same_hour:
        made.rung_level, made.rung_due_at = 80, first_rung(made)
    made.save(update_fields=["is_held", "rung_level", "rung_due_at"] if made.pk else None)
    record(made.case.about, Happened.PROMISED, at=now, by=made.by, what=made.what, promise=made.pk, due_at=_plain(made.due_at))
    if made.due_at is not None:
        bring_forward(made.case, promise_due_at=made.due_at)


def first_rung(made: Promise) -> datetime:
    """When 80 % of the time of a promise is gone."""
    assert made.due_at is not None  # noqa: S101 - the caller saw to it
    return rung_moment(made.case.policy.calendar.hours, since=made.made_at, due_at=made.due_at, level=80)


def remind(case: Case) -> None:  # no event: derived
    """The case knows its earliest open promise."""
    earliest = Promise.objects.open().filter(case=case, broken_at__isnull=True).aggregate(due=Min("due_at"))["due"]
    if earliest != case.promise_due_at:
        case.promise_due_at = earliest
        save_due_times(case, "promise_due_at")


def _plain(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
