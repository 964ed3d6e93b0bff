"""Who may be asked at all: somebody gets in line, or is not asked and the row says why (R9)."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Lower

from kept.accounts.models import ChannelAccount
from kept.cases.models import Case
from kept.people.models import Customer, Employee, Identity
from kept.places.models import Place, Touchpoint
from kept.replies.addressing import best_address
from kept.replies.delivering import UNDER_WAY
from kept.surveys.models import Invitation, InvitationState, Survey

UNSENT_FOR = timedelta(days=7)
"""Whoever could not be asked by then is not asked any more: it would be about something long past."""
AGAIN = "again"
_LOT = random.SystemRandom()


def occasion_of(case: Case, *, asks_again: bool = False) -> str:
    """The key of a matter's end: it invites once, by whichever way. `asks_again`: after a matter that a score began."""
    return f"{AGAIN if asks_again else 'ended'}:{case.pk}"


@transaction.atomic
def admit(  # no event: the row itself says who could have been asked, when, and why not
    survey: Survey,
    customer: Customer,
    *,
    occasion_key: str,
    about: str,
    at: datetime,
    now: datetime,
    touchpoint: Touchpoint | None = None,
    place: Place | None = None,
    product: str = "",
    case: Case | None = None,
    by_mail: bool = True,
) -> Invitation:
    """They wait for room, their place in the lot drawn; or are not asked, with the reason. The same occasion invites once.

    Without `by_mail` the question stands on a page of theirs: no address is needed, and the caller sets it out at once.
    """
    known = Invitation.objects.filter(survey=survey, occasion_key=occasion_key).first()
    eligible_at = survey.eligible_at(at)
    if known is not None and not _is_looked_at_anew(known, eligible_at):
        return known
    identity = address_to_ask(customer, case) if by_mail else None
    why = why_not(survey, customer, now=now, asks_again=occasion_key.startswith(f"{AGAIN}:"))
    why = why or ("no_address" if by_mail and identity is None else "")
    why = why or ("too_late" if eligible_at + UNSENT_FOR <= now else "")
    told = {
        "customer": customer,
        "identity": identity,
        "about": about[:200],
        "touchpoint": touchpoint,
        "place": place or (touchpoint.place if touchpoint else None) or (case.place if case else None),
        "product": product[:80],
        "case": case,
        "language": customer.language or survey.account.brand.language,
        "state": InvitationState.NOT_ASKED if why else InvitationState.WAITING,
        "why": why,
        "draw": _LOT.random(),
        "eligible_at": eligible_at,
        "expires_at": eligible_at + UNSENT_FOR,
    }
    row, is_new = Invitation.objects.get_or_create(survey=survey, occasion_key=occasion_key, defaults=told)
    if not is_new and _is_looked_at_anew(row, eligible_at):
        for name, value in told.items():
            setattr(row, name, value)
        row.save(update_fields=list(told))
    return row


def _is_looked_at_anew(known: Invitation, eligible_at: datetime) -> bool:
    """They were not asked about their matter's end, it went on, and now it has ended again."""
    return known.state == InvitationState.NOT_ASKED and known.case_id is not None and known.eligible_at < eligible_at


def address_to_ask(customer: Customer, case: Case | None) -> Identity | None:
    """Where they are asked: the address of the matter itself, else a living one, proven and their own before others."""
    if case is not None and case.customer_id == customer.pk and (best := best_address(case)) is not None:
        return best
    alive = Identity.objects.filter(customer=customer, kind="email", dead_at__isnull=True)
    return min(alive, key=lambda one: (one.proven_at is None, one.is_shared, one.pk), default=None)


def why_not(survey: Survey, customer: Customer, *, now: datetime, asks_again: bool = False) -> str:
    """The reason as a code why this survey may not ask them at that moment; empty: it may.

    `asks_again`: after a matter that a score of theirs began; the rule of so many days between two questions rests then.
    """
    return why_for(survey, customer, reasons([customer], now=now), now=now, asks_again=asks_again)


def why_no_longer(invitations: Sequence[Invitation], *, now: datetime) -> dict[int, str]:
    """By the key of the invitation: the reason why it may not go (any more). For whoever releases or sends; few queries for many.

    Give them with `survey__account` and `customer` read.
    """
    of_persons = reasons([one.customer for one in invitations], now=now)
    found = {one.pk: why_for(one.survey, one.customer, of_persons, now=now, asks_again=asks_again(one)) for one in invitations}
    return {key: why for key, why in found.items() if why}


def asks_again(invitation: Invitation) -> bool:
    """It asks the same question again after a matter that its own score began."""
    return invitation.occasion_key.startswith(f"{AGAIN}:")


def why_for(survey: Survey, customer: Customer, of_persons: dict[int, str], *, now: datetime, asks_again: bool = False) -> str:
    """The same where `reasons` of many were read before."""
    if not survey.is_open or survey.account.closed_at is not None:
        return "closed"
    asked = customer.last_asked_at
    lately = not asks_again and asked is not None and now - asked < timedelta(days=survey.ask_again_days)
    return of_persons.get(customer.pk) or ("asked_lately" if lately else "")


def reasons(customers: Iterable[Customer], *, now: datetime) -> dict[int, str]:
    """By the key of the customer: why no survey at all may ask them. Whoever is not in it may be asked."""
    people = {one.pk: one for one in customers}
    found = {}
    for pk in Case.objects.open().filter(customer__in=people).exclude(kind="praise").values_list("customer", flat=True):
        found[pk] = "open_complaint"
    found |= dict.fromkeys(_ours(people), "staff")
    for pk, one in people.items():
        if one.not_asked_since is not None and one.not_asked_since <= now:
            found[pk] = "opt_out" if one.not_asked_why == "told_us" else one.not_asked_why or "opt_out"
    return found


def _ours(customers: Iterable[int]) -> set[int]:
    addresses = dict(Identity.objects.filter(customer__in=customers, kind="email").values_list("value", "customer"))
    return {addresses[address] for address in ours_among(addresses)}


def ours_among(addresses: Iterable[str]) -> set[str]:
    """Those of these addresses that are an employee's, or one of the house itself."""
    if not (addresses := list(addresses)):
        return set()
    staff = Employee.objects.filter(is_active=True).annotate(lower=Lower("email")).filter(lower__in=addresses)
    house = ChannelAccount.objects.filter(address__in=addresses)
    return {*staff.values_list("lower", flat=True), *house.values_list("address", flat=True)}


@transaction.atomic
def turn_down(invitations: Iterable[int], *, why: str, now: datetime) -> int:  # no event: the row keeps the reason
    """These are not asked, for that reason; what went out, or is going out this moment, stays as it is. Returns how many."""
    still = Invitation.objects.filter(pk__in=list(invitations), state__in=[InvitationState.WAITING, InvitationState.RELEASED])
    held = still.exclude(trouble=UNDER_WAY, lease_until__gte=now)
    return held.update(state=InvitationState.NOT_ASKED, why=why, next_try_at=None, lease="", lease_until=None, trouble="")
