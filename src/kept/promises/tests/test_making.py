"""Our word is given, and the ledger holds us to it (R7)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.cases.models import Case, MessageKind
from kept.demo.cast import last_word_of
from kept.lib.refusal import Refusal
from kept.outcomes.hearing import hear
from kept.promises.making import promise
from kept.promises.models import Promise, PromiseKind
from kept.replies.sending import Reply, Said, reply
from kept.timeline.models import Event


@pytest.fixture
def case(marlow) -> Case:
    return marlow.john.fills_in_the_form("My pizza was cold. Where is my refund?")


def refund(case: Case, marlow, **also) -> Promise:
    also = {"due_at": marlow.clock.now + timedelta(days=2), "now": marlow.clock.now, "by": marlow.priya, **also}
    return promise(case, "the refund", **also)


def test_what_priya_promises_john_stands_in_the_ledger_with_who_and_by_when(case, marlow):
    made = refund(case, marlow, quote="You have your money by Wednesday.")
    assert (made.what, made.by, made.state) == ("the refund", marlow.priya, "open")
    assert made.quote == "You have your money by Wednesday."
    told = Event.objects.get(kind="promised", facts__promise=made.pk)
    assert told.by == f"employee:{marlow.priya.pk}"
    assert told.facts["due_at"] == made.due_at.isoformat()


def test_the_case_knows_its_earliest_promise(case, marlow):
    refund(case, marlow, due_at=marlow.clock.now + timedelta(days=3))
    earlier = refund(case, marlow, due_at=marlow.clock.now + timedelta(minutes=30))
    case.refresh_from_db()
    assert case.promise_due_at == case.next_due_at == earlier.due_at


@pytest.mark.parametrize(
    ("what", "also"),
    [
        ("", {}),
        ("  \n", {}),
        ("the refund", {"due_at": None}),
        ("the refund", {"due_at": None, "kind": PromiseKind.EXPECTATION}),
    ],
)
def test_a_promise_of_nothing_or_without_an_hour_is_refused(case, marlow, what, also):
    also = {"due_at": marlow.clock.now + timedelta(days=1), **also}
    with pytest.raises(Refusal):
        promise(case, what, by=marlow.priya, now=marlow.clock.now, **also)


@pytest.mark.parametrize("ago", [timedelta(0), timedelta(seconds=1), timedelta(days=2)])
def test_a_promise_cannot_be_due_in_the_past(case, marlow, ago):
    with pytest.raises(Refusal):
        refund(case, marlow, due_at=marlow.clock.now - ago)
    assert not Promise.objects.filter(what="the refund").exists()


def test_a_promise_that_waits_for_the_customer_needs_no_hour_and_makes_nothing_due(case, marlow):
    before = case.promise_due_at
    made = refund(case, marlow, due_at=None, kind=PromiseKind.CONDITIONAL)
    case.refresh_from_db()
    assert (made.state, made.due_at, made.rung_due_at) == ("open", None, None)
    assert case.promise_due_at == before


def test_nothing_is_promised_on_a_matter_that_has_ended(case, marlow):
    hear(case, "yes", now=marlow.clock.now)
    case.refresh_from_db()
    with pytest.raises(Refusal):
        refund(case, marlow)


def test_a_promise_has_a_ladder_of_its_own(case, marlow):
    made = refund(case, marlow)
    assert made.rung_level == 80
    assert marlow.clock.now < made.rung_due_at < made.due_at


def test_the_hour_of_the_answer_has_one_ladder_only(case, marlow):
    next_word = Promise.objects.get(case=case, is_next_word=True)
    assert next_word.due_at == case.answer_due_at
    assert next_word.rung_due_at is None


def test_what_a_held_reply_promises_is_in_no_ledger_and_no_history_until_it_goes(case, marlow):
    due_at = marlow.clock.now + timedelta(days=1)
    said = Reply("You get your refund tomorrow.", saw_up_to=last_word_of(case), promises=(Said("the refund", due_at),))
    reply(case, said, by=marlow.priya, now=marlow.clock.now, despite=frozenset({"all"}))
    made = Promise.objects.get(what="the refund")
    assert made.state == "held"
    assert made not in Promise.objects.binding()
    assert not Event.objects.filter(kind="promised", facts__promise=made.pk).exists()
    marlow.clock.forward(seconds=21)
    marlow.works()
    made.refresh_from_db()
    assert made.state == "open"
    assert Event.objects.filter(kind="promised", facts__promise=made.pk).count() == 1
    assert made.rung_due_at is not None


def test_a_promise_found_in_the_words_goes_into_the_ledger_by_itself(case, marlow):
    marlow.answers(case, "Dear John,\n\nYou get your refund tomorrow by 15:00.\n\nPriya")
    made = Promise.objects.open().get(case=case, is_next_word=False)
    assert made.kind == PromiseKind.FIRM
    assert "refund" in made.quote
    assert made.by == marlow.priya
    assert made.due_at.date() == (marlow.clock.now + timedelta(days=1)).date()


def test_the_writer_who_names_no_promise_makes_none(case, marlow):
    said = Reply("You get your refund tomorrow by 15:00.", saw_up_to=last_word_of(case), promises=())
    reply(case, said, by=marlow.priya, now=marlow.clock.now, despite=frozenset({"all"}))
    assert not Promise.objects.filter(is_next_word=False).exists()


def test_a_promise_can_be_somebody_elses_to_keep(case, marlow):
    marlow.hires_the_others()
    due_at = marlow.clock.now + timedelta(days=1)
    said = Reply("Dana rings you.", saw_up_to=last_word_of(case), promises=(Said("a call", due_at, by=marlow.dana),))
    message = reply(case, said, by=marlow.priya, now=marlow.clock.now, despite=frozenset({"all"}))
    assert message.promises.get().by == marlow.dana


@pytest.mark.parametrize("kind", [MessageKind.ANSWER, MessageKind.SIGN_OF_LIFE])
def test_what_is_promised_in_a_call_binds_at_once(case, marlow, kind):
    due_at = marlow.clock.now + timedelta(days=1)
    said = Reply("Told him on the phone.", kind, last_word_of(case), medium="visit", promises=(Said("a new pizza", due_at),))
    reply(case, said, by=marlow.priya, now=marlow.clock.now, despite=frozenset({"all"}))
    assert Promise.objects.get(what="a new pizza").state == "open"
