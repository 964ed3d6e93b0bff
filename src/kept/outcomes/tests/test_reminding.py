"""We asked them something, and only they can go on: reminded after 3 and 10 working days, then asked (R5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kept.audit.counting import count
from kept.cases.minding import do_duty
from kept.cases.models import Case, Duty, Message, MessageKind
from kept.cases.resting import rest
from kept.channels.base import Outgoing
from kept.demo.cast import last_word_of
from kept.demo.post import RecordedPost
from kept.people.models import Identity
from kept.promises.keeping import break_promises_past_due
from kept.promises.making import promise
from kept.replies.bouncing import bounce
from kept.replies.waiting_for_them import reminders_of
from kept.timeline.models import Event

QUESTION = "Which order was it, and on which day?"


@pytest.fixture
def asked_back(waiting, marlow) -> Case:
    """Priya lacks the order number and asked John for it; it is Monday morning."""
    marlow.works()
    marlow.answers(waiting, QUESTION, kind=MessageKind.ASKS_BACK)
    waiting.refresh_from_db()
    assert not waiting.is_silent
    return waiting


def live(marlow, case: Case, *, days: int) -> None:
    """So many days go by, and every duty is done each of them."""
    for _day in range(days):
        marlow.clock.forward(days=1)
        marlow.works()
    case.refresh_from_db()


def sent(case: Case, kind: str = MessageKind.REMINDER) -> list[int]:
    """How many days after the question each of them was written."""
    asked = Message.objects.get(case=case, kind=MessageKind.ASKS_BACK)
    assert asked.delivered_at is not None
    written = Message.objects.filter(case=case, kind=kind, taken_back_at=None).order_by("id")
    return [(one.at - asked.delivered_at).days for one in written]


def mail_of(marlow, case: Case) -> Outgoing:
    reminder = Message.objects.get(case=case, kind=MessageKind.REMINDER)
    return next(mail for mail in marlow.post if mail.message_id == reminder.external_id)


class TestWhileOnlyJohnCanGoOn:
    def test_he_is_reminded_after_three_and_ten_working_days_then_asked_and_it_ends_without_a_word(self, asked_back, marlow):
        live(marlow, asked_back, days=16)
        assert sent(asked_back) == [3, 14]  # ten working days are two weeks
        assert sent(asked_back, MessageKind.ASKING) == []
        assert asked_back.state == "open"
        live(marlow, asked_back, days=40)
        assert sent(asked_back) == [3, 14]
        asked, again = sent(asked_back, MessageKind.ASKING)
        assert 17 <= asked <= 18  # three working days after the last reminder
        assert 7 <= again - asked <= 8
        assert (asked_back.outcome, asked_back.outcome_reason) == ("no_word", "no_word")
        assert 14 <= (asked_back.ended_at - Message.objects.filter(kind=MessageKind.ASKING).last().delivered_at).days <= 15

    def test_a_foot_that_had_asked_before_the_question_ends_nothing(self, waiting, marlow):
        marlow.works()
        marlow.answers(waiting, "Your refund is on its way.")
        live(marlow, waiting, days=5)
        marlow.answers(waiting, QUESTION, kind=MessageKind.ASKS_BACK)
        waiting.refresh_from_db()
        assert waiting.state == "open"
        live(marlow, waiting, days=16)
        assert waiting.is_open
        assert len(sent(waiting)) == 2

    def test_a_reminder_is_written_in_the_owners_name_and_asks_for_no_verdict(self, asked_back, marlow):
        live(marlow, asked_back, days=4)
        mail = mail_of(marlow, asked_back)
        assert (mail.author, mail.automatic) == ("Priya Nair", True)
        assert mail.subject == "Priya here: I still need a word from you"
        assert "cannot go on without your answer" in mail.text
        assert "Is it solved?" not in mail.text

    def test_it_is_no_answer(self, asked_back, marlow):
        before = count(marlow.clock.now)
        live(marlow, asked_back, days=4)
        assert sent(asked_back) == [3]
        assert replace(count(marlow.clock.now), as_of=before.as_of) == before
        assert asked_back.last_answered_at is None
        assert Event.objects.filter(about=asked_back.about, kind="reminded").count() == 1


class TestWhatItQuotes:
    @pytest.mark.parametrize("is_proven", [True, False])
    def test_our_question_is_quoted_only_to_a_proven_address(self, is_proven, marlow):
        case = marlow.john.mails("Where is my refund?", is_proven=is_proven)
        marlow.works()
        marlow.answers(case, QUESTION, kind=MessageKind.ASKS_BACK)
        live(marlow, case, days=4)
        mail = mail_of(marlow, case)
        assert [QUESTION in mail.text, QUESTION in mail.html] == [is_proven, is_proven]

    def test_our_note_of_a_call_is_not_our_question(self, marlow):
        case = marlow.john.mails("Where is my refund?", is_proven=True)
        marlow.works()
        marlow.answers(case, "Rude. Asked him for the number.", kind=MessageKind.ASKS_BACK, medium="phone")
        live(marlow, case, days=4)
        assert "Rude" not in mail_of(marlow, case).text


class TestWhoIsNotReminded:
    def test_whoever_spoke_since(self, asked_back, marlow):
        marlow.john.answers_our_mail("Order 4711, on Friday.")
        live(marlow, asked_back, days=20)
        assert sent(asked_back) == []

    def test_whoever_spoke_after_the_first_and_was_answered(self, asked_back, marlow):
        live(marlow, asked_back, days=5)
        marlow.john.answers_our_mail("Order 4711, on Friday.")
        marlow.answers(asked_back, "Thank you: your refund is on its way.")
        live(marlow, asked_back, days=13)
        assert sent(asked_back) == [3]

    def test_whomever_we_have_answered_after_all(self, asked_back, marlow):
        marlow.answers(asked_back, "I found it myself: your refund is on its way.")
        live(marlow, asked_back, days=16)
        assert sent(asked_back) == []
        assert asked_back.outcome == "no_word"

    def test_whomever_we_owe_a_promise(self, asked_back, marlow):
        due_at = marlow.clock.now + timedelta(days=30)
        promise(asked_back, "a voucher", by=marlow.priya, due_at=due_at, now=marlow.clock.now)
        live(marlow, asked_back, days=20)
        assert sent(asked_back) == []
        assert asked_back.is_open

    @pytest.mark.parametrize("is_rested", [False, True])
    def test_whoever_wrote_while_the_reminder_waited_for_the_mail_server(self, is_rested, asked_back, marlow):
        live(marlow, asked_back, days=2)
        RecordedPost.is_down = True
        live(marlow, asked_back, days=2)
        assert sent(asked_back) == [3]
        marlow.john.answers_our_mail("Order 4711, on Friday.")
        if is_rested:
            rest(last_word_of(asked_back), by=marlow.priya, because="that was all I needed", now=marlow.clock.now)
            break_promises_past_due(marlow.clock.forward(days=4))  # he hears no more, and nothing is owed
        RecordedPost.is_down = False
        live(marlow, asked_back, days=1)
        assert sent(asked_back) == []
        assert not [mail for mail in marlow.post if "I still need a word" in mail.subject]


class TestAReminderThatDoesNotArrive:
    def test_it_does_not_count_until_it_is_delivered(self, asked_back, marlow):
        live(marlow, asked_back, days=2)
        RecordedPost.is_down = True
        live(marlow, asked_back, days=14)
        assert sent(asked_back) == [3]
        RecordedPost.is_down = False
        live(marlow, asked_back, days=6)
        assert len(sent(asked_back)) == 2

    def test_one_that_is_refused_is_a_duty_and_not_tried_every_day(self, asked_back, marlow):
        RecordedPost.refuses[marlow.john.address] = "550 no such user"
        live(marlow, asked_back, days=20)
        assert len(sent(asked_back)) == 1
        assert Duty.objects.get(case=asked_back).kind == "another_way"
        assert asked_back.is_open

    def test_one_that_comes_back_did_not_reach_him(self, asked_back, marlow):
        live(marlow, asked_back, days=4)
        question = Message.objects.get(kind=MessageKind.ASKS_BACK)
        assert reminders_of(question) == 1
        bounce(mail_of(marlow, asked_back).message_id, why="no such user", is_final=True, now=marlow.clock.now)
        assert reminders_of(question) == 0
        live(marlow, asked_back, days=20)
        assert asked_back.is_open
        assert Duty.objects.get(case=asked_back).kind == "another_way"

    def test_without_an_address_the_owner_reminds_him_by_hand_and_that_counts(self, asked_back, marlow):
        Identity.objects.update(dead_at=marlow.clock.now)
        live(marlow, asked_back, days=4)
        by_hand = Duty.objects.filter(case=asked_back, kind="remind_by_hand")
        do_duty(by_hand.get(), by=marlow.priya, now=marlow.clock.now)
        live(marlow, asked_back, days=8)
        assert by_hand.count() == 1
        live(marlow, asked_back, days=4)
        assert by_hand.count() == 2
        do_duty(by_hand.last(), by=marlow.priya, now=marlow.clock.now)
        live(marlow, asked_back, days=2)
        assert by_hand.count() == 2
        assert Duty.objects.filter(case=asked_back, kind="ask_by_hand").exists()
