"""Is it solved? Asked when nothing is owed; without a word after all askings it ends "no word" (R8)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from kept.accounts.models import ChannelAccount
from kept.cases.models import Case, Duty, Message, MessageKind
from kept.demo.post import RecordedPost
from kept.lib.refusal import Refusal
from kept.outcomes.asking import ask, ask_how_it_ended
from kept.people.models import Identity
from kept.promises.keeping import keep
from kept.promises.making import promise
from kept.promises.models import Promise


def askings(case: Case) -> list[datetime]:
    return list(Message.objects.filter(case=case, kind=MessageKind.ASKING).order_by("id").values_list("at", flat=True))


def live(marlow, case: Case, *, days: int) -> None:
    """So many days go by, and every duty is done each of them."""
    for _day in range(days):
        marlow.clock.forward(days=1)
        marlow.works()
    case.refresh_from_db()


class TestAfterAPlainAnswer:
    def test_the_foot_of_the_answer_was_the_asking_and_after_14_days_it_ends_without_a_word(self, answered, marlow):
        live(marlow, answered, days=13)
        assert answered.is_open
        assert answered.state == "asked"
        live(marlow, answered, days=2)
        assert (answered.outcome, answered.outcome_reason) == ("no_word", "no_word")
        assert askings(answered) == []

    def test_a_word_from_them_starts_it_all_over(self, answered, marlow):
        live(marlow, answered, days=10)
        marlow.john.answers_our_mail("And my drinks?")
        live(marlow, answered, days=10)
        assert answered.is_open
        assert answered.is_silent

    def test_what_they_write_after_the_end_takes_it_up_again(self, answered, marlow):
        live(marlow, answered, days=16)
        assert not answered.is_open
        marlow.john.answers_our_mail("It is not on my card.")
        answered.refresh_from_db()
        assert (answered.is_open, answered.outcome) == (True, "")


class TestWhereSomethingHadGoneWrongOrWasPromised:
    @pytest.fixture
    def promised(self, waiting, marlow) -> Case:
        """Answered with a promise that is kept the next day."""
        marlow.works()
        made = promise(waiting, "the refund", by=marlow.priya, due_at=marlow.clock.now + timedelta(days=2), now=marlow.clock.now)
        marlow.answers(waiting, "I am seeing to your refund.")
        marlow.clock.forward(days=1)
        keep(made, by=marlow.priya, now=marlow.clock.now)
        waiting.refresh_from_db()
        return waiting

    def test_it_is_asked_after_three_working_days_again_seven_days_later_and_ends_fourteen_after(self, promised, marlow):
        answer = promised.last_answered_at
        live(marlow, promised, days=40)
        first, second = askings(promised)
        assert (first - answer).days == 3
        assert 7 <= (second - first).days <= 8
        assert (promised.outcome, promised.outcome_reason) == ("no_word", "no_word")
        assert 14 <= (promised.ended_at - second).days <= 15

    def test_none_while_a_promise_is_open_or_broken(self, waiting, marlow):
        promise(waiting, "the refund", by=marlow.priya, due_at=marlow.clock.now + timedelta(days=2), now=marlow.clock.now)
        marlow.answers(waiting, "I am seeing to your refund.")
        live(marlow, waiting, days=40)
        assert askings(waiting) == []
        assert waiting.is_open
        assert Promise.objects.get(what="the refund").state == "broken"

    def test_a_promise_kept_late_is_asked_about(self, waiting, marlow):
        made = promise(waiting, "the refund", by=marlow.priya, due_at=marlow.clock.now + timedelta(days=2), now=marlow.clock.now)
        marlow.answers(waiting, "I am seeing to your refund.")
        live(marlow, waiting, days=5)
        keep(made, by=marlow.priya, now=marlow.clock.now)
        live(marlow, waiting, days=2)
        assert len(askings(waiting)) == 1

    def test_a_further_answer_of_ours_asks_no_third_time(self, promised, marlow):
        live(marlow, promised, days=12)
        assert len(askings(promised)) == 2
        marlow.answers(promised, "By the way: enjoy the voucher.")
        live(marlow, promised, days=30)
        assert len(askings(promised)) == 2
        assert promised.outcome == "no_word"

    def test_an_asking_that_is_not_delivered_does_not_count(self, promised, marlow):
        RecordedPost.is_down = True
        live(marlow, promised, days=5)
        assert len(askings(promised)) == 1
        assert promised.asked_at is None
        RecordedPost.is_down = False
        live(marlow, promised, days=1)
        assert promised.asked_at is not None

    def test_an_asking_that_is_refused_is_a_duty_and_not_tried_every_day(self, promised, marlow):
        RecordedPost.refuses[marlow.john.address] = "550 no such user"
        live(marlow, promised, days=30)
        assert len(askings(promised)) == 1
        assert Duty.objects.get(case=promised).kind == "another_way"
        assert promised.is_open


class TestAskingByHand:
    def test_it_is_on_its_way_in_the_owners_name(self, answered, marlow):
        asking = ask(answered, by=marlow.priya, now=marlow.clock.now)
        marlow.works()
        mail = next(mail for mail in marlow.post if mail.message_id == asking.external_id)
        assert mail.author == "Priya Nair"
        assert "Is it solved?" in mail.text
        answered.refresh_from_db()
        assert answered.state == "asked"

    def test_not_while_they_wait_for_an_answer(self, waiting, marlow):
        with pytest.raises(Refusal):
            ask(waiting, by=marlow.priya, now=marlow.clock.now)

    def test_not_while_a_promise_to_them_is_open_nor_when_it_was_broken(self, answered, marlow):
        promise(answered, "a voucher", by=marlow.priya, due_at=marlow.clock.now + timedelta(days=1), now=marlow.clock.now)
        answered.refresh_from_db()
        for _day in range(3):
            with pytest.raises(Refusal):
                ask(answered, by=marlow.priya, now=marlow.clock.now)
            live(marlow, answered, days=1)

    def test_not_what_has_ended(self, answered, marlow):
        live(marlow, answered, days=16)
        with pytest.raises(Refusal):
            ask(answered, by=marlow.priya, now=marlow.clock.now)

    def test_not_from_a_mailbox_that_only_listens(self, answered, marlow):
        ChannelAccount.objects.filter(pk=marlow.mailbox.pk).update(opened_at=None)
        answered.account.refresh_from_db()
        with pytest.raises(Refusal):
            ask(answered, by=marlow.priya, now=marlow.clock.now)

    def test_somebody_without_an_address_is_asked_by_hand(self, marlow):
        case = marlow.samir.is_written_down("phone", "Where is my toner?", by=marlow.priya)
        Identity.objects.filter(kind="email").delete()
        marlow.answers(case, "Told him.", medium="phone")
        live(marlow, case, days=6)
        assert Duty.objects.filter(case=case, kind="ask_by_hand", done_at=None).exists()
        assert case.is_open


def test_a_case_that_cannot_be_asked_keeps_nobody_else_from_being_asked(answered, marlow, monkeypatch):
    from kept.outcomes import asking

    other = marlow.samir.mails("Where is my toner?")
    marlow.works()
    marlow.answers(other, "It left today.")
    marlow.clock.forward(days=15)
    go_on = asking.go_on
    monkeypatch.setattr(asking, "go_on", lambda case, now: 1 / 0 if case == answered else go_on(case, now=now))
    assert ask_how_it_ended(marlow.clock.now) == 1
    answered.refresh_from_db()
    assert answered.asking_due_at == marlow.clock.now + timedelta(days=1)
