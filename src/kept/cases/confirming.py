"""Somebody new writes with a valid address of the case: a person says that they belong to it (R2)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kept.cases.minding import do_duty
from kept.cases.models import Duty, Participant
from kept.people.models import Employee
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

KIND = "confirm_participant"


@transaction.atomic
def confirm(participant: Participant, *, by: Employee, now: datetime) -> None:
    """They belong to this matter: answers may go to them."""
    if participant.is_confirmed:
        return
    participant.is_confirmed = True
    participant.save(update_fields=["is_confirmed"])
    record(participant.case.about, Happened.PARTICIPANT_CONFIRMED, at=now, by=by, who=participant.customer.known_as)
    waiting = Participant.objects.filter(case=participant.case_id, is_confirmed=False)
    for duty in Duty.objects.filter(case=participant.case_id, kind=KIND, done_at__isnull=True) if not waiting.exists() else ():
        do_duty(duty, by=by, now=now)
