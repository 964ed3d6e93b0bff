"""Where a customer gets their post: one line in the books, as many as it takes in the window of an envelope."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.channels.cleaning import clean_line
from kept.lib.refusal import Refusal
from kept.people.identifying import LONGEST_VALUE
from kept.people.models import Customer, Employee, Identity
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

MOST_LINES = 5
"""Under the name, in the window of an envelope (DIN 5008: six in all)."""
KIND = "address"


def one_line(typed: str) -> str:
    """The address in the one spelling that it is known by: its lines in a row, between commas."""
    parts = (clean_line(part, limit=LONGEST_VALUE) for part in re.split(r"[\r\n,]+", typed))
    return ", ".join(part for part in parts if part)


def lines_of(address: str) -> list[str]:
    """The address as it stands under a name; what is too much for the window stands in its last line."""
    parts = one_line(address).split(", ") if address.strip() else []
    return parts if len(parts) <= MOST_LINES else [*parts[: MOST_LINES - 1], ", ".join(parts[MOST_LINES - 1 :])]


def gets_post_at(customer: Customer) -> Identity | None:
    """The address they gave last and that still takes letters."""
    addresses = Identity.objects.filter(customer=customer, kind=KIND, dead_at__isnull=True)
    return addresses.order_by("-first_seen_at", "-pk").first()


@transaction.atomic
def write_down_address(customer: Customer, typed: str, *, by: Employee, now: datetime) -> Identity | None:
    """They get letters there. None where somebody else gets theirs there, too: from then on it is shared, and proves nothing."""
    value = one_line(typed)
    if not value:
        raise Refusal(_("Write their address: street, postcode and place."))
    if len(value) > LONGEST_VALUE:
        raise Refusal(_("This is too long for an envelope: street, postcode and place will do."))
    new = {"customer": customer, "first_seen_at": now}
    known, is_new = Identity.objects.get_or_create(kind=KIND, value=value, defaults=new)
    if known.customer_id != customer.pk and not known.is_shared:
        known.is_shared = True
        known.save(update_fields=["is_shared"])
    if is_new or known.customer_id != customer.pk:
        record(customer, Happened.ADDRESS_WRITTEN, at=now, by=by, customer=customer.known_as)
    return known if known.customer_id == customer.pk else None
