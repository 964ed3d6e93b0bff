"""/heard: only where the house shows it; "me too" is a matter with an owner, and its writer joins."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from kept.cases.models import Case
from kept.people.models import House
from kept.stories.hearing import hear_it, show_to_everybody
from kept.stories.models import Heard, MeToo

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heard(marlow) -> Iterator[Heard]:
    House.objects.update(heard_is_public=True)
    heard = hear_it("The boxes tear.", did="Thicker tape.", by=marlow.ines, now=marlow.clock.now)
    show_to_everybody(heard, by=marlow.ines, now=marlow.clock.now)
    with time_machine.travel(marlow.clock.now, tick=False):
        yield heard


def test_a_house_that_shows_nothing_has_no_such_page(marlow, heard):
    assert "Thicker tape." in Client().get("/heard").content.decode()
    House.objects.update(heard_is_public=False)
    assert Client().get("/heard").status_code == 404
    assert Client().get(f"/heard/{heard.public_id}/me-too").status_code == 404


def test_me_too_is_a_matter_with_an_owner_who_answers(marlow, heard):
    page = f"/heard/{heard.public_id}/me-too"
    sent = Client().post(page, {"email": marlow.john.address, "name": "John", "words": "Twice!"})
    assert sent.status_code == 303
    case = Case.objects.get()
    assert "Twice!" in case.messages.get(is_theirs=True).text
    assert MeToo.objects.get().identity.customer == case.customer
    assert case.owner is not None


def test_a_slip_in_the_address_is_said_at_the_field_and_nothing_typed_is_lost(heard):
    answer = Client().post(f"/heard/{heard.public_id}/me-too", {"email": "john", "words": "Twice!"})
    assert answer.status_code == 422
    assert "Write it like name@example.com" in answer.content.decode() and "Twice!" in answer.content.decode()
    assert not MeToo.objects.exists()


def test_a_machine_that_fills_in_the_trap_joins_nothing(marlow, heard):
    Client().post(f"/heard/{heard.public_id}/me-too", {"email": marlow.john.address, "website": "x"})
    assert not MeToo.objects.exists()
