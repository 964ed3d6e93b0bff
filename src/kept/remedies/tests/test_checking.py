"""The doctor is silent about what Priya gave, and speaks when the ledger does not know of it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from kept.promises.keeping import keep
from kept.remedies.checking import what_was_given_stands_in_the_ledger
from kept.remedies.deciding import tell_of_gifts_without_a_word
from kept.remedies.doing import do
from kept.remedies.giving import give
from kept.remedies.models import Gift, GiftState


@pytest.fixture
def gift(marlow, case, money) -> Gift:
    return give(case, money, amount=Decimal(12), by=marlow.priya, now=marlow.clock.now)


def wrong(marlow) -> list[str]:
    return list(what_was_given_stands_in_the_ledger(marlow.clock.now))


def test_it_is_silent_while_all_is_well(marlow, gift, case, money):
    assert wrong(marlow) == []
    do(gift, by=marlow.priya, now=marlow.clock.now)
    give(case, money, amount=Decimal(90), by=marlow.priya, now=marlow.clock.now, why="a birthday")
    assert wrong(marlow) == []


def test_a_gift_without_a_promise_is_found(marlow, gift):
    Gift.objects.update(promise=None)
    assert "promised to nobody" in wrong(marlow)[0]


def test_what_is_called_done_and_is_not_kept_is_found(marlow, gift):
    Gift.objects.update(state=GiftState.DONE)
    assert "its promise is not kept" in wrong(marlow)[0]


def test_a_kept_promise_whose_gift_does_not_know_is_found(marlow, gift):
    keep(gift.promise, by=marlow.priya, now=marlow.clock.now)
    assert "is not done" in wrong(marlow)[0]


def test_a_question_that_nobody_above_was_told_of_is_found_until_they_are(marlow, case, money):
    question = give(case, money, amount=Decimal(90), by=marlow.priya, now=marlow.clock.now, why="a birthday")
    marlow.clock.now = question.answer_due_at + timedelta(minutes=5)
    assert "should have been told" in wrong(marlow)[0]
    tell_of_gifts_without_a_word(marlow.clock.now)
    assert wrong(marlow) == []
