"""John has what he was given: its promise is kept, however that was said."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from kept.lib.refusal import Refusal
from kept.promises.keeping import break_promises_past_due, renegotiate
from kept.promises.making import promise
from kept.remedies.doing import do, keep_the_word
from kept.remedies.giving import give
from kept.remedies.models import Gift, GiftState
from kept.timeline.models import Event


@pytest.fixture
def gift(marlow, case, money) -> Gift:
    return give(case, money, amount=Decimal(12), by=marlow.priya, now=marlow.clock.now)


def test_it_is_done_and_its_promise_kept_early(marlow, gift):
    marlow.clock.forward(days=1)
    done = do(gift, by=marlow.priya, now=marlow.clock.now)
    done.promise.refresh_from_db()
    assert (done.state, done.done_at, done.promise.state) == (GiftState.DONE, marlow.clock.now, "kept")
    assert Event.objects.filter(kind="gift_done").count() == Event.objects.filter(kind="kept").count() == 1


def test_saying_so_twice_changes_nothing(marlow, gift):
    for _time in range(2):
        do(gift, by=marlow.priya, now=marlow.clock.now)
    assert Event.objects.filter(kind="gift_done").count() == 1


def test_who_keeps_the_promise_in_the_ledger_has_done_it(marlow, gift):
    keep_the_word(gift.promise, by=marlow.priya, now=marlow.clock.now)
    gift.refresh_from_db()
    assert gift.state == GiftState.DONE


def test_a_promise_that_is_about_nothing_given_is_kept_as_ever(marlow, case):
    made = promise(case, "a call", by=marlow.priya, due_at=marlow.clock.now + timedelta(days=1), now=marlow.clock.now)
    keep_the_word(made, by=marlow.priya, now=marlow.clock.now)
    made.refresh_from_db()
    assert made.state == "kept"


def test_a_broken_one_can_still_be_done_late(marlow, gift):
    marlow.clock.now = gift.promise.due_at + timedelta(hours=1)
    break_promises_past_due(marlow.clock.now)
    done = do(gift, by=marlow.priya, now=marlow.clock.now)
    done.promise.refresh_from_db()
    assert done.promise.state == "kept_late"


@pytest.mark.parametrize("by_the_ledger", [True, False])
def test_after_a_new_hour_was_agreed_the_new_promise_is_the_one_that_is_kept(marlow, case, gift, by_the_ledger):
    told = marlow.answers(case, "It takes until Friday.")
    later = renegotiate(
        gift.promise, due_at=gift.promise.due_at + timedelta(days=9), by=marlow.priya, now=marlow.clock.now, told_in=told
    )
    if by_the_ledger:
        keep_the_word(later, by=marlow.priya, now=marlow.clock.now)
    else:
        do(gift, by=marlow.priya, now=marlow.clock.now)
    later.refresh_from_db()
    gift.refresh_from_db()
    assert (later.state, gift.state) == ("kept", GiftState.DONE)


def test_what_is_only_asked_for_cannot_be_done(marlow, case, money):
    question = give(case, money, amount=Decimal(40), by=marlow.priya, now=marlow.clock.now, why="a birthday")
    with pytest.raises(Refusal, match="not given"):
        do(question, by=marlow.priya, now=marlow.clock.now)
