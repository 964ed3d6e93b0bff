"""What was set aside, with its reason; anything here can be brought back."""

from __future__ import annotations

import re

import pytest

from kept.audit.counting import count
from kept.intake.models import Arrival, ArrivalState, Fate, Filed


def advertises(marlow, count: int = 1) -> None:
    for number in range(count):
        with pytest.raises(LookupError):
            marlow.samir.mails("Buy now", subject=f"Offer {number}", headers="Precedence: bulk\nList-Id: <offers.example>\n")


def test_a_list_is_set_aside_with_its_reason_in_words(marlow, seat):
    advertises(marlow)
    page = seat(marlow.priya).sees("/desk/set-aside")
    assert "Offer 0" in page and "A mailing list" in page


def test_it_was_somebodys_word_after_all(marlow, seat):
    advertises(marlow)
    filed = Filed.objects.get(fate=Fate.SET_ASIDE)
    answer = seat(marlow.priya).posts(f"/desk/set-aside/{filed.pk}/back")
    filed.refresh_from_db()
    assert filed.message is not None
    assert answer["Location"] == f"/desk/cases/{filed.message.case.public_id}"
    assert filed.fate == Fate.MESSAGE and filed.message.case.owner == marlow.priya


def test_waking_words_that_were_set_aside_brings_them_back_and_the_sum_still_adds_up(marlow, seat):
    case = marlow.mary.mails("Where are my boxes?", subject="16 boxes")
    word = case.messages.get(is_theirs=True)
    priya = seat(marlow.priya)
    priya.posts(f"/desk/messages/{word.public_id}/aside", {"because": "an advertisement"})
    priya.posts(f"/desk/messages/{word.public_id}/wake")
    case.refresh_from_db()
    counted = count(marlow.clock.now)
    assert case.is_open and case.silent_since is not None
    assert (counted.set_aside, counted.waiting_in_time, counted.unaccounted) == (0, 1, 0)


def test_bringing_back_twice_is_refused_on_the_page_they_came_from(marlow, seat):
    advertises(marlow)
    filed = Filed.objects.get(fate=Fate.SET_ASIDE)
    priya = seat(marlow.priya)
    priya.posts(f"/desk/set-aside/{filed.pk}/back")
    page = priya.posts(f"/desk/set-aside/{filed.pk}/back", follow=True).content.decode()
    assert "It is not set aside." in page


def test_older_ones_are_one_page_further(marlow, seat):
    advertises(marlow, 53)
    priya = seat(marlow.priya)
    first = priya.sees("/desk/set-aside")
    onward = re.search(r'rel="next" href="([^"]*)"', first)
    assert onward is not None
    second = priya.sees(onward[1])
    rows = [re.findall(r"Offer \d+</span></th>", page) for page in (first, second)]
    assert [len(found) for found in rows] == [50, 3] and len({*rows[0], *rows[1]}) == 53


def test_mail_from_before_kept_has_a_view_of_its_own(marlow, seat):
    assert "older than the day its mailbox was connected" in seat(marlow.priya).sees("/desk/set-aside?view=before")


def test_what_failed_its_proof_is_counted(marlow, seat):
    advertises(marlow)
    Arrival.objects.update(state=ArrivalState.QUARANTINED)
    assert "One item failed its proof of origin" in seat(marlow.priya).sees("/desk/set-aside")


def test_a_full_page_takes_few_queries(marlow, seat, django_assert_max_num_queries):
    advertises(marlow, 12)
    priya = seat(marlow.priya)
    with django_assert_max_num_queries(6):
        priya.sees("/desk/set-aside")
