"""`/seen/<touchpoint>`: whoever stands there tells it in ten seconds, without a desk, a script or a cookie."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kept.lib.tests.test_pictures import jpeg
from kept.observations.models import Observation
from kept.observations.reporting import report
from kept.observations.settling import settle
from kept.observations.showing import seen_link
from kept.people.models import Employee
from kept.places.models import Touchpoint
from kept.places.placing import add_place, add_touchpoint
from kept.web.public.tests.test_good_word import token_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def van(marlow) -> Touchpoint:
    marlow.hires_the_others()
    quay = add_place("Quay Street", manager=marlow.dana, by=marlow.ines, now=marlow.clock.now)
    Employee.objects.filter(pk=marlow.amira.pk).update(place=quay)
    return add_touchpoint("Scooter 3", place=quay, manager=marlow.tom, by=marlow.ines, now=marlow.clock.now)


@pytest.fixture
def card(van) -> str:
    link = seen_link(van)
    return link[link.index("/seen/") :]


def test_without_the_card_there_is_nothing_unless_customers_may(client, van):
    assert client.get(f"/seen/{van.key}").status_code == 404
    assert client.post(f"/seen/{van.key}", {"says": "The light is loose."}).status_code == 404
    Touchpoint.objects.update(customers_report=True)
    assert client.get(f"/seen/{van.key}").status_code == 200


def test_the_card_of_another_touchpoint_opens_nothing(client, marlow, van):
    other = add_touchpoint("The till", by=marlow.ines, now=marlow.clock.now)
    token = seen_link(other).partition("?card=")[2]
    assert client.get(f"/seen/{van.key}?card={token}").status_code == 404
    assert client.get(f"/seen/{van.key}?card={'x' * 60}").status_code == 404


def test_amira_scans_the_card_says_who_she_is_and_hears_what_becomes_of_it(client, marlow, van, card):
    page = client.get(card)
    assert "Amira Haddad" in page.content.decode() and 'capture="environment"' in page.content.decode()
    said = {"says": "The back light is loose.", "who": str(marlow.amira.public_id), "form_token": token_in(page)}
    answer = client.post(card, {**said, "photo": SimpleUploadedFile("l.jpg", jpeg(), content_type="image/jpeg")})
    seen = Observation.objects.get()
    assert answer.status_code == 303 and not answer.cookies
    assert (seen.by, seen.owner, seen.photo_type) == (marlow.amira, marlow.tom, "image/jpeg")
    thanks = client.get(answer["Location"]).content.decode()
    assert "Thank you. Tom Reyes sees to it." in thanks and "The back light is loose." in thanks


def test_pressing_twice_is_one_small_thing(client, van, card):
    said = {"says": "The back light is loose.", "form_token": token_in(client.get(card))}
    first, second = client.post(card, said), client.post(card, said)
    assert first["Location"] == second["Location"] and Observation.objects.count() == 1


def test_a_customer_does_not_choose_who_of_us_they_are(client, marlow, van):
    Touchpoint.objects.update(customers_report=True)
    page = f"/seen/{van.key}"
    assert "Amira Haddad" not in client.get(page).content.decode()
    client.post(page, {"says": "It leaks.", "who": str(marlow.amira.public_id)})
    assert Observation.objects.get().by is None


def test_whoever_left_no_name_reads_at_the_same_address_what_became_of_it(client, marlow, van, card):
    address = client.post(card, {"says": "The back light is loose."})["Location"]
    settle(Observation.objects.get(), "A new light since Tuesday.", by=marlow.tom, now=marlow.clock.now)
    assert "A new light since Tuesday." in client.get(address).content.decode()
    assert client.get(address[:-5] + "aaaaa").status_code == 404


def test_nothing_said_or_no_photo_comes_back_with_what_was_typed(client, van, card):
    empty = client.post(card, {"says": " "})
    assert empty.status_code == 422 and "Say what you noticed" in empty.content.decode()
    wrong = client.post(card, {"says": "It leaks.", "photo": SimpleUploadedFile("l.jpg", b"no", content_type="image/jpeg")})
    assert wrong.status_code == 409 and "It leaks." in wrong.content.decode() and not Observation.objects.exists()


def test_the_thanks_of_one_touchpoint_do_not_open_at_another(client, marlow, van, card):
    seen = report("It leaks.", touchpoint=van, now=marlow.clock.now)
    address = client.post(card, {"says": "It leaks."})["Location"]
    add_touchpoint("The till", by=marlow.ines, now=marlow.clock.now)
    assert seen and client.get(address.replace(van.key, "the-till")).status_code == 404
