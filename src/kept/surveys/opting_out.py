"""“Don't ask me again”: it holds for every survey there is and will be. Only they themselves take it back."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _

from kept.cases.models import Case
from kept.lib.refusal import Refusal
from kept.people.models import Customer, Employee
from kept.surveys.admitting import turn_down
from kept.surveys.models import Invitation, InvitationState
from kept.timeline.happenings import WHY_NOT, Happened
from kept.timeline.recording import record

OPT_OUT = "opt_out"
"""They pressed the button themselves."""
MARKS: Final[dict[str, str | Lazy]] = {why: WHY_NOT[why] for why in ("minor", "bereaved", "told_us")}
"""What an employee may say, and may take back."""


@transaction.atomic
def opt_out(customer: Customer, *, at: datetime, through: str) -> None:
    """No survey asks them from now on, and what waits for them is not asked. `through`: page, one_click or mail."""
    customer = Customer.objects.select_for_update().get(pk=customer.pk)
    if customer.not_asked_since is not None and customer.not_asked_why == OPT_OUT:
        return
    _mark(customer, OPT_OUT, at=at)
    record(customer, Happened.OPTED_OUT, at=at, by=customer, customer=customer.known_as, how=through)


@transaction.atomic
def ask_again(customer: Customer, *, at: datetime) -> None:
    """They took their “don't ask me again” back themselves; what was not asked meanwhile stays so."""
    customer = Customer.objects.select_for_update().get(pk=customer.pk)
    if customer.not_asked_why != OPT_OUT:
        return
    _unmark(customer)
    record(customer, Happened.OPTED_IN, at=at, by=customer, customer=customer.known_as)


@transaction.atomic
def do_not_ask(case: Case, why: str, *, by: Employee, now: datetime) -> None:
    """No survey asks this case's customer any more, says `by`, for one of MARKS; an empty reason takes such a mark back."""
    customer = Customer.objects.select_for_update().get(pk=case.customer_id)
    if customer.not_asked_since is not None and customer.not_asked_why not in MARKS:
        raise Refusal(_("They said themselves that they want no more questions. Only they can take that back."))
    if why not in MARKS and (why or customer.not_asked_since is None):
        raise Refusal(_("Say why they are not to be asked."))
    if why == customer.not_asked_why:
        return
    if not why:
        _unmark(customer)
        record(case.about, Happened.MAY_BE_ASKED, at=now, by=by, customer=customer.known_as)
        return
    _mark(customer, why, at=now)
    record(case.about, Happened.NOT_TO_BE_ASKED, at=now, by=by, customer=customer.known_as, why=why)


def _mark(customer: Customer, why: str, *, at: datetime) -> None:  # no event: its callers record who said so
    customer.not_asked_since, customer.not_asked_why = at, why
    customer.save(update_fields=["not_asked_since", "not_asked_why"])
    theirs = Invitation.objects.filter(customer=customer)
    still = theirs.filter(state__in=[InvitationState.WAITING, InvitationState.RELEASED])
    turn_down(still.values_list("pk", flat=True), why=OPT_OUT if why == "told_us" else why, now=at)
    # A reminder that is due needs no more than its own second look; one that was not claimed yet is simply not due any more.
    theirs.filter(state=InvitationState.SENT, lease="").update(next_try_at=None)


def _unmark(customer: Customer) -> None:  # no event: its callers record who said so
    customer.not_asked_since, customer.not_asked_why = None, ""
    customer.save(update_fields=["not_asked_since", "not_asked_why"])
