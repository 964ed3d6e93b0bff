"""Words that are no customer's: set aside by a person with a reason, and brought back as easily. Nothing is deleted (R14)."""

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
from kept.promises.keeping import withdraw_the_next_word
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

SET_ASIDE = "set aside: "


@transaction.atomic
def set_aside(message: Message, *, by: Employee, because: str, now: datetime) -> None:
    """The words count as set aside. A case left without any other word of theirs is neither open nor ended."""
    because = because.strip()
    if not because:
        raise Refusal(_("Say why this is set aside."))
    if not Filed.objects.filter(message=message, fate=Fate.MESSAGE).update(fate=Fate.SET_ASIDE, why=because[:200]):
        raise Refusal(_("This is not one of their words, or it is set aside already."))
    rows = Case.objects.select_for_update(of=("self",))
    case = rows.select_related("policy__calendar").get(pk=message.case_id)
    message.rested_at, message.rested_because = now, f"{SET_ASIDE}{because}"[:200]
    message.save(update_fields=["rested_at", "rested_because"])
    record(case.about, Happened.SET_ASIDE, at=now, by=by, why=because[:200], message=message.pk)
    others = Message.objects.filter(case=case, is_theirs=True).exclude(rested_because__startswith=SET_ASIDE)
    if not others.exists():
        case.is_open, case.set_aside_at = False, now
        case.save(update_fields=["is_open", "set_aside_at"])
        withdraw_the_next_word(case, now=now)
    recount(case, now=now)


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
