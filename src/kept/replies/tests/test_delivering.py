"""Out once, or its failure is shown: on the case, and with the owner (I11, I12)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.accounts.models import ChannelAccount
from kept.accounts.opening import close_account
from kept.cases.models import Case, Duty, Message, MessageKind
from kept.channels.base import MaybeSent
from kept.demo.cast import last_word_of
from kept.demo.post import RecordedPost
from kept.due.claiming import LEASE, PARK_AFTER, LeaseLost, claim
from kept.people.models import Notice
from kept.promises.models import Promise
from kept.replies import delivering
from kept.replies.composing import compose
from kept.replies.delivering import deliver_what_waits, set_off
from kept.replies.models import Delivery
from kept.replies.sending import Reply, reply
from kept.timeline.models import Event

TEXT = "Dear John,\n\nyou get your refund tomorrow by 15:00.\n\nPriya"


@pytest.fixture
def sent(case: Case, marlow) -> Message:
    """An answer whose twenty seconds are over."""
    deliver_what_waits(marlow.clock.now)
    RecordedPost.sent.clear()
    said = Reply(TEXT, saw_up_to=last_word_of(case))
    message = reply(case, said, by=marlow.priya, now=marlow.clock.now, despite=frozenset({"all"}))
    marlow.clock.forward(seconds=20)
    return message


def told_the_owner(marlow) -> list[str]:
    return list(Notice.objects.filter(to=marlow.priya, kind="delivery").values_list("says", flat=True))


class TestTheServerIsDown:
    def test_it_is_tried_again_with_the_same_message_id_until_it_goes(self, sent, marlow, delivery_of):
        RecordedPost.is_down = True
        for _time in range(5):
            deliver_what_waits(marlow.clock.now)
            assert delivery_of(sent).next_try_at > marlow.clock.now
            marlow.clock.now = delivery_of(sent).next_try_at
        RecordedPost.is_down = False
        deliver_what_waits(marlow.clock.now)
        assert [mail.message_id for mail in RecordedPost.sent] == [sent.external_id]
        assert delivery_of(sent).attempts == 5
        assert not delivery_of(sent).may_be_twice

    def test_the_owner_is_told_once_that_it_waits(self, sent, marlow, delivery_of):
        RecordedPost.is_down = True
        for _time in range(4):
            deliver_what_waits(marlow.clock.now)
            marlow.clock.now = delivery_of(sent).next_try_at
        assert len(told_the_owner(marlow)) == 1
        assert "the next hop does not answer" in told_the_owner(marlow)[0]

    def test_the_clock_runs_and_the_promise_is_said_once_it_is_on_its_way(self, sent, case, marlow):
        RecordedPost.is_down = True
        deliver_what_waits(marlow.clock.now)
        case.refresh_from_db()
        assert case.is_silent
        assert Promise.objects.get(said_in=sent).state == "open"

    def test_after_many_tries_it_is_parked_and_the_owner_reaches_them_another_way(self, sent, case, marlow, delivery_of):
        RecordedPost.is_down = True
        for _time in range(PARK_AFTER):
            deliver_what_waits(marlow.clock.now)
            marlow.clock.now = delivery_of(sent).next_try_at or marlow.clock.now
        assert delivery_of(sent).parked_at is not None
        sent.refresh_from_db()
        assert sent.delivery_state == "failed"
        assert Duty.objects.filter(case=case, kind="another_way").exists()
        assert any("did not go out:" in says for says in told_the_owner(marlow))
        case.refresh_from_db()
        assert case.is_silent


class TestTheServerRefuses:
    def test_the_refusal_is_on_the_case_and_with_the_owner_in_the_same_minute(self, sent, case, marlow, delivery_of):
        RecordedPost.refuses[marlow.john.address] = "550 no such user"
        deliver_what_waits(marlow.clock.now)
        sent.refresh_from_db()
        assert (sent.failed_at, sent.failure) == (marlow.clock.now, "550 no such user")
        assert delivery_of(sent).failed_at == marlow.clock.now
        assert Event.objects.filter(about=case.about, kind="not_delivered", facts__why="550 no such user").exists()
        assert "550 no such user" in told_the_owner(marlow)[0]
        assert Duty.objects.get(case=case, kind="another_way").due_at == case.answer_due_at

    def test_it_stops_no_clock_and_is_not_tried_again(self, sent, case, marlow):
        RecordedPost.refuses[marlow.john.address] = "550 no such user"
        deliver_what_waits(marlow.clock.now)
        RecordedPost.refuses.clear()
        marlow.clock.forward(days=1)
        deliver_what_waits(marlow.clock.now)
        assert RecordedPost.sent == []
        case.refresh_from_db()
        assert case.is_silent

    def test_a_promise_in_a_refused_sign_of_life_was_never_given(self, case, marlow):
        RecordedPost.refuses[marlow.john.address] = "550 no such user"
        marlow.answers(case, "Hello John,\n\nI will ring you by Friday 5 June, 12:00.\n\nPriya", kind=MessageKind.SIGN_OF_LIFE)
        given = Promise.objects.binding().filter(case=case, is_next_word=False)
        assert not given.exists()
        assert Promise.objects.open().filter(case=case, is_next_word=True).count() == 1, "the hour they were told stands"

    def test_a_call_that_reaches_them_does_the_duty(self, sent, case, marlow):
        RecordedPost.refuses[marlow.john.address] = "550 no such user"
        deliver_what_waits(marlow.clock.now)
        marlow.answers(case, "Told him on the phone.", medium="phone")
        assert not Duty.objects.filter(case=case, done_at__isnull=True).exists()


class TestPerhapsTwice:
    def test_a_line_that_breaks_after_the_last_byte_says_may_be_twice(self, sent, marlow, delivery_of, monkeypatch):
        def breaks(self, outgoing):
            RecordedPost.sent.append(outgoing)
            raise MaybeSent("the line broke")

        with monkeypatch.context() as outside:
            outside.setattr(RecordedPost, "send", breaks)
            deliver_what_waits(marlow.clock.now)
        marlow.clock.forward(minutes=1)
        deliver_what_waits(marlow.clock.now)
        assert {mail.message_id for mail in RecordedPost.sent} == {sent.external_id}
        assert delivery_of(sent).may_be_twice
        assert delivery_of(sent).accepted_at is not None

    def test_a_crash_while_the_server_had_it_says_so_too(self, sent, marlow, delivery_of):
        (delivery,) = claim(Delivery.objects.filter(message=sent), now=marlow.clock.now)
        set_off(delivery, now=marlow.clock.now)  # and here the power goes
        deliver_what_waits(marlow.clock.now)
        assert RecordedPost.sent == []
        marlow.clock.now += LEASE + timedelta(seconds=1)
        deliver_what_waits(marlow.clock.now)
        assert [mail.message_id for mail in RecordedPost.sent] == [sent.external_id]
        assert delivery_of(sent).may_be_twice

    def test_a_fault_of_ours_after_the_server_took_it_says_so_too(self, sent, marlow, delivery_of, monkeypatch):
        with monkeypatch.context() as broken:
            broken.setattr(delivering, "has_reached", lambda *_args, **_also: 1 / 0)
            deliver_what_waits(marlow.clock.now)
        assert delivery_of(sent).may_be_twice
        assert delivery_of(sent).accepted_at is None
        marlow.clock.forward(minutes=1)
        deliver_what_waits(marlow.clock.now)
        sent.refresh_from_db()
        assert sent.delivered_at == marlow.clock.now

    def test_an_ordinary_delivery_says_nothing_of_the_kind(self, sent, marlow, delivery_of):
        deliver_what_waits(marlow.clock.now)
        assert not delivery_of(sent).may_be_twice

    def test_whoever_lost_the_lease_sends_nothing(self, sent, marlow):
        (mine,) = claim(Delivery.objects.filter(message=sent), now=marlow.clock.now)
        marlow.clock.now += LEASE + timedelta(seconds=1)
        claim(Delivery.objects.filter(message=sent), now=marlow.clock.now)
        with pytest.raises(LeaseLost):
            delivering.deliver(mine, now=marlow.clock.now)
        assert RecordedPost.sent == []


class TestManyAtOnce:
    def test_all_that_is_due_goes_in_one_sweep(self, marlow):
        for number in range(11):
            marlow.john.mails("Hello", subject=f"Matter {number}", is_proven=True)
        assert deliver_what_waits(marlow.clock.now) == 11

    def test_one_that_cannot_be_written_does_not_stall_the_others(self, marlow, monkeypatch):
        first = marlow.john.mails("Hello", subject="One", is_proven=True)
        marlow.samir.mails("Hello", subject="Two")
        monkeypatch.setattr(
            delivering, "compose", lambda one, now: 1 / 0 if one.message.case_id == first.pk else compose(one, now=now)
        )
        assert deliver_what_waits(marlow.clock.now) == 1
        assert Delivery.objects.get(message__case=first).next_try_at > marlow.clock.now

    def test_a_house_that_stops_leaves_the_rest_due_for_whoever_comes_next(self, marlow):
        for number in range(3):
            marlow.john.mails("Hello", subject=f"Matter {number}", is_proven=True)
        assert deliver_what_waits(marlow.clock.now, should_stop=lambda: len(RecordedPost.sent) >= 1) == 1
        assert deliver_what_waits(marlow.clock.now) == 2


class TestTheAccount:
    def test_while_it_only_listens_words_wait_however_long(self, sent, marlow, delivery_of):
        ChannelAccount.objects.filter(pk=marlow.mailbox.pk).update(opened_at=None)
        for _minute in range(PARK_AFTER + 5):
            marlow.clock.forward(minutes=1)
            deliver_what_waits(marlow.clock.now)
        waiting = delivery_of(sent)
        assert (waiting.attempts, waiting.parked_at, waiting.claimed_at) == (0, None, None)
        assert RecordedPost.sent == []

    def test_closing_it_says_that_what_waited_did_not_go(self, sent, marlow):
        close_account(marlow.mailbox, by=marlow.ines, now=marlow.clock.now)
        deliver_what_waits(marlow.clock.now)
        sent.refresh_from_db()
        assert sent.delivery_state == "failed"
        assert "was closed before it went" in told_the_owner(marlow)[0]


class TestReachingThem:
    def test_an_answer_covers_every_word_its_writer_had_seen(self, case, marlow):
        marlow.john.fills_in_the_form("Hello?")
        marlow.answers(case, TEXT)
        assert set(Message.objects.filter(case=case, is_theirs=True).values_list("settled", flat=True)) == {"answered"}

    def test_a_question_back_stops_the_clock_and_the_matter_waits_for_them(self, case, marlow):
        marlow.answers(case, "Which order was it?", kind=MessageKind.ASKS_BACK)
        case.refresh_from_db()
        assert not case.is_silent
        assert last_word_of(case).settled == "asked_back"
        assert case.asking_due_at > marlow.clock.now

    def test_a_plain_answer_by_mail_asks_at_its_foot(self, case, marlow):
        message = marlow.answers(case, "Your refund is on its way.")
        case.refresh_from_db()
        mail = next(mail for mail in marlow.post if mail.message_id == message.external_id)
        assert "/c/" in mail.text
        assert case.asked_at == marlow.clock.now
        assert case.asking_due_at == marlow.clock.now + timedelta(days=14)

    def test_an_answer_that_promises_is_followed_by_a_separate_asking(self, case, marlow):
        marlow.answers(case, TEXT)
        case.refresh_from_db()
        assert case.asked_at is None
        assert case.asking_due_at.date() == (marlow.clock.now + timedelta(days=3)).date()
