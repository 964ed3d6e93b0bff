"""Words that need no answer are put to rest; what they close is still asked about, for only the customer ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.cases.minding import classify
from kept.cases.resting import rest, wake
from kept.demo.cast import last_word_of
from kept.lib.refusal import Refusal

THANKS = "Thank you, Priya."


@pytest.fixture
def thanked(marlow):
    """John was answered, and said thanks."""
    case = marlow.john.mails("My pizza came cold. Will you send another?", subject="Cold pizza")
    marlow.answers(case, "Dear John,\n\na hot one is on its way.\n\nPriya")
    marlow.clock.forward(hours=2)
    return marlow.john.answers_our_mail(THANKS)


def put_to_rest(marlow, case):
    rest(last_word_of(case), by=marlow.priya, because="only thanks", now=marlow.clock.now)
    case.refresh_from_db()
    return case


def test_thanks_put_to_rest_stop_no_asking_it_comes_three_working_days_later(marlow, thanked):
    case = put_to_rest(marlow, thanked)
    assert case.silent_since is None
    assert case.asking_due_at is not None
    assert timedelta(days=2) < case.asking_due_at - marlow.clock.now < timedelta(days=4)


def test_a_matter_that_ended_with_thanks_is_asked_and_ends_without_a_word(marlow, thanked):
    put_to_rest(marlow, thanked)
    for _day in range(45):
        marlow.clock.forward(days=1)
        marlow.works()
    thanked.refresh_from_db()
    assert [mail.subject for mail in marlow.post].count("Priya asks: is it solved?") == 2
    assert (thanked.is_open, thanked.outcome) == (False, "no_word")


def test_words_that_wait_behind_the_thanks_are_answered_first(marlow, thanked):
    thanks = last_word_of(thanked)
    marlow.john.answers_our_mail("And where is my refund?")
    rest(thanks, by=marlow.priya, because="only thanks", now=marlow.clock.now)
    thanked.refresh_from_db()
    assert thanked.silent_since is not None
    assert thanked.asking_due_at is None


def test_praise_is_passed_on_and_not_asked_whether_it_is_solved(marlow):
    case = marlow.grace.mails("The rider was kind to my mother.", subject="Your rider")
    classify(case, "praise", by=marlow.priya, now=marlow.clock.now)
    assert put_to_rest(marlow, case).asking_due_at is None


def test_what_was_put_to_rest_too_soon_waits_again_as_if_it_never_had(marlow, thanked):
    since = thanked.silent_since
    put_to_rest(marlow, thanked)
    wake(last_word_of(thanked), by=marlow.priya, now=marlow.clock.now)
    thanked.refresh_from_db()
    assert thanked.silent_since == since


def test_nobody_has_to_ring_back_about_thanks_that_were_put_to_rest(marlow):
    case = marlow.samir.is_written_down("phone", "Thank you, it came.", by=marlow.priya)
    assert case.duty_due_at is not None
    case = put_to_rest(marlow, case)
    assert not case.duties.filter(done_at__isnull=True).exists()
    assert (case.duty_due_at, case.next_due_at) == (None, None)


def test_without_a_reason_nothing_rests(marlow, thanked):
    with pytest.raises(Refusal, match="Say why"):
        rest(last_word_of(thanked), by=marlow.priya, because="  ", now=marlow.clock.now)
