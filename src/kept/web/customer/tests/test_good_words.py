"""Good words on the customer's own page: one question after a happy end, and what became of theirs."""

from __future__ import annotations

import pytest

from kept.cases.models import Case
from kept.recognition.giving import it_was
from kept.recognition.models import Recognition
from kept.web.customer.tests.conftest import link_in, text_of

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = "Was there somebody who made the difference?"


@pytest.fixture
def page(marlow, visitor) -> str:
    """John's page, behind the link in Priya's answer."""
    marlow.hires_the_others()
    case = marlow.john.mails("My pizza was cold.", subject="Cold pizza", is_proven=True)
    marlow.works()
    marlow.answers(case, "The next one is on us.", by=marlow.priya)
    return link_in(marlow.post[-1])


def test_only_after_their_own_yes_are_they_asked_who_made_the_difference(visitor, page):
    assert ASKED not in visitor.reads(page)
    visitor.presses(page, solved="yes")
    shown = visitor.reads(page)
    assert ASKED in shown and "Priya Nair" in shown


def test_whoever_says_it_is_over_unsolved_is_not_asked_for_praise(visitor, page):
    visitor.presses(page, solved="unsolved")
    assert ASKED not in visitor.reads(page)


def test_their_word_reaches_her_and_they_are_asked_no_second_time(marlow, visitor, page):
    visitor.presses(page, solved="yes")
    sent = visitor.presses(f"{page}/good-word", who=str(marlow.priya.public_id), words="She meant it.", show="anon")
    assert "It is with Priya Nair." in visitor.reads(sent["Location"])
    praise = Recognition.objects.get()
    assert (praise.source, praise.employee, praise.customer.name) == ("ending", marlow.priya, "John Adeyemi")
    assert Case.objects.get(subject="Cold pizza").is_open is False
    assert ASKED not in visitor.reads(page)


def test_an_empty_word_keeps_what_was_chosen(marlow, visitor, page):
    visitor.presses(page, solved="yes")
    answer = visitor.presses(f"{page}/good-word", who=str(marlow.priya.public_id), words=" ", show="name")
    shown = text_of(answer)
    assert answer.status_code == 422 and "Say what they did, in your own words" in shown
    assert f'value="{marlow.priya.public_id}" checked' in shown and 'value="name" checked' in shown
    assert not Recognition.objects.exists()


def test_their_page_says_what_became_of_what_they_wrote_in_a_mail(marlow, visitor, page):
    """What we noticed ourselves shows only once it has reached somebody."""
    case = Case.objects.get()
    noticed = Recognition.objects.create(
        words="Dana was kind to my son.", marked="Dana", source="message", case=case, customer=case.customer,
        said_at=marlow.clock.now,
    )  # fmt: skip
    assert "Your good word" not in visitor.reads(page)
    it_was(noticed, marlow.dana, by=marlow.priya, now=marlow.clock.now)
    shown = visitor.reads(page)
    assert "Passed on to Dana" in shown and "“Dana was kind to my son.”" in shown and "has read it" not in shown
    Recognition.objects.update(answer="He can come and knead.", shows_read=True, seen_at=marlow.clock.now)
    shown = visitor.reads(page)
    assert "Dana has read it." in shown and "Dana wrote back: “He can come and knead.”" in shown


def test_a_receipts_link_shows_no_good_word(marlow, visitor):
    sent = visitor.presses("/say-a-good-word", words="Somebody was kind.", name="Joan")
    receipt = sent["Location"].rpartition("/")[2]
    assert "Somebody was kind." not in visitor.reads(f"/c/{receipt}")
    assert visitor.presses(f"/c/{receipt}/good-word", words="More").status_code == 409
