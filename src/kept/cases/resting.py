"""Words that need no answer are put to rest, by a person and with a reason (R5)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.cases.minding import do_duty
from kept.cases.models import Case, Duty, Message
from kept.cases.silence import recount
from kept.lib.hours import add_working_days
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

ASKED_AFTER = 3
"""Working days after which they are asked whether it is solved (R8)."""


@transaction.atomic
def rest(message: Message, *, by: Employee, because: str, now: datetime) -> None:
    """These words need no answer, says `by`; the clock is worked out anew without them."""
    because = because.strip()
    if not because:
        raise Refusal(_("Say why these words need no answer."))
    if not message.is_theirs:
        raise Refusal(_("Only a customer’s words can be put to rest."))
    if message.rested_at is not None:
        return
    case = Case.objects.select_for_update().get(pk=message.case_id)
    message.rested_at, message.rested_because = now, because[:200]
    message.save(update_fields=["rested_at", "rested_because"])
    record(case.about, Happened.RESTED, at=now, by=by, message=message.pk, why=because[:200])
    recount(case, now=now)
    if case.is_open and case.silent_since is None:
        _what_follows(case, by=by, now=now)


def _what_follows(case: Case, *, by: Employee, now: datetime) -> None:  # no event: when to ask is derived
    """Nobody need tell them any more that their words are here; they are asked whether it is solved, as after an answer.

    Praise ends when it was passed on, and is not asked about.
    """
    for duty in Duty.objects.filter(case=case, kind="acknowledge_by_hand", done_at__isnull=True).select_related("case"):
        do_duty(duty, by=by, now=now)
        case.duty_due_at = duty.case.duty_due_at
    if case.asking_due_at is not None or case.kind == "praise":
        return
    case.asking_due_at = add_working_days(case.policy.calendar.hours, now, ASKED_AFTER)
    case.save(update_fields=["asking_due_at"])


@transaction.atomic
def wake(message: Message, *, by: Employee, now: datetime) -> None:
    """These words do need an answer after all: the clock runs from them as if they had never rested."""
    case = Case.objects.select_for_update().get(pk=message.case_id)
    message.rested_at, message.rested_because = None, ""
    message.save(update_fields=["rested_at", "rested_because"])
    record(case.about, Happened.BROUGHT_BACK, at=now, by=by, message=message.pk)
    recount(case, now=now)
