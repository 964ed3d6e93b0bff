"""A question by link, QR code or in a frame: nobody is asked who they are, and whoever wants an answer gets one."""

from __future__ import annotations

import re

import pytest

from kept.cases.models import Case
from kept.intake.models import Arrival
from kept.people.models import Customer
from kept.places.models import Place
from kept.surveys.models import Occasion, Response, Survey
from kept.surveys.tests.posting import how_likely
from kept.web.customer.tests.conftest import text_of
from kept.web.customer.tests.test_survey import carried

pytestmark = pytest.mark.django_db(transaction=True)
COLD = "No soap in the washroom."
AT = "/s/at/how-likely"


@pytest.fixture
def survey(marlow) -> Survey:
    return how_likely(marlow, occasion=Occasion.LINK)


def answers(visitor, path: str = AT, **fields: str):
    return visitor.presses(path, **carried(visitor.opens(path)), **fields)


def test_a_number_is_enough_and_makes_nobody_known(visitor, survey):
    sent = answers(visitor, score="9")
    assert sent.status_code == 303
    assert (Response.objects.get().score, Response.objects.get().medium) == (9, "link")
    assert not Customer.objects.exists()
    assert "We have your answer." in visitor.reads(sent["Location"])


def test_whoever_wants_an_answer_says_where_and_gets_a_person_and_an_hour(marlow, visitor, survey):
    sent = answers(visitor, score="2", why=COLD, contact="email", email="Samir@patel.example", name="Samir Patel")
    case = Case.objects.get()
    assert (case.customer.name, case.owner) == ("Samir Patel", marlow.dana)
    thanks = visitor.reads(sent["Location"])
    assert "You hear from Dana Okafor by Monday 1 June, 17:00." in thanks
    page = visitor.reads(re.findall(r'href="(/c/[a-z0-9]+)"', thanks)[0])
    assert "Dana Okafor" in page
    assert COLD not in page, "anybody can type any address: their words show only through a link in that mailbox"


def test_an_address_is_asked_for_only_from_whoever_wants_to_be_written_to(visitor, survey):
    page = answers(visitor, score="2", why=COLD, contact="email")
    assert page.status_code == 422
    assert '<a href="#email">Write the address that we should write to</a>' in text_of(page)
    assert f">{COLD}</textarea>" in text_of(page)


def test_the_card_says_where_it_stood(visitor, survey):
    mill_lane = Place.objects.create(name="Mill Lane", slug="mill-lane")
    answers(visitor, f"{AT}?via=qr&at=mill-lane", score="7")
    assert (Response.objects.get().place, Response.objects.get().medium) == (mill_lane, "qr")


def test_in_a_frame_it_is_part_of_that_page(visitor, survey):
    page = visitor.opens(AT, **{"Sec-Fetch-Dest": "iframe"})
    assert "frame-ancestors *" in page["Content-Security-Policy"]
    assert "X-Frame-Options" not in page
    sent = visitor.at(lambda: visitor.client.post(AT, {**carried(page), "score": "7"}, headers={"Sec-Fetch-Dest": "iframe"}))
    assert sent.status_code == 303
    assert Response.objects.get().medium == "page"


def test_the_same_page_sent_twice_with_more_is_one_answer(visitor, survey):
    page = carried(visitor.opens(AT))
    first = visitor.presses(AT, **page, score="2")
    second = visitor.presses(AT, **page, score="2", why=COLD)
    assert first["Location"] == second["Location"]
    assert Response.objects.get().words == COLD
    assert "Dana Okafor" in visitor.reads(second["Location"])


def test_opening_it_changes_nothing(visitor, survey):
    for score in range(11):
        visitor.opens(f"{AT}?score={score}")
    assert (Response.objects.count(), Arrival.objects.count()) == (0, 0)


def test_only_an_open_survey_that_is_meant_for_it_has_such_a_page(marlow, visitor, survey):
    sent = answers(visitor, score="9")["Location"]
    Survey.objects.update(closed_at=marlow.clock.now)
    assert visitor.opens(AT).status_code == 404
    assert visitor.opens(sent).status_code == 200, "what was said before is still thanked for"
    Survey.objects.update(closed_at=None, occasion=Occasion.SCHEDULE)
    assert visitor.opens(AT).status_code == 404


def test_nobody_finds_the_thanks_of_another(visitor, survey):
    sent = answers(visitor, score="2", why=COLD)["Location"]
    assert visitor.opens(sent[:-1]).status_code == 404
    assert visitor.opens(sent.replace("how-likely", "other")).status_code == 404
