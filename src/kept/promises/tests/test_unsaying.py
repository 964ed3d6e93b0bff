"""A sign of life that came back was never said: the ledger is as if it had not been (R5, R7)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from kept.cases.models import Case, Message, MessageKind
from kept.demo.cast import last_word_of
from kept.outcomes.hearing import hear
from kept.promises.keeping import renegotiate
from kept.promises.making import promise
from kept.promises.models import Promise
from kept.replies.bouncing import bounce
from kept.replies.sending import Reply, reply
from kept.timeline.models import Event

LATER = timedelta(hours=9)
"""After this the hour that John was told has passed."""


@pytest.fixture
def case(marlow) -> Case:
    return marlow.john.mails("My pizza was cold. Where is my refund?", subject="Cold pizza")


def comes_back(message: Message, marlow) -> None:
    assert bounce(message.external_id, why="no such user", is_final=True, now=marlow.clock.now)


def says(marlow, case: Case, kind: str = MessageKind.SIGN_OF_LIFE) -> Message:
    return marlow.answers(case, "I am looking into it.", kind=kind)


def words(case: Case) -> list[Promise]:
    return list(Promise.objects.filter(case=case, is_next_word=True).order_by("id"))


def ledger(case: Case) -> list[tuple[str, str, datetime | None, datetime | None, bool]]:
    """What stands in it: the same for two customers to whom the same happened."""
    binding = Promise.objects.binding().filter(case=case).order_by("id")
    return [(one.what, one.state, one.due_at, one.kept_at, one.rung_due_at is not None) for one in binding]


class TestTheOldHourStandsAgain:
    def test_before_it_has_passed_it_is_open_and_the_moved_hour_is_gone(self, case, marlow):
        (first,) = words(case)
        said = says(marlow, case)
        comes_back(said, marlow)
        old, moved = words(case)
        case.refresh_from_db()
        assert (old.state, old.due_at, moved.state) == ("open", first.due_at, "taken_back")
        assert case.promise_due_at == first.due_at

    def test_when_it_has_passed_meanwhile_it_is_broken_and_the_case_went_wrong(self, case, marlow):
        says(marlow, case)
        old, _moved = words(case)
        marlow.clock.now = old.due_at + timedelta(minutes=1)
        marlow.works()
        comes_back(Message.objects.get(kind=MessageKind.SIGN_OF_LIFE), marlow)
        old.refresh_from_db()
        case.refresh_from_db()
        assert old.state == "broken"
        assert case.went_wrong

    def test_its_own_ladder_does_not_run_beside_the_answers(self, case, marlow):
        comes_back(says(marlow, case), marlow)
        assert words(case)[0].rung_due_at is None

    def test_the_history_still_tells_that_it_was_said_moved_and_came_back(self, case, marlow):
        comes_back(says(marlow, case), marlow)
        kinds = set(Event.objects.filter(about=case.about).values_list("kind", flat=True))
        assert {"replied", "delivered", "renegotiated", "bounced"} <= kinds

    def test_what_is_only_late_moves_nothing_back(self, case, marlow):
        bounce(says(marlow, case).external_id, why="busy", is_final=False, now=marlow.clock.now)
        assert [word.state for word in words(case)] == ["renegotiated", "open"]


def test_a_word_kept_late_by_a_sign_of_life_is_broken_still(case, marlow):
    (word,) = words(case)
    marlow.clock.now = word.due_at + timedelta(hours=1)
    marlow.works()
    said = says(marlow, case)
    word.refresh_from_db()
    assert word.state == "kept_late"
    comes_back(said, marlow)
    old, given = words(case)
    assert (old.state, given.state) == ("broken", "taken_back")


def test_a_refund_promised_in_it_was_never_promised_but_one_promised_in_an_answer_stands(case, marlow):
    for kind, left in ((MessageKind.SIGN_OF_LIFE, False), (MessageKind.ANSWER, True)):
        said = says(marlow, case, kind)
        made = promise(case, "the refund", by=marlow.priya, due_at=marlow.clock.now + LATER, now=marlow.clock.now, said_in=said)
        comes_back(said, marlow)
        assert Promise.objects.open().filter(pk=made.pk).exists() == left
        said.identity.dead_at = None
        said.identity.save()


def test_a_new_hour_for_a_refund_that_came_back_leaves_the_refund_at_its_hour(case, marlow):
    made = promise(case, "the refund", by=marlow.priya, due_at=marlow.clock.now + LATER, now=marlow.clock.now)
    said = says(marlow, case)
    later = renegotiate(made, due_at=made.due_at + LATER, by=marlow.priya, now=marlow.clock.now, told_in=said)
    comes_back(said, marlow)
    made.refresh_from_db()
    later.refresh_from_db()
    assert (made.state, later.state) == ("open", "taken_back")
    assert made.rung_due_at is not None


def test_a_word_that_two_answers_kept_is_kept_by_the_one_that_stayed(case, marlow):
    first = says(marlow, case, MessageKind.ANSWER)
    marlow.clock.forward(hours=1)
    second = says(marlow, case, MessageKind.ANSWER)
    comes_back(first, marlow)
    (word,) = words(case)
    assert (word.state, word.kept_at) == ("kept", second.delivered_at)


AFTERWARDS = {
    "nothing": [],
    "an hour": ["wait"],
    "a day": ["wait", "long"],
    "an answer": ["answer"],
    "an answer that came late": ["wait", "answer"],
    "another sign of life": ["sign"],
    "another sign of life that came late": ["wait", "sign"],
    "another sign of life, and an answer": ["sign", "wait", "answer"],
    "a question back": ["question"],
    "their yes": ["yes"],
    "their yes, late": ["wait", "yes"],
    "their leaving": ["leave"],
    "their leaving, late": ["wait", "leave"],
}


@pytest.mark.parametrize("before", [timedelta(), LATER], ids=["in time", "after the hour"])
@pytest.mark.parametrize("afterwards", AFTERWARDS.values(), ids=AFTERWARDS.keys())
def test_the_ledger_is_as_if_it_had_never_been_said(before, afterwards, marlow):
    unheard, other = (who.mails("Where is my refund?", subject="Refund") for who in (marlow.john, marlow.mary))
    marlow.clock.forward(minutes=1)
    marlow.works()
    marlow.clock.now += before
    marlow.works()
    said = says(marlow, unheard)
    for what in afterwards:
        happens(what, unheard, other, marlow=marlow)
    comes_back(said, marlow)
    marlow.works()
    assert ledger(unheard) == ledger(other)


def happens(what: str, *cases: Case, marlow) -> None:
    """The same to each of these customers, at the same moment."""
    kinds = {"answer": MessageKind.ANSWER, "sign": MessageKind.SIGN_OF_LIFE, "question": MessageKind.ASKS_BACK}
    for case in cases:
        case.refresh_from_db()
        if what in {"yes", "leave"}:
            hear(case, what, now=marlow.clock.now)
        elif what in kinds:
            said = Reply("About your refund.", kinds[what], last_word_of(case))
            reply(case, said, by=marlow.priya, now=marlow.clock.now, despite=frozenset({"all"}))
    marlow.clock.forward(**{"wait": {"hours": 9}, "long": {"days": 1}}.get(what, {"seconds": 21}))
    marlow.works()
