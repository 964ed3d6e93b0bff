"""What was set aside, with its reason; anything here can be brought back."""

from __future__ import annotations

import re

import pytest

from kept.accounts.opening import account_of_kind
from kept.audit.counting import count
from kept.cases.models import Case
from kept.intake.accepting import accept_here
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


@pytest.fixture
def forged(marlow) -> Arrival:
    """Came by a program's door, with a signature that was not right."""
    door = account_of_kind("program", now=marlow.clock.now)
    body = b'{"medium": "api", "from": {"name": "Samir"}, "text": "Hello"}'
    envelope = {"forged": "The signature does not fit."}
    receipt = accept_here(door, body, envelope, key="", reached_us_at=marlow.clock.now, state=ArrivalState.QUARANTINED)
    return Arrival.objects.get(pk=receipt.arrival_id)


def test_what_failed_its_proof_is_counted_and_listed_with_its_reason(marlow, seat, forged):
    priya = seat(marlow.priya)
    assert "One item failed its proof of origin" in priya.sees("/desk/set-aside")
    page = priya.sees("/desk/set-aside?view=locked")
    assert "The signature does not fit." in page and f"/desk/arrivals/{forged.receipt}/original" in page


def test_its_original_is_only_a_download(marlow, seat, forged):
    answer = seat(marlow.priya).opens(f"/desk/arrivals/{forged.receipt}/original")
    assert b'"text": "Hello"' in answer.content
    assert answer["Content-Disposition"].startswith("attachment") and answer["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("who", ["ben", "dana", "ines"])
def test_employee_manager_and_admin_can_take_it_in_after_all(marlow, seat, forged, who):
    marlow.hires_the_others()
    answer = seat(getattr(marlow, who)).posts(f"/desk/arrivals/{forged.receipt}/take-in", follow=True)
    assert "It is taken in" in answer.content.decode()
    marlow.works()
    case = Case.objects.get()
    assert case.is_silent and "Hello" in seat(getattr(marlow, who)).sees(f"/desk/cases/{case.public_id}")
    assert "The signature does not fit." not in seat(marlow.priya).sees("/desk/set-aside?view=locked")


def test_opening_a_page_takes_nothing_in_and_what_is_filed_is_not_reached_this_way(marlow, seat, forged):
    priya = seat(marlow.priya)
    assert priya.opens(f"/desk/arrivals/{forged.receipt}/take-in").status_code == 405
    assert seat(None).posts(f"/desk/arrivals/{forged.receipt}/take-in")["Location"].startswith("/sign-in")
    priya.posts(f"/desk/arrivals/{forged.receipt}/take-in")
    assert priya.posts(f"/desk/arrivals/{forged.receipt}/take-in").status_code == 404
    assert priya.opens(f"/desk/arrivals/{forged.receipt}/original").status_code == 404


def test_a_full_page_takes_few_queries(marlow, seat, django_assert_max_num_queries):
    advertises(marlow, 12)
    priya = seat(marlow.priya)
    with django_assert_max_num_queries(6):
        priya.sees("/desk/set-aside")
