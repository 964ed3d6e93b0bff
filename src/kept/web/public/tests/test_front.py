"""The pages for everybody: where to write, the public audit, and what went wrong."""

from __future__ import annotations

import pytest
from django.templatetags.static import static
from django.test import RequestFactory

from kept.accounts.models import ChannelAccount
from kept.people.models import House
from kept.web import errors
from kept.web.customer.tests.conftest import text_of


def test_the_front_door_shows_every_open_way_in(marlow, visitor):
    ChannelAccount.objects.filter(kind="email").update(opened_at=marlow.clock.now)
    page = visitor.reads("/")
    assert 'href="/to/contact"' in page
    assert "mailto:help@marlow.example" in page
    ChannelAccount.objects.update(closed_at=marlow.clock.now)
    assert "There is no form here yet." in visitor.reads("/")


def test_a_browser_that_shows_no_page_of_ours_finds_the_icon_too(visitor, db):
    assert visitor.opens("/favicon.ico")["Location"] == static("kept.svg")
    assert 'rel="icon"' in visitor.reads("/")


def test_the_audit_is_public_only_where_the_house_says_so(marlow, visitor):
    marlow.mary.mails("Where are my boxes?")
    assert visitor.opens("/audit").status_code == 404
    House.objects.update(audit_is_public=True)
    page = visitor.reads("/audit")
    assert "<dd>1</dd><dt>received</dt>" in page
    assert "<dd>0</dd><dt>unaccounted for</dt>" in page
    assert "Mary" not in page
    assert 'href="/audit"' in visitor.reads("/")


def test_a_page_that_is_not_there_says_so_in_our_voice(marlow, visitor):
    page = visitor.opens("/nothing")
    assert page.status_code == 404
    assert "There is nothing here" in text_of(page)


@pytest.mark.parametrize(
    ("page", "status", "says"),
    [
        (errors.bad_request, 400, "That could not be read"),
        (errors.forbidden, 403, "Not this way"),
        (errors.our_fault, 500, "This is our fault, not yours"),
    ],
)
def test_what_went_wrong_is_said_without_asking_the_database(page, status, says):
    """No `db` fixture here: a query would fail this test."""
    answer = page(RequestFactory().get("/"))
    assert answer.status_code == status
    assert says in text_of(answer)
