"""Places, touchpoints and who is where, as an admin sets them."""

from __future__ import annotations

import html

import pytest

from kept.people.models import Employee
from kept.places.models import Brand, Place, Touchpoint
from kept.places.placing import add_place
from kept.web.desk.tests.conftest import text_of
from kept.web.desk.tests.test_our_house import as_shown
from kept.web.desk.tests.test_people import form_of

pytestmark = pytest.mark.django_db
PLACES = "/desk/settings/places"


@pytest.fixture
def ines(marlow, seat):
    return seat(marlow.ines)


def test_a_place_is_added_with_its_manager_and_has_a_card(marlow, ines):
    answer = ines.posts(f"{PLACES}/new", {"name": "Quay Street kitchen", "manager": str(marlow.priya.pk)}, follow=True)
    place = Place.objects.get()
    assert (place.slug, place.manager) == ("quay-street-kitchen", marlow.priya)
    assert "Quay Street kitchen is kept." in text_of(answer) and "Print a card" in text_of(answer)
    card = ines.sees(f"{PLACES}/{place.pk}/card")
    assert "http://testserver/say-a-good-word?at=quay-street-kitchen" in card and '<svg class="qr"' in card


def test_a_name_that_is_taken_is_refused_and_stays_typed(marlow, ines):
    add_place("Quay Street", by=marlow.ines, now=marlow.clock.now)
    answer = ines.posts(f"{PLACES}/new", {"name": "Quay street"})
    assert answer.status_code == 409 and "is taken" in text_of(answer) and 'value="Quay street"' in text_of(answer)
    answer = ines.posts(f"{PLACES}/new", {"name": "", "slug": "mill"})
    assert answer.status_code == 422 and "Say what it is called" in text_of(answer) and 'value="mill"' in text_of(answer)


def test_a_place_moves_into_a_region_but_never_into_itself(marlow, ines):
    north = add_place("North", by=marlow.ines, now=marlow.clock.now)
    quay = add_place("Quay Street", by=marlow.ines, now=marlow.clock.now)
    ines.posts(f"{PLACES}/{quay.pk}", {"name": "Quay Street", "slug": "quay-street", "parent": str(north.pk)})
    quay.refresh_from_db()
    assert quay.parent == north
    answer = ines.posts(f"{PLACES}/{north.pk}", {"name": "North", "slug": "north", "parent": str(quay.pk)})
    assert answer.status_code == 409 and "cannot be part of itself" in text_of(answer)


def test_a_touchpoint_is_added_and_renamed(marlow, ines):
    ines.posts("/desk/settings/touchpoints/new", {"name": "Delivery", "key": "delivered"})
    point = Touchpoint.objects.get()
    ines.posts(f"/desk/settings/touchpoints/{point.pk}", {"name": "At the door", "key": "delivered"})
    point.refresh_from_db()
    assert (point.name, point.key) == ("At the door", "delivered") and "At the door" in ines.sees(PLACES)


def test_where_somebody_works_and_what_customers_call_them_is_on_their_form(marlow, ines):
    quay = add_place("Quay Street", by=marlow.ines, now=marlow.clock.now)
    path = f"/desk/people/{marlow.priya.public_id}"
    ines.posts(path, form_of(marlow.priya, place=str(quay.pk), nicknames="Pri, P."))
    priya = Employee.objects.get(pk=marlow.priya.pk)
    assert (priya.place, priya.nicknames, priya.is_listed) == (quay, "Pri, P.", False)
    assert "What people said about them" in ines.sees(path)


def test_the_houses_public_pages_are_one_a_line_and_a_mistake_stays_typed(marlow, ines):
    shown = as_shown(ines.sees("/desk/house"))
    ines.posts("/desk/house", {**shown, "public_pages": "Town guide https://guide.example/marlow\nHungry https://hungry.example"})
    assert [page["name"] for page in Brand.objects.get().public_pages] == ["Town guide", "Hungry"]
    assert "Town guide https://guide.example/marlow" in html.unescape(ines.sees("/desk/house"))
    answer = ines.posts("/desk/house", {**shown, "public_pages": "Town guide guide.example"})
    assert answer.status_code == 422 and "an address that begins with https://" in html.unescape(text_of(answer))
    assert "Town guide guide.example" in html.unescape(text_of(answer)) and len(Brand.objects.get().public_pages) == 2
