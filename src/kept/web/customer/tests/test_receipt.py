"""A receipt's own link: that contact, owner and hour, and nothing that was ever said."""

from __future__ import annotations

import pytest

from kept.cases.models import Message, MessageKind
from kept.intake.models import Arrival
from kept.lib.links import page_token
from kept.people.models import House
from kept.web.customer.tests.conftest import text_of

pytestmark = pytest.mark.django_db(transaction=True)


def receipt() -> str:
    return "/c/" + page_token("receipt", Arrival.objects.latest("pk").receipt)


def test_a_receipt_shows_owner_and_hour_and_not_a_word(marlow, visitor):
    marlow.mary.fills_in_the_form("Twenty-four boxes arrived.")
    page = visitor.reads(receipt())
    assert "You hear from Priya Nair by Monday 1 June, 17:00." in page
    assert "Received Monday 1 June, 09:00" in page
    assert "Twenty-four boxes" not in page
    assert 'name="solved"' not in page


def test_whoever_types_somebody_elses_address_does_not_learn_their_name(marlow, visitor):
    marlow.mary.mails("Where are my boxes?", subject="Boxes", is_proven=True)
    marlow.receives(
        marlow.form,
        b"name=Eve&email=mary.whitcombe@brightdental.example&message=hello",
        {"content-type": "application/x-www-form-urlencoded"},
    )
    page = visitor.reads(receipt())
    assert "We have your words, Eve." in page
    assert "Mary" not in page


def test_no_verdict_is_taken_through_a_receipt(marlow, visitor):
    case = marlow.mary.fills_in_the_form("Twenty-four boxes arrived.")
    page = visitor.presses(receipt(), solved="yes")
    assert page.status_code == 409
    case.refresh_from_db()
    assert case.is_open


def test_nobody_asks_for_deletion_through_a_receipt(marlow, visitor):
    case = marlow.mary.fills_in_the_form("Twenty-four boxes arrived.")
    assert visitor.presses(f"{receipt()}/forget").status_code == 409
    assert not case.duties.filter(kind="erase").exists()


def test_the_link_is_mailed_and_the_page_does_not_say_where(marlow, visitor):
    case = marlow.mary.fills_in_the_form("Twenty-four boxes arrived.")
    page = visitor.presses(f"{receipt()}/link")
    assert "If we know your e-mail address, a link is on its way there." in text_of(page)
    assert "mary" not in text_of(page)
    assert Message.objects.filter(case=case, kind=MessageKind.LINK).count() == 1


def test_until_somebody_is_here_the_words_are_kept_and_the_page_claims_no_more(marlow, visitor):
    House.objects.update(is_settled=False)
    token = visitor.presses("/to/contact", message="Is anybody there?")["Location"].rsplit("/", 1)[1]
    page = visitor.reads(f"/c/{token}")
    assert "Your words are kept." in page
    assert "Priya" not in page
    House.objects.update(is_settled=True)
    marlow.files()
    assert "You hear from Priya Nair" in visitor.reads(f"/c/{token}")
