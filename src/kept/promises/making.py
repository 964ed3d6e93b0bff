"""Our word is given: the ledger holds us to it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from kept.cases.models import Case, Message
from kept.cases.silence import bring_forward, rung_moment, save_due_times
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.promises.models import Promise, PromiseKind
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def promise(  # no event: PROMISED is recorded by bind(), once it is really said
    case: Case,
    what: str,
    *,
    by: Employee,
    due_at: datetime | None,
    now: datetime,
    said_in: Message | None = None,
    quote: str = "",
    kind: str = PromiseKind.FIRM,
    is_next_word: bool = False,
) -> Promise:
    """The ledger holds `by` to `what` by `due_at`; held back while the message that says it can still be taken back.

    Only a conditional promise may have no hour yet: it waits for the customer.
    """
    what = what.strip()
    if not what:
        raise Refusal(_("Say what is promised."))
    if due_at is None and kind != PromiseKind.CONDITIONAL:
        raise Refusal(_("Say by when."))
    if due_at is not None and due_at <= now:
        raise Refusal(_("A promise cannot be due in the past."))
    if not case.is_open:
        raise Refusal(_("It has ended; a new promise needs it to be open again."))
    made = Promise(
        case=case,
        what=what[:300],
        quote=quote,
        kind=kind,
        is_next_word=is_next_word,
        by=by,
        due_at=due_at,
        said_in=said_in,
        made_at=now,
        is_held=said_in is not None and said_in.is_held,
    )
    if made.is_held:
        made.save()
    else:
        bind(made, now=now)
    return made


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
