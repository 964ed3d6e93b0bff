"""`/seen/<touchpoint>`: whoever stands there tells it in ten seconds, without a desk, a script or a cookie."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from kept.cases.models import Case
from kept.intake.models import Arrival, Fate, Filed
from kept.lib.clock import now
from kept.lib.tests.test_pictures import jpeg
from kept.observations.holding_back import MOST, WITHIN
from kept.observations.models import Observation
from kept.observations.reporting import report
from kept.observations.settling import settle
from kept.observations.showing import seen_link
from kept.people.models import Employee, Notice
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


@pytest.fixture
def open_van(marlow, van) -> Iterator[str]:
    """Customers may report there, at Marlow's own time."""
    Touchpoint.objects.update(customers_report=True)
    with time_machine.travel(marlow.clock.now, tick=False):
        yield f"/seen/{van.key}"


@pytest.mark.django_db(transaction=True)
def test_a_customer_who_leaves_an_address_is_acknowledged_and_answered_like_anybody_else(client, marlow, open_van):
    page = client.get(open_van)
    assert 'name="email"' in page.content.decode()
    said = {"says": "The light of the scooter is out.", "email": "mary@example.org", "form_token": token_in(page)}
    thanks = client.get(client.post(open_van, said)["Location"]).content.decode()
    seen = Observation.objects.get()
    assert seen.by is None and seen.told_on.owner == marlow.priya and seen.customer == seen.told_on.customer
    [word] = seen.told_on.messages.filter(is_theirs=True)
    assert word.text == "The light of the scooter is out." and word.subject == "Noticed: Scooter 3"
    assert "Tom Reyes sees to it." in thanks and "Priya Nair answers you by" in thanks
    marlow.works()
    assert [mail for mail in marlow.post if mail.to.value == "mary@example.org"], "acknowledged at once"


@pytest.mark.django_db(transaction=True)
def test_pressing_twice_with_an_address_is_one_small_thing_and_one_matter(client, marlow, open_van):
    said = {"says": "It leaks.", "email": "mary@example.org", "form_token": token_in(client.get(open_van))}
    first, second = client.post(open_van, said), client.post(open_van, said)
    assert first["Location"] == second["Location"]
    assert Observation.objects.count() == 1 and Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_answers_the_customer_hears_what_became_of_it(client, marlow, open_van):
    client.post(open_van, {"says": "It leaks.", "email": "mary@example.org"})
    seen = settle(Observation.objects.get(), "A new seal.", by=marlow.tom, now=marlow.clock.now)
    notice = Notice.objects.get(to=marlow.priya, kind="small_thing")
    assert (notice.about, seen.told_on.silent_since is not None) == (seen.told_on.about, True)
    assert "A new seal." in notice.says


def test_a_slip_in_the_address_is_said_at_the_field_and_nothing_typed_is_lost(client, open_van):
    answer = client.post(open_van, {"says": "It leaks.", "email": "mary at example"})
    assert answer.status_code == 422 and "It leaks." in answer.content.decode() and "mary at example" in answer.content.decode()
    assert not Observation.objects.exists()


def test_one_of_us_with_the_card_is_asked_for_a_name_and_not_for_an_address(client, card):
    assert 'name="email"' not in client.get(card).content.decode()


@pytest.mark.django_db(transaction=True)
def test_who_fills_what_people_do_not_see_is_set_aside_and_nobody_is_bothered(client, marlow, open_van):
    answer = client.post(open_van, {"says": "Buy pills.", "website": "https://pills.example"})
    assert answer.status_code == 303 and not Observation.objects.exists()
    marlow.works()
    filed = Filed.objects.get()
    assert (filed.fate, filed.why) == (Fate.SET_ASIDE, "robot")
    assert b"pills" in bytes(Arrival.objects.get(pk=filed.arrival_id).body), "kept, for a person to bring back"


def test_so_many_in_an_hour_are_held_back_and_what_was_typed_stays(client, marlow, van, open_van, card):
    for number in range(MOST):
        assert client.post(open_van, {"says": f"Spot {number}"}).status_code == 303
    answer = client.post(open_van, {"says": "One more spot"})
    assert answer.status_code == 429 and "One more spot" in answer.content.decode()
    named = {"says": "The light is loose.", "who": str(marlow.amira.public_id)}
    assert client.post(card, named).status_code == 303, "one of us who says who they are is always heard"
    Observation.objects.update(seen_at=now() - WITHIN)
    assert client.post(open_van, {"says": "One more spot"}).status_code == 303
