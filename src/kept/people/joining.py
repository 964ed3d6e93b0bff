"""Two customers are one person: what we know of the one stands at the other, and can go back (R2).

Who says so is one of us, or the customer by a link that only they can have had. An address typed somewhere says nothing.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.lib.moving import move_back, move_rows
from kept.lib.refusal import Refusal
from kept.people.models import Customer, Employee, Joining
from kept.timeline.happenings import Happened
from kept.timeline.recording import name_of, record

COLUMNS = ("name", "usual_owner_id")
"""What `into` takes over where it had nothing itself."""


@transaction.atomic
def join(gone: Customer, *, into: Customer, by: Employee | Customer, now: datetime) -> Joining:
    """Every address, case and answer of `gone` is `into`'s. Which they were is remembered."""
    first, second = sorted((gone.pk, into.pk))
    list(Customer.objects.select_for_update().filter(pk__in=[first, second]).order_by("pk"))
    if gone.pk == into.pk or Joining.objects.filter(gone=name_of(gone), undone_at__isnull=True).exists():
        raise Refusal(_("They are one person already."))
    known = ", ".join(identity.shown for identity in gone.identities.order_by("id")) or gone.known_as
    joining = Joining.objects.create(
        gone=name_of(gone),
        into=name_of(into),
        at=now,
        by=name_of(by),
        moved=move_rows(gone, into),
        before={name: getattr(into, name) for name in COLUMNS},
    )
    _take_over(gone, into)
    record(name_of(into), Happened.CUSTOMERS_JOINED, at=now, by=by, who=into.known_as, known=known, joining=joining.pk)
    return joining


def _take_over(gone: Customer, into: Customer) -> None:  # no event: join records it
    changed = [name for name in COLUMNS if not getattr(into, name) and getattr(gone, name)]
    for name in changed:
        setattr(into, name, getattr(gone, name))
    if gone.not_asked_since is not None and into.not_asked_since is None:
        into.not_asked_since, into.not_asked_why = gone.not_asked_since, gone.not_asked_why
        changed += ["not_asked_since", "not_asked_why"]
    if gone.first_seen_at < into.first_seen_at:
        into.first_seen_at = gone.first_seen_at
        changed.append("first_seen_at")
    if changed:
        into.save(update_fields=[name.removesuffix("_id") for name in changed])


@transaction.atomic
def part(joining: Joining, *, by: Employee, now: datetime) -> Customer:
    """They are two people after all: exactly what was moved is back. Returns the one who is there again."""
    joining = Joining.objects.select_for_update().get(pk=joining.pk)
    if joining.undone_at is not None:
        raise Refusal(_("That was taken back already."))
    gone, into = _behind(joining.gone), _behind(joining.into)
    move_back(joining.moved, gone=gone)
    joining.undone_at = now
    joining.save(update_fields=["undone_at"])
    if not joining.before["name"]:
        into.name = ""
        into.save(update_fields=["name"])
    record(joining.into, Happened.CUSTOMERS_PARTED, at=now, by=by, who=into.known_as, other=gone.known_as)
    return gone


def _behind(name: str) -> Customer:
    return Customer.objects.get(pk=int(name.removeprefix("customer:")))


def joined_into(customer: Customer) -> list[Joining]:
    """Whoever turned out to be this person, newest first."""
    return list(Joining.objects.filter(into=name_of(customer), undone_at__isnull=True).order_by("-id"))
