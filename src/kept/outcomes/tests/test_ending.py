"""Only the customer ends it: nothing but the endings of R8 closes a case, whatever is tried (R8, I15)."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from kept.cases.models import Case, Outcome
from kept.lib.refusal import Refusal
from kept.outcomes.ending import QUIET_FOR, end, ends
from kept.outcomes.models import Reason, Verdict
from kept.promises.making import promise
from kept.promises.models import Promise
from kept.timeline.models import Event

OUTCOMES, REASONS = ("", *Outcome.values), ("", *Reason.values)


def allowed(*, outcome, reason, theirs, by_whom, kind, wish, silent, promised, asked_ago) -> bool:
    """R8, written down a second time, as plainly as can be."""
    owed = silent or promised
    if (outcome, reason) in {("white", "said"), ("black", "said"), ("black", "left")}:
        return theirs != "nobody"
    if (outcome, reason) == ("no_word", "no_word"):
        return asked_ago == 14 and not owed
    if (outcome, reason) == ("white", "passed_on"):
        return kind == "praise" and not wish and not owed and by_whom != ""
    if (outcome, reason) == ("no_word", "no_way_back"):
        return by_whom == "manager"
    return False


def test_nothing_but_the_endings_of_r8_ends_a_case(waiting, marlow):
    now, ended = marlow.clock.now, 0
    promised_case = marlow.samir.mails("Where is my toner?")
    promise(promised_case, "toner", by=marlow.priya, due_at=now + timedelta(days=1), now=now)
    Promise.objects.filter(case=waiting).delete()
    for outcome, reason, theirs, by_whom, kind, wish, silent, promised, asked_ago in itertools.product(
        OUTCOMES,
        REASONS,
        ("nobody", "pressed", "told in words"),
        ("", "employee", "manager"),
        ("", "praise"),
        ("", "a refund"),
        (False, True),
        (False, True),
        (None, 13, 14),
    ):
        told = theirs == "told in words"
        if told and not by_whom:
            continue
        case = promised_case if promised else waiting
        case.kind, case.wish = kind, wish
        case.silent_since = now if silent else None
        case.asked_at = now - timedelta(days=asked_ago) if asked_ago else None
        verdict = Verdict(
            case=case,
            outcome=outcome,
            reason=reason,
            said_at=now,
            by_customer=theirs == "pressed",
            confirmed_by={"": None, "employee": marlow.priya, "manager": marlow.ines}[by_whom],
            words="All is well now." if told else "",
        )
        wanted = allowed(
            outcome=outcome, reason=reason, theirs=theirs, by_whom=by_whom, kind=kind, wish=wish, silent=silent,
            promised=promised, asked_ago=asked_ago,
        )  # fmt: skip
        assert ends(verdict, case) is wanted, (outcome, reason, theirs, by_whom, kind, wish, silent, promised, asked_ago)
        ended += wanted
    assert ended


def test_what_does_not_end_it_leaves_it_open(waiting, marlow):
    verdict = Verdict(case=waiting, outcome=Outcome.WHITE, reason=Reason.SAID, said_at=marlow.clock.now)
    with pytest.raises(Refusal):
        end(waiting, verdict=verdict, now=marlow.clock.now)
    waiting.refresh_from_db()
    assert waiting.is_open


def test_a_broken_promise_is_still_owed_so_silence_cannot_end_it(answered, marlow):
    promise(answered, "a voucher", by=marlow.priya, due_at=marlow.clock.now + timedelta(days=1), now=marlow.clock.now)
    marlow.clock.forward(days=2)
    marlow.works()
    answered.refresh_from_db()
    answered.asked_at = marlow.clock.now - QUIET_FOR
    verdict = Verdict(case=answered, outcome=Outcome.NO_WORD, reason=Reason.NO_WORD, said_at=marlow.clock.now)
    assert answered.promise_due_at is None
    assert not ends(verdict, answered)


def press(case: Case, marlow, outcome: str, reason: str) -> Case:
    verdict = Verdict.objects.create(case=case, outcome=outcome, reason=reason, said_at=marlow.clock.now, by_customer=True)
    end(case, verdict=verdict, now=marlow.clock.now)
    case.refresh_from_db()
    return case


def test_the_end_stands_on_the_case_with_what_they_said(answered, marlow):
    case = press(answered, marlow, Outcome.WHITE, Reason.SAID)
    assert (case.is_open, case.state, case.outcome, case.outcome_reason) == (False, "ended", "white", "said")
    assert case.ended_at == marlow.clock.now
    told = Event.objects.get(about=case.about, kind="ended")
    assert told.by == f"customer:{case.customer_id}"
    assert told.facts["outcome"] == "white"


def test_nothing_is_due_on_what_has_ended(waiting, marlow):
    case = press(waiting, marlow, Outcome.BLACK, Reason.LEFT)
    due = (case.answer_due_at, case.rung_due_at, case.next_due_at, case.asking_due_at, case.silent_since)
    assert due == (None,) * 5


def test_their_yes_answers_every_word_and_their_no_settles_it(waiting, marlow):
    other = marlow.samir.mails("Where is my toner?")
    press(waiting, marlow, Outcome.WHITE, Reason.SAID)
    press(other, marlow, Outcome.BLACK, Reason.SAID)
    assert waiting.messages.get(is_theirs=True).settled == "answered"
    assert other.messages.get(is_theirs=True).settled == "ended"


@pytest.mark.parametrize(
    ("outcome", "reason", "word"),
    [
        (Outcome.WHITE, Reason.SAID, "kept"),
        (Outcome.BLACK, Reason.SAID, "taken_back"),
        (Outcome.BLACK, Reason.LEFT, "taken_back"),
    ],
)
def test_promises_stay_due_and_only_the_next_word_is_settled(waiting, marlow, outcome, reason, word):
    refund = promise(waiting, "the refund", by=marlow.priya, due_at=marlow.clock.now + timedelta(days=2), now=marlow.clock.now)
    press(waiting, marlow, outcome, reason)
    refund.refresh_from_db()
    assert refund.state == "open"
    assert Promise.objects.get(case=waiting, is_next_word=True).state == word
    marlow.clock.forward(days=3)
    marlow.works()
    refund.refresh_from_db()
    assert refund.state == "broken"


def test_it_ends_once(answered, marlow):
    press(answered, marlow, Outcome.WHITE, Reason.SAID)
    with pytest.raises(Refusal):
        press(answered, marlow, Outcome.BLACK, Reason.SAID)
