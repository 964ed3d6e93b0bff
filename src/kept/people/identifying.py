"""Who is speaking? The customer behind an address, made on the spot when it is new."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from kept.channels.base import Handle
from kept.people.models import Customer, Identity
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


def identify(handles: Iterable[Handle], *, name: str, at: datetime) -> tuple[Customer, Identity | None]:
    """The customer with the first known handle (a new one if none is), and the identity they used.

    All further handles are theirs from now on, unless they belong to somebody else. Eight first contacts at once are one customer:
    the unique (kind, value) decides, and the loser of the race reads the winner's row.
    """
    handles = [handle for handle in handles if handle.value]
    known = list(Identity.objects.filter(_any_of(handles)).select_related("customer")) if handles else []
    by_key = {(identity.kind, identity.value): identity for identity in known}
    personal = [by_key[handle.kind, handle.value] for handle in handles if (handle.kind, handle.value) in by_key]
    personal = [identity for identity in personal if not identity.is_shared] or personal
    customer = personal[0].customer if personal else Customer.objects.create(name=name, first_seen_at=at)
    if name and not customer.name:
        customer.name = name
        customer.save(update_fields=["name"])
    used: Identity | None = None
    for handle in handles:
        identity = by_key.get((handle.kind, handle.value)) or _add(customer, handle, at=at)
        if handle.proven and identity.proven_at is None:
            prove(identity, at=at)
        used = used or identity
    if used is not None and used.customer_id != customer.pk and not personal:
        # Somebody else made this very person a moment ago: use theirs.
        customer.delete()
        customer = used.customer
    return customer, used


def _any_of(handles: list[Handle]):  # type: ignore[no-untyped-def]
    from django.db.models import Q

    found = Q()
    for handle in handles:
        found |= Q(kind=handle.kind, value=handle.value)
    return found


def _add(customer: Customer, handle: Handle, *, at: datetime) -> Identity:
    try:
        with transaction.atomic():
            return Identity.objects.create(
                customer=customer, kind=handle.kind, value=handle.value, first_seen_at=at, proven_at=at if handle.proven else None
            )
    except IntegrityError:
        return Identity.objects.select_related("customer").get(kind=handle.kind, value=handle.value)


def prove(identity: Identity, *, at: datetime) -> None:
    """We know from now on that this customer reads this address."""
    if identity.proven_at is not None:
        return
    identity.proven_at = at
    identity.save(update_fields=["proven_at"])
    record(f"customer:{identity.customer_id}", Happened.PROVEN, at=at, address=identity.value)
