"""A journey is drawn from the customer's side, people walk, and the two are laid side by side.

Ines draws how a pizza comes: ordered on the page, found warm at the door. Nobody rings on her map. Then people ring.
"""

from __future__ import annotations

import re
from html import unescape

import pytest
import time_machine
from django.test import Client

from kept.places.models import Touchpoint

MAP = {
    "name": "A pizza comes",
    "persona": "Somebody hungry, with two children",
    "reason": "Nobody wants to cook",
    "outcome": "Everybody eats warm, and nobody had to ring",
    "stage-0": "Orders",
    "step-0.0-name": "Orders on the page",
    "step-0.0-touchpoint": "web-shop",
    "step-0.0-medium": "form",
    "stage-1": "Receives",
    "step-1.0-name": "Opens the door",
    "step-1.0-touchpoint": "rider",
    "step-1.0-medium": "form",
    "step-1.0-moment_of_truth": "yes",
}


class Desk:
    """Ines at the desk, over the real pages, at the time it is there."""

    def __init__(self, house, who) -> None:
        self.house, self.client = house, Client()
        self.client.force_login(who)

    def sees(self, path: str) -> str:
        with time_machine.travel(self.house.clock.now, tick=False):
            return " ".join(self.client.get(path).content.decode().split())

    def presses(self, path: str, fields: dict[str, object]) -> str:
        with time_machine.travel(self.house.clock.now, tick=False):
            answer = self.client.post(path, fields)
        assert answer.status_code == 302
        return str(answer["Location"])


@pytest.fixture
def touchpoints(marlow) -> None:
    for key, name in (("web-shop", "Web shop"), ("rider", "Pizza rider"), ("invoice", "Invoice")):
        Touchpoint.objects.create(key=key, name=name)


def _at(case, key: str) -> None:
    type(case).objects.filter(pk=case.pk).update(touchpoint=Touchpoint.objects.get(key=key))


@pytest.mark.django_db(transaction=True)
def test_a_map_is_drawn_walked_and_the_two_are_laid_side_by_side(marlow, story, touchpoints):
    ines = Desk(marlow, marlow.ines)
    drawn = ines.presses("/desk/journeys/new", MAP)
    assert ines.sees(drawn).count("drawn, never walked") == 2, "nobody has walked yet"

    # Two ring because it is cold at the door; one of them rings twice before anybody answers. One asks about the invoice.
    cold = marlow.john.is_written_down("phone", "It is cold.", by=marlow.priya)
    _at(cold, "rider")
    story.goes_by(hours=1)
    marlow.john.is_written_down("phone", "It is still cold.", by=marlow.priya)
    fine = marlow.samir.is_written_down("phone", "Where is my pizza?", by=marlow.priya)
    _at(fine, "rider")
    bill = marlow.grace.fills_in_the_form("What is this line on my invoice?")
    _at(bill, "invoice")
    story.goes_by(hours=4)

    page = ines.sees(drawn)
    assert page.count("drawn, never walked") == 1, "nobody said anything of the web shop"
    assert page.count("walked, never drawn") == 1, "the invoice is on no map"
    assert "They also came by:" in page
    assert "2 people" in page[page.index("Moments of truth") :]

    # Every figure opens onto its people; and the flow says that one of them had to ask again.
    people = re.search(r'href="(/desk/journeys/people\?at=rider)"', page)
    assert people is not None
    read = ines.sees(unescape(people[1]))
    assert "It is cold." in read
    assert "Where is my pizza?" in read
    assert "invoice" not in read
    assert "One had to ask again" in ines.sees("/desk/journeys")
