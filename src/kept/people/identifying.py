"""Who is speaking? The customer behind an address, made on the spot when it is new."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import IntegrityError, transaction
from django.db.models import Q

from kept.channels.base import Handle
from kept.people.models import Customer, Identity
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

LONGEST_NAME, LONGEST_VALUE = 200, 320
WEAK = frozenset({"phone", "address", "handle"})
"""Kinds that several people have, or that one reads somewhere and types."""


def identify(handles: Iterable[Handle], *, name: str, at: datetime) -> tuple[Customer, Identity | None]:  # no event: RECEIVED
    """The customer with the first known handle that says who it is (a new one if none does), and the identity they used.

    All further handles are theirs from now on, unless they belong to somebody else: those are shared, and say nothing more
    about who it is. Eight first contacts at once are one customer: the unique (kind, value) decides, and the loser of the race
    reads the winner's row.
    """
    name, handles = name[:LONGEST_NAME], [handle for handle in handles if 0 < len(handle.value) <= LONGEST_VALUE]
    known = {(one.kind, one.value): one for one in _known(handles)}
    customer = _whose(handles, known)
    if customer is None:
        customer, first = _newcomer([one for one in handles if (one.kind, one.value) not in known], name=name, at=at)
        known.update({(one.kind, one.value): one for one in first})
    if name and not customer.name:
        customer.name = name
        customer.save(update_fields=["name"])
    used: Identity | None = None
    for handle in handles:
        identity = known.get((handle.kind, handle.value)) or _add(customer, handle, at=at)
        if handle.shown and handle.shown != identity.shown_as:
            _learn(identity, customer, shown=handle.shown[:LONGEST_VALUE])
        if handle.proven:
            prove(identity, at=at)
        if identity.customer_id == customer.pk:
            used = used or identity
        elif handle.kind in WEAK and not handle.proven:
            _share(identity)
    return customer, used


def _known(handles: list[Handle]) -> Iterable[Identity]:
    if not handles:
        return ()
    either = reduce(or_, (Q(kind=handle.kind, value=handle.value) for handle in handles))
    return Identity.objects.filter(either).select_related("customer")


def _whose(handles: list[Handle], known: dict[tuple[str, str], Identity]) -> Customer | None:
    """The first known address says who it is; one that several people share only if nothing else does.

    Whoever gives an e-mail address is not known by the telephone they typed beside it: anybody may know that number, and the
    answer would go to the address (R2).
    """
    strong = [handle for handle in handles if handle.proven or handle.kind not in WEAK]
    found = [known[handle.kind, handle.value] for handle in strong or handles if (handle.kind, handle.value) in known]
    return min(found, key=lambda identity: identity.is_shared).customer if found else None


def _newcomer(
    handles: list[Handle], *, name: str, at: datetime
) -> tuple[Customer, list[Identity]]:  # no event: RECEIVED tells it
    """Somebody new and their first address; or whoever became known by that very address a moment ago."""
    try:
        with transaction.atomic():
            customer = Customer.objects.create(name=name, first_seen_at=at)
            return customer, [_create(customer, handle, at=at) for handle in handles[:1]]
    except IntegrityError:
        first = _of(handles[0])
        return first.customer, [first]


def _share(identity: Identity) -> None:  # no event: RECEIVED tells it
    """Two people gave this address as theirs: from now on it only suggests."""
    if not identity.is_shared:
        identity.is_shared = True
        identity.save(update_fields=["is_shared"])


def _learn(identity: Identity, customer: Customer, *, shown: str) -> None:  # no event: RECEIVED tells it
    """They are called so there now; a customer whom we know by nothing else is, too."""
    before, identity.shown_as = identity.shown_as, shown
    identity.save(update_fields=["shown_as"])
    if before and customer.name == before:
        customer.name = shown[:LONGEST_NAME]
        customer.save(update_fields=["name"])


def _add(customer: Customer, handle: Handle, *, at: datetime) -> Identity:
    try:
        with transaction.atomic():
            return _create(customer, handle, at=at)
    except IntegrityError:
        return _of(handle)


def _create(customer: Customer, handle: Handle, *, at: datetime) -> Identity:  # no event: RECEIVED tells it
    proven_at = at if handle.proven else None
    shown = handle.shown[:LONGEST_VALUE]
    return Identity.objects.create(
        customer=customer, kind=handle.kind, value=handle.value, shown_as=shown, first_seen_at=at, proven_at=proven_at
    )


def _of(handle: Handle) -> Identity:
    return Identity.objects.select_related("customer").get(kind=handle.kind, value=handle.value)


def prove(identity: Identity, *, at: datetime) -> None:
    """We know from now on that this customer reads this address."""
    if identity.proven_at is not None:
        return
    identity.proven_at = at
    identity.save(update_fields=["proven_at"])
    record(f"customer:{identity.customer_id}", Happened.PROVEN, at=at, address=identity.value)
