"""What had been set aside or quarantined is a customer's word after all: brought back by a person, with its clock."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.cases.models import Case, Message
from kept.cases.silence import recount
from kept.due import ringing
from kept.intake.filing import hear, understand
from kept.intake.models import Arrival, ArrivalState, Fate, Filed
from kept.lib.refusal import Refusal
from kept.outcomes.reopening import reopen_if_ended
from kept.people.models import Employee
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def bring_back(filed: Filed, *, by: Employee, now: datetime) -> Message:
    """It is a customer's word after all: on a case, with an owner, and its clock runs from when it reached us."""
    filed = Filed.objects.select_for_update().get(pk=filed.pk)
    if filed.fate not in {Fate.SET_ASIDE, Fate.BEFORE_KEPT}:
        raise Refusal(_("It is not set aside."))
    message = filed.message
    if message is not None:
        message.rested_at, message.rested_because = None, ""
        message.save(update_fields=["rested_at", "rested_because"])
        rows = Case.objects.select_for_update(of=("self",))
        case = rows.select_related("policy__calendar", "owner", "customer").get(pk=message.case_id)
        if case.set_aside_at or message.pk > max(case.yes_up_to, case.ended_up_to):
            reopen_if_ended(case, now=now, by=by, why=_("its words were brought back"))
        recount(case, now=now)
    else:
        arrival = Arrival.objects.select_related("account__policy__calendar", "account__brand").get(pk=filed.arrival_id)
        contacts, _trouble = understand(arrival)
        message = hear(contacts[min(filed.ordinal, len(contacts) - 1)], arrival, now=now).message
        if message is None:
            raise Refusal(_("Nothing in it asks for somebody; it stays where it is."))
        case = message.case
    filed.fate, filed.message, filed.why = Fate.MESSAGE, message, ""
    filed.save(update_fields=["fate", "message", "why"])
    record(case.about, Happened.BROUGHT_BACK, at=now, by=by, message=message.pk)
    return message


@transaction.atomic
def release(arrival: Arrival, *, by: Employee, now: datetime) -> None:
    """What was quarantined for a wrong signature is filed after all: a person says that it is genuine."""
    quarantined = Arrival.objects.filter(pk=arrival.pk, state=ArrivalState.QUARANTINED)
    if not quarantined.update(state=ArrivalState.WAITING, next_try_at=now):
        raise Refusal(_("It is not in quarantine."))
    record(arrival, Happened.BROUGHT_BACK, at=now, by=by)
    ringing.wake(Arrival)
