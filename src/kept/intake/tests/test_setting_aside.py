"""Set aside with a reason, browsable, and brought back as easily; robots and history too (R1, R14)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.accounts.opening import account_of_kind
from kept.audit.counting import count
from kept.cases.models import Case, Message, MessageKind
from kept.demo.cast import last_word_of
from kept.intake.accepting import accept_here
from kept.intake.bringing_back import bring_back, release
from kept.intake.filing import file_now
from kept.intake.models import Arrival, ArrivalState, Fate, Filed
from kept.intake.setting_aside import set_aside
from kept.lib.refusal import Refusal
from kept.outcomes.hearing import hear
from kept.promises.models import Promise
from kept.replies.tests.test_bouncing import BOUNCE
from kept.timeline.models import Event

ROBOT = b"""From: Shop Robot <robot@shop.example>
To: help@marlow.example
Subject: Your receipt
Message-ID: <%s@shop.example>
%s
Content-Type: text/plain

Thank you for your purchase.
"""


def mail(marlow, *headers: bytes, id: bytes = b"1", **envelope: str) -> Filed:
    raw = ROBOT % (id, b"\n".join(headers) or b"X-Nothing: 1")
    envelope = {"mail_from": "robot@shop.example", "rcpt_to": "help@marlow.example", **envelope}
    receipt = accept_here(marlow.mailbox, raw, envelope, key="", reached_us_at=marlow.clock.now)
    assert file_now(receipt.arrival_id, now=marlow.clock.now)
    return Filed.objects.get(arrival_id=receipt.arrival_id)


class TestMachines:
    @pytest.mark.parametrize(
        ("header", "why"),
        [
            (b"Auto-Submitted: auto-generated", "robot"),
            (b"Auto-Submitted: auto-replied", "out_of_office"),
            (b"List-Id: <news.shop.example>", "list"),
            (b"Precedence: bulk", "bulk"),
            (b"X-Kept-Loop: 1", "loop"),
        ],
    )
    def test_what_no_person_wrote_is_set_aside_with_its_reason(self, marlow, header, why):
        filed = mail(marlow, header)
        assert (filed.fate, filed.why, filed.sender) == (Fate.SET_ASIDE, why, "robot@shop.example")
        assert not Case.objects.exists()
        assert count(marlow.clock.now).set_aside == 1

    def test_mail_from_an_address_of_ours_is_a_loop(self, marlow):
        raw = b"From: help@marlow.example\nTo: help@marlow.example\nMessage-ID: <x@marlow.example>\n\nHello\n"
        receipt = accept_here(marlow.mailbox, raw, {"mail_from": "help@marlow.example"}, key="", reached_us_at=marlow.clock.now)
        file_now(receipt.arrival_id, now=marlow.clock.now)
        assert Filed.objects.get().why == "loop"

    def test_whoever_fills_in_the_trap_of_the_form_is_a_robot_kept_all_the_same(self, marlow):
        envelope = {"content-type": "application/x-www-form-urlencoded", "trap": "http://pills.example"}
        body = b"name=Bot&email=bot@else.example&message=Buy+pills"
        receipt = accept_here(marlow.form, body, envelope, key="", reached_us_at=marlow.clock.now)
        file_now(receipt.arrival_id, now=marlow.clock.now)
        filed = Filed.objects.get()
        assert (filed.fate, filed.why) == (Fate.SET_ASIDE, "robot")
        assert Arrival.objects.get().bytes == body
        message = bring_back(filed, by=marlow.priya, now=marlow.clock.now)
        assert message.text == "Buy pills"
        assert message.case.is_silent

    def test_a_bounce_of_nothing_of_ours_is_set_aside_too(self, marlow):
        raw = BOUNCE.format(message_id="x@else.example", address="z@else.example", action="failed", status="5.1.1")
        receipt = accept_here(marlow.mailbox, raw.encode(), {"mail_from": ""}, key="", reached_us_at=marlow.clock.now)
        file_now(receipt.arrival_id, now=marlow.clock.now)
        filed = Filed.objects.get()
        assert (filed.fate, filed.why) == (Fate.SET_ASIDE, "bounce")


class TestBroughtBack:
    def test_a_person_taken_for_a_robot_has_a_case_an_owner_and_a_clock_from_when_it_came(self, marlow):
        filed, came_at = mail(marlow, b"Precedence: bulk"), marlow.clock.now
        marlow.clock.forward(days=1)
        message = bring_back(filed, by=marlow.priya, now=marlow.clock.now)
        case = message.case
        assert (case.owner, case.silent_since) == (marlow.priya, came_at)
        filed.refresh_from_db()
        assert (filed.fate, filed.message, filed.why) == (Fate.MESSAGE, message, "")
        assert Event.objects.get(about=case.about, kind="brought_back").by == f"employee:{marlow.priya.pk}"

    def test_what_may_be_a_robot_all_the_same_gets_no_automatic_answer(self, marlow):
        message = bring_back(mail(marlow, b"Precedence: bulk"), by=marlow.priya, now=marlow.clock.now)
        assert not Message.objects.filter(kind=MessageKind.ACKNOWLEDGEMENT).exists()
        assert Event.objects.get(about=message.case.about, kind="not_acknowledged").facts["why"] == "not_wanted"

    def test_only_once(self, marlow):
        filed = mail(marlow, b"Precedence: bulk")
        bring_back(filed, by=marlow.priya, now=marlow.clock.now)
        with pytest.raises(Refusal):
            bring_back(filed, by=marlow.priya, now=marlow.clock.now)
        assert Message.objects.filter(is_theirs=True).count() == 1


class TestBeforeKept:
    def test_older_mail_is_history_without_case_clock_or_sum(self, marlow):
        old = (marlow.clock.now - timedelta(days=20)).isoformat()
        filed = mail(marlow, uid="1", uidvalidity="1", internaldate=old)
        assert filed.fate == Fate.BEFORE_KEPT
        assert not Case.objects.exists()
        assert not Message.objects.exists()
        assert count(marlow.clock.now).received == 0

    def test_a_person_can_choose_to_take_it_up(self, marlow):
        old = marlow.clock.now - timedelta(days=20)
        filed = mail(marlow, uid="1", uidvalidity="1", internaldate=old.isoformat())
        message = bring_back(filed, by=marlow.priya, now=marlow.clock.now)
        assert message.case.silent_since == old
        assert count(marlow.clock.now).received == 1
        assert count(marlow.clock.now).unaccounted == 0

    def test_newer_mail_of_the_same_mailbox_is_a_word(self, marlow):
        now = marlow.clock.forward(hours=1).isoformat()
        assert mail(marlow, uid="1", uidvalidity="1", internaldate=now).fate == Fate.MESSAGE


class TestByAPerson:
    @pytest.fixture
    def spam(self, marlow) -> Case:
        return marlow.samir.mails("Cheap pills for your pizzeria.")

    def test_it_needs_a_reason(self, spam, marlow):
        for because in ("", "  "):
            with pytest.raises(Refusal):
                set_aside(last_word_of(spam), by=marlow.priya, because=because, now=marlow.clock.now)

    def test_a_case_of_nothing_else_is_neither_open_nor_ended_and_owes_nothing(self, spam, marlow):
        set_aside(last_word_of(spam), by=marlow.priya, because="spam", now=marlow.clock.now)
        spam.refresh_from_db()
        assert (spam.is_open, spam.ended_at, spam.silent_since, spam.next_due_at) == (False, None, None, None)
        assert Promise.objects.get(case=spam).state == "taken_back"
        marlow.clock.forward(days=3)
        marlow.works()
        assert not Event.objects.filter(about=spam.about, kind__in=["climbed", "broken"]).exists()

    def test_other_words_of_theirs_keep_it_open(self, spam, marlow):
        marlow.samir.mails("No, really: where is my toner?")
        first = Message.objects.filter(case=spam, is_theirs=True).earliest("id")
        set_aside(first, by=marlow.priya, because="sent by mistake", now=marlow.clock.now)
        spam.refresh_from_db()
        assert spam.is_open
        assert spam.is_silent

    def test_it_counts_as_set_aside_and_comes_back_as_waiting(self, spam, marlow):
        word = last_word_of(spam)
        set_aside(word, by=marlow.priya, because="spam", now=marlow.clock.now)
        before = count(marlow.clock.now)
        assert (before.set_aside, before.waiting_in_time, before.nothing_to_answer, before.unaccounted) == (1, 0, 0, 0)
        marlow.clock.forward(hours=1)
        bring_back(Filed.objects.get(message=word), by=marlow.ines, now=marlow.clock.now)
        spam.refresh_from_db()
        after = count(marlow.clock.now)
        assert (after.set_aside, after.waiting_in_time, after.unaccounted) == (0, 1, 0)
        assert (spam.is_open, spam.set_aside_at, spam.silent_since) == (True, None, word.at)
        assert Event.objects.get(about=spam.about, kind="reopened").by == f"employee:{marlow.ines.pk}"

    def test_twice_is_refused_and_so_is_a_word_of_ours(self, spam, marlow):
        ours = Message.objects.get(kind=MessageKind.ACKNOWLEDGEMENT)
        word = last_word_of(spam)
        set_aside(word, by=marlow.priya, because="spam", now=marlow.clock.now)
        for message in (word, ours):
            with pytest.raises(Refusal):
                set_aside(message, by=marlow.priya, because="spam", now=marlow.clock.now)

    def test_a_word_brought_back_to_what_their_yes_had_ended_reopens_nothing(self, spam, marlow):
        first = last_word_of(spam)
        marlow.samir.mails("Where is my toner?")
        set_aside(first, by=marlow.priya, because="spam", now=marlow.clock.now)
        hear(spam, "yes", now=marlow.clock.now)
        bring_back(Filed.objects.get(message=first), by=marlow.priya, now=marlow.clock.now)
        spam.refresh_from_db()
        assert (spam.is_open, spam.outcome) == (False, "white")
        assert count(marlow.clock.now).unaccounted == 0

    def test_whoever_was_set_aside_and_writes_again_is_heard(self, spam, marlow):
        set_aside(last_word_of(spam), by=marlow.priya, because="spam", now=marlow.clock.now)
        again = marlow.samir.mails("Where is my toner?")
        assert again.is_silent
        assert again.is_open


class TestQuarantine:
    def test_what_was_signed_wrong_is_counted_and_filed_once_a_person_says_it_is_genuine(self, marlow):
        program = account_of_kind("program", now=marlow.clock.now)
        body = b'{"medium": "api", "from": {"name": "Samir"}, "text": "Hello"}'
        receipt = accept_here(program, body, {}, key="", reached_us_at=marlow.clock.now, state=ArrivalState.QUARANTINED)
        marlow.works()
        assert not Case.objects.exists()
        assert (count(marlow.clock.now).set_aside, count(marlow.clock.now).unaccounted) == (1, 0)
        arrival = Arrival.objects.get(pk=receipt.arrival_id)
        release(arrival, by=marlow.ines, now=marlow.clock.now)
        marlow.works()
        assert Case.objects.get().is_silent
        assert Event.objects.filter(about=f"arrival:{arrival.pk}", kind="brought_back").exists()
        with pytest.raises(Refusal):
            release(arrival, by=marlow.ines, now=marlow.clock.now)
