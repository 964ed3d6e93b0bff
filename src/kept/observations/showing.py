"""The way in for whoever stands at a touchpoint without a desk: a card that only this house can have printed."""

from __future__ import annotations

import uuid

from kept.lib.address import base_url
from kept.lib.links import page_token, read_page_token
from kept.people.models import Employee
from kept.places.models import Touchpoint

PURPOSE = "seen-at"


def seen_link(point: Touchpoint) -> str:
    """What the code on the card leads to. Whoever holds the card is one of us."""
    return f"{base_url()}/seen/{point.key}?card={page_token(PURPOSE, uuid.UUID(int=point.pk))}"


def holds_the_card(point: Touchpoint, token: str) -> bool:
    """This house printed that card, and for this touchpoint."""
    read = read_page_token(PURPOSE, token)
    return read is not None and read[0].int == point.pk


def who_may_have_seen(point: Touchpoint) -> list[Employee]:
    """The people of its place, to choose oneself from."""
    if point.place_id is None:
        return []
    return list(Employee.objects.filter(is_active=True, place=point.place_id).order_by("name", "pk")[:60])
