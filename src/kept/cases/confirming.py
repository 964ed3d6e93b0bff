"""Somebody new writes with a valid address of the case: a person says that they belong to it (R2)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kept.cases.minding import do_duty
from kept.cases.models import Case, Duty, Participant
from kept.people.joining import join
from kept.people.models import Customer, Employee, Joining
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
    _nobody_waits(participant.case_id, by=by, now=now)


@transaction.atomic
def same_person(participant: Participant, *, by: Employee, now: datetime) -> Joining:
    """They are the customer themselves by another way: one person from now on, with everything known of either."""
    case = Case.objects.select_related("customer").get(pk=participant.case_id)
    return one_person(participant.customer, case.customer, by=by, now=now)


@transaction.atomic
def one_person(one: Customer, other: Customer, *, by: Employee | Customer, now: datetime) -> Joining:
    """Two customers are one, as the elder of them; whoever only waited to be known in a matter of their own waits no more."""
    into, gone = sorted((one, other), key=lambda customer: (customer.first_seen_at, customer.pk))
    joining = join(gone, into=into, by=by, now=now)
    for duty in Duty.objects.filter(case__customer=into, kind=KIND, done_at__isnull=True).select_related("case"):
        _nobody_waits(duty.case_id, by=by if isinstance(by, Employee) else None, now=now)
    return joining


def _nobody_waits(case_id: int, *, by: Employee | None, now: datetime) -> None:
    """Once nobody is left whom a person has to know, there is nothing to do by hand."""
    waiting = Participant.objects.filter(case=case_id, is_confirmed=False).values_list("customer_id", flat=True)
    names = {f"customer:{pk}" for pk in waiting}
    known_by_now = set(Joining.objects.filter(gone__in=names, undone_at__isnull=True).values_list("gone", flat=True))
    for duty in Duty.objects.filter(case=case_id, kind=KIND, done_at__isnull=True) if names <= known_by_now else ():
        do_duty(duty, by=by, now=now)
