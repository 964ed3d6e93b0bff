"""Is anybody unanswered? The sum, who waits too long, what hears and what does not."""

from __future__ import annotations

import re

from kept.intake.accepting import accept_here
from kept.people.models import House
from kept.web.desk import audit


def terms(page: str) -> list[int]:
    return [int(number) for number in re.findall(r"<div><dd>(?:<a [^>]*>)?(\d+)", page)]


def test_the_sum_adds_up_to_the_last_word(marlow, seat):
    case = marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    marlow.answers(case, "Hello Mary,\n\nThere.\n\nPriya Nair")
    marlow.john.mails("Cold again.", subject="Pizza")
    marlow.clock.forward(days=3)
    marlow.samir.mails("Sesame?", subject="Bases")
    page = seat(marlow.priya).sees("/desk/audit")
    received, *parts, unaccounted = terms(page)
    assert (received, parts, unaccounted) == (3, [1, 1, 1, 0, 0, 0], 0)
    assert "1 wait too long" in page or "One waits too long" in page


def test_who_waits_too_long_is_named_with_who_has_it(marlow, seat):
    marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    marlow.clock.forward(days=3)
    page = seat(marlow.priya).sees("/desk/audit")
    assert "Mary Whitcombe: 16 boxes</a>" in page
    assert "<b>Priya Nair</b> has it, and has not opened it yet." in page


def test_what_waits_too_long_is_counted_in_words_and_listed_in_matters_and_both_are_said(marlow, seat):
    marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    marlow.mary.mails("Is anybody there?", subject="Re: 16 boxes")
    marlow.john.mails("Cold again.", subject="Pizza")
    marlow.clock.forward(days=3)
    page = seat(marlow.priya).sees("/desk/audit")
    assert "3 words in 2 matters wait too long, and here they are." in page
    assert page.count("2 words of theirs wait.") == 1


def test_when_each_matter_has_one_word_one_number_is_enough(marlow, seat):
    marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    marlow.john.mails("Cold again.", subject="Pizza")
    marlow.clock.forward(days=3)
    page = seat(marlow.priya).sees("/desk/audit")
    assert "2 wait too long, and here they are." in page and "words of theirs wait" not in page


def test_what_nobody_filed_for_hours_is_among_those_who_wait_too_long(marlow, seat):
    accept_here(marlow.form, b"message=Hello", {}, key="", reached_us_at=marlow.clock.now)
    marlow.clock.forward(hours=2)
    page = seat(marlow.priya).sees("/desk/audit")
    assert "One waits too long, and here it is." in page
    assert "One more has reached us, is kept, and is on nobody’s desk yet." in page and "Nobody waits too long" not in page


def test_more_than_fifty_are_counted_and_the_rest_is_one_press_away(marlow, seat, monkeypatch):
    monkeypatch.setattr(audit, "LISTED", 1)
    marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    marlow.john.mails("Cold again.", subject="Pizza")
    marlow.clock.forward(days=3)
    assert "One more stands in the inbox" in seat(marlow.priya).sees("/desk/audit")


def test_a_deaf_mailbox_is_an_exception_in_plain_words(marlow, seat):
    type(marlow.mailbox).objects.filter(pk=marlow.mailbox.pk).update(trouble="The password is not taken.")
    page = seat(marlow.priya).sees("/desk/audit")
    assert '<li class="is-late">' in page and "The password is not taken." in page


def test_published_days_stand_below(marlow, seat):
    marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    marlow.works()
    assert "2026-06-01</time>" in seat(marlow.priya).sees("/desk/audit")


def test_what_the_public_sees_is_linked_only_when_it_is_public(marlow, seat):
    assert "What the public sees" not in seat(marlow.priya).sees("/desk/audit")
    House.objects.update(audit_is_public=True)
    assert "What the public sees" in seat(marlow.priya).sees("/desk/audit")
