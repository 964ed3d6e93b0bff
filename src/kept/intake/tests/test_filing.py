"""The story of one arrival: told once, whoever tells it; and never lost, whatever fails."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

import pytest

from kept.accounts.opening import account_of_kind, add_account
from kept.accounts.translating import channel_of
from kept.cases.confirming import confirm
from kept.cases.models import Case, Duty, Message, MessageKind, Participant
from kept.demo.cast import CustomerOfMarlow
from kept.due.claiming import LEASE, claim_one
from kept.intake import filing
from kept.intake.accepting import accept_here
from kept.intake.filing import file_now, file_or_try_again, file_what_waits
from kept.intake.models import Arrival, ArrivalState, Fate, Filed
from kept.lib.ids import new_id
from kept.people.models import Customer, Employee, House, Identity
from kept.timeline.models import Event

FORM = {"content-type": "application/x-www-form-urlencoded"}


def arrives(marlow, body: bytes = b"name=John&email=john@adeyemi.example&message=Cold", *, account=None, **envelope) -> Arrival:
    account = account or marlow.form
    receipt = accept_here(account, body, {**FORM, **envelope}, key="", reached_us_at=marlow.clock.now)
    return Arrival.objects.select_related("account").get(pk=receipt.arrival_id)


class TestOneMatterManyMedia:
    def test_a_form_a_mail_a_call_and_a_letter_become_one_case_with_one_owner_and_one_clock(self, marlow):
        began = marlow.clock.now
        case = marlow.mary.fills_in_the_form("My order 1182 has not come.")
        marlow.works()
        marlow.clock.forward(minutes=10)
        assert marlow.mary.mails("Did you get my form?") == case
        assert marlow.mary.is_written_down("phone", "She asks where it is.", by=marlow.priya) == case
        assert marlow.mary.is_written_down("letter", "Where is it?", by=marlow.priya) == case
        case.refresh_from_db()
        assert Case.objects.count() == 1
        assert case.media.split() == ["form", "email", "phone", "letter"]
        assert case.silent_since == began
        assert case.owner == marlow.priya
        assert Message.objects.filter(is_theirs=True, arrival_id__isnull=False).count() == 4

    def test_a_call_starts_its_clock_when_it_happened(self, marlow):
        rang_at = marlow.clock.now - timedelta(hours=1)
        case = marlow.samir.is_written_down("phone", "Where is my toner?", by=marlow.priya, at=rang_at)
        assert case.silent_since == rang_at
        word = Message.objects.get(case=case, is_theirs=True)
        assert (word.author, word.medium) == (marlow.priya, "phone")

    def test_a_moment_ahead_of_us_starts_the_clock_now(self, marlow):
        case = marlow.samir.is_written_down("phone", "Hello", by=marlow.priya, at=marlow.clock.now + timedelta(days=9))
        assert case.silent_since == marlow.clock.now

    def test_what_a_program_wrote_down_names_the_program(self, marlow):
        body = json.dumps({"medium": "phone", "from": {"name": "Samir"}, "text": "Where is my toner?"}).encode()
        arrival = arrives(marlow, body, account=account_of_kind("by_hand", now=marlow.clock.now), through="apitoken:7")
        assert file_now(arrival.pk, now=marlow.clock.now)
        kinds = set(Event.objects.filter(facts__through="apitoken:7").values_list("kind", flat=True))
        assert {"opened", "received", "assigned"} <= kinds
        marlow.john.mails("Hello")
        assert not Event.objects.filter(about="case:2", facts__has_key="through").exists()


class TestToldOnce:
    def test_telling_it_twice_changes_nothing_the_second_time(self, marlow):
        arrival = arrives(marlow)
        assert file_now(arrival.pk, now=marlow.clock.now)
        before = (Message.objects.count(), Case.objects.count(), Event.objects.count())
        assert file_now(arrival.pk, now=marlow.clock.now)
        assert file_what_waits(marlow.clock.now) == 0
        assert (Message.objects.count(), Case.objects.count(), Event.objects.count()) == before

    def test_while_somebody_has_it_in_hand_nobody_else_files_it(self, marlow):
        arrival = arrives(marlow)
        assert claim_one(arrival, now=marlow.clock.now)
        assert not file_now(arrival.pk, now=marlow.clock.now)
        assert file_what_waits(marlow.clock.now) == 0
        assert not Message.objects.exists()

    def test_after_a_crash_with_it_in_hand_it_is_filed_by_the_next(self, marlow):
        claim_one(arrives(marlow), now=marlow.clock.now)
        assert file_what_waits(marlow.clock.now + LEASE + timedelta(seconds=1)) == 1
        assert Message.objects.filter(is_theirs=True).count() == 1

    def test_whoever_comes_back_from_the_dead_files_nothing(self, marlow):
        late = arrives(marlow)
        claim_one(late, now=marlow.clock.now)
        file_what_waits(marlow.clock.now + LEASE + timedelta(seconds=1))
        assert not file_or_try_again(late, now=marlow.clock.now)
        assert Message.objects.filter(is_theirs=True).count() == 1
        assert Filed.objects.count() == 1

    def test_the_same_mail_in_two_mailboxes_of_ours_is_one_word(self, marlow):
        other = add_account("email", name="Info", now=marlow.clock.now, settings={"address": "info@marlow.example"}).account
        raw = (
            b"From: John <john@adeyemi.example>\nTo: help@marlow.example, info@marlow.example\nSubject: Cold\n"
            b"Message-ID: <one@customer.example>\nContent-Type: text/plain\n\nIt was cold.\n"
        )
        first = marlow.receives(marlow.mailbox, raw, {"mail_from": "john@adeyemi.example", "rcpt_to": "help@marlow.example"})
        second = accept_here(other, raw, {"mail_from": "john@adeyemi.example"}, key="2", reached_us_at=marlow.clock.now)
        file_now(second.arrival_id, now=marlow.clock.now)
        filed = Filed.objects.get(arrival_id=second.arrival_id)
        assert (filed.fate, filed.message.case) == (Fate.DUPLICATE, first)

    def test_the_same_message_id_with_other_words_is_another_word(self, marlow):
        raw = b"From: John <john@adeyemi.example>\nSubject: Cold\nMessage-ID: <one@customer.example>\n\nIt was %s.\n"
        for word in (b"cold", b"late"):
            marlow.receives(marlow.mailbox, raw % word, {"mail_from": "john@adeyemi.example"})
        assert Message.objects.filter(is_theirs=True).count() == 2


class TestNobodyIsHereYet:
    def test_everything_waits_and_is_filed_once_somebody_is(self, marlow):
        House.objects.update(is_settled=False)
        arrival = arrives(marlow)
        assert not file_now(arrival.pk, now=marlow.clock.now)
        assert file_what_waits(marlow.clock.now) == 0
        House.objects.update(is_settled=True)
        assert file_what_waits(marlow.clock.now) == 1


class TestAFaultOfOurs:
    @pytest.fixture
    def broken(self, monkeypatch):
        """Our reading of mail and forms is broken by a fault of ours."""
        monkeypatch.setattr(filing, "channel_of", lambda account: 1 / 0)
        return lambda: monkeypatch.setattr(filing, "channel_of", channel_of)

    def test_it_waits_with_the_reason_and_is_tried_again(self, marlow, broken):
        arrival = arrives(marlow)
        assert not file_now(arrival.pk, now=marlow.clock.now)
        arrival.refresh_from_db()
        assert (arrival.state, arrival.attempts) == (ArrivalState.WAITING, 1)
        assert "ZeroDivisionError" in arrival.trouble
        broken()
        assert file_what_waits(marlow.clock.forward(minutes=1)) == 1
        assert Case.objects.get().customer.name == "John"

    def test_the_third_time_a_person_reads_the_original(self, marlow, broken):
        arrival = arrives(marlow)
        for _time in range(4):
            file_what_waits(marlow.clock.now)
            marlow.clock.forward(hours=1)
        arrival.refresh_from_db()
        assert arrival.state == ArrivalState.FILED
        case = Case.objects.get()
        assert case.is_silent
        assert case.owner == marlow.priya
        assert "could not be read" in case.subject
        assert "ZeroDivisionError" in Event.objects.get(about=case.about, kind="filing_failed").facts["why"]

    def test_a_fault_in_the_midst_leaves_nothing_half_done(self, marlow, monkeypatch):
        arrival = arrives(marlow)
        with monkeypatch.context() as broken:
            broken.setattr(filing, "acknowledge", lambda *_args, **_also: 1 / 0)
            file_now(arrival.pk, now=marlow.clock.now)
        assert not Case.objects.exists()
        assert not Customer.objects.exists()
        assert not Filed.objects.exists()
        assert file_what_waits(marlow.clock.forward(minutes=1)) == 1

    def test_one_that_fails_does_not_keep_the_next_one_waiting(self, marlow, monkeypatch):
        first, _second = arrives(marlow), arrives(marlow, b"name=Samir&email=samir@patel.example&message=Toner")
        understand = filing.understand
        monkeypatch.setattr(filing, "understand", lambda one: 1 / 0 if one.pk == first.pk else understand(one))
        assert file_what_waits(marlow.clock.now) == 1
        assert Case.objects.get().customer.name == "Samir"

    def test_a_house_that_stops_files_no_further(self, marlow):
        arrives(marlow)
        assert file_what_waits(marlow.clock.now, should_stop=lambda: True) == 0

    def test_many_that_wait_are_filed_in_one_sweep(self, marlow):
        for number in range(20):
            arrives(marlow, b"name=N&email=n%d@else.example&message=Hello" % number)
        assert file_what_waits(marlow.clock.now) == 20


class TestWhatCannotBeRead:
    def test_it_is_a_case_with_an_owner_and_a_clock(self, marlow):
        arrival = arrives(marlow, b"{not json", account=account_of_kind("program", now=marlow.clock.now))
        assert file_now(arrival.pk, now=marlow.clock.now)
        case = Case.objects.get()
        assert (case.silent_since, case.owner) == (marlow.clock.now, marlow.priya)
        assert "look at the original" in Message.objects.get(is_theirs=True).text
        assert Event.objects.filter(about=case.about, kind="filing_failed").exists()

    def test_a_post_with_none_of_our_fields_is_a_form_that_could_not_be_read(self, marlow):
        file_now(arrives(marlow, b"utterly=else").pk, now=marlow.clock.now)
        assert Message.objects.get(is_theirs=True).medium == "form"

    def test_its_sender_is_who_the_envelope_names_and_hears_that_it_arrived(self, marlow, monkeypatch):
        from kept.channels.base import Unreadable

        def cannot(*_args):
            raise Unreadable("broken MIME")

        monkeypatch.setattr(type(channel_of(marlow.mailbox)), "parse", cannot)
        marlow.receives(marlow.mailbox, b"garbage", {"mail_from": "John@Adeyemi.example"})
        assert Identity.objects.get().value == "john@adeyemi.example"
        assert Message.objects.filter(kind=MessageKind.ACKNOWLEDGEMENT).count() == 1

    def test_from_a_mailbox_the_from_line_says_who_it_is(self, marlow, monkeypatch):
        from kept.channels.base import Unreadable

        def cannot(*_args):
            raise Unreadable("broken MIME")

        monkeypatch.setattr(type(channel_of(marlow.mailbox)), "parse", cannot)
        raw = b"Received: x\nFrom: John Adeyemi <john@adeyemi.example>\nContent-Type: \xff\n\ngarbage"
        marlow.receives(marlow.mailbox, raw, {"uid": "7", "uidvalidity": "1"})
        assert Identity.objects.get().value == "john@adeyemi.example"

    @pytest.mark.parametrize("nasty", ["", "<>", "no address", "a@b", "x@y.example>, <z@w.example", "a b@c.example"])
    def test_a_sender_that_is_no_address_is_nobody(self, marlow, monkeypatch, nasty):
        from kept.channels.base import Unreadable

        def cannot(*_args):
            raise Unreadable("broken MIME")

        monkeypatch.setattr(type(channel_of(marlow.mailbox)), "parse", cannot)
        marlow.receives(marlow.mailbox, b"garbage", {"mail_from": nasty})
        assert not Identity.objects.exclude(value="x@y.example").exists()
        assert Case.objects.get().is_silent

    def test_said_from_their_own_page_it_stays_on_their_case(self, marlow):
        case = marlow.john.mails("It was cold.")
        by_hand = account_of_kind("by_hand", now=marlow.clock.now)
        arrival = arrives(marlow, b"{broken", account=by_hand, **{"case-key": str(case.public_id)})
        assert file_now(arrival.pk, now=marlow.clock.now)
        assert Message.objects.get(arrival_id=arrival.pk).case == case


class TestFromTheirOwnPage:
    def says(self, marlow, case: Case, text: str, **envelope) -> Message:
        body = json.dumps({"medium": "form", "text": text}).encode()
        by_hand = account_of_kind("by_hand", now=marlow.clock.now)
        arrival = arrives(marlow, body, account=by_hand, **{"case-key": str(case.public_id), **envelope})
        assert file_now(arrival.pk, now=marlow.clock.now)
        return Message.objects.get(arrival_id=arrival.pk)

    def test_what_they_add_is_their_word_on_their_case(self, marlow):
        case = marlow.john.mails("It was cold.")
        word = self.says(marlow, case, "And late.")
        assert (word.case, word.customer, word.medium) == (case, case.customer, "form")

    def test_a_case_that_is_none_makes_a_new_one_rather_than_losing_them(self, marlow):
        case = marlow.john.mails("It was cold.")
        case.public_id = new_id()
        assert isinstance(case.public_id, UUID)
        word = self.says(marlow, case, "And late.")
        assert word.case_id != case.pk


class TestWhoProvesWhat:
    def test_an_answer_to_our_mail_proves_the_address_it_went_to(self, marlow):
        marlow.john.mails("It was cold.")
        marlow.works()
        assert Identity.objects.get(value=marlow.john.address).proven_at is None
        marlow.john.answers_our_mail("And late.")
        assert Identity.objects.get(value=marlow.john.address).proven_at == marlow.clock.now

    def test_a_call_written_down_on_the_case_proves_nothing(self, marlow):
        case = marlow.john.mails("It was cold.")
        marlow.works()
        body = {"medium": "phone", "from": {"identities": [["email", marlow.john.address]]}, "text": "He rang."}
        by_hand = account_of_kind("by_hand", now=marlow.clock.now)
        arrival = arrives(marlow, json.dumps(body).encode(), account=by_hand, **{"case-key": str(case.public_id)})
        file_now(arrival.pk, now=marlow.clock.now)
        assert Identity.objects.get(value=marlow.john.address).proven_at is None

    def test_an_answer_that_fails_dmarc_proves_nothing(self, marlow):
        marlow.john.mails("It was cold.")
        marlow.works()
        signed = marlow.post[0].reply_to
        spoofed = "Authentication-Results: mx.marlow.example; dmarc=fail header.from=adeyemi.example\n"
        marlow.john.mails("It is me, really.", to=signed, headers=spoofed)
        assert Identity.objects.get(value=marlow.john.address).proven_at is None

    def test_somebody_new_with_a_signed_address_takes_part_once_a_person_says_so(self, marlow):
        case = marlow.john.mails("It was cold.")
        marlow.works()
        signed = next(mail for mail in marlow.post if mail.to.value == marlow.john.address).reply_to
        ada = CustomerOfMarlow(marlow, "Ada Adeyemi", "ada@adeyemi.example")
        assert ada.mails("I was there too.", to=signed) == case
        part = Participant.objects.get(case=case, customer__name="Ada Adeyemi")
        assert not part.is_confirmed
        duty = Duty.objects.get(case=case, kind="confirm_participant")
        assert "Ada Adeyemi" in duty.says
        confirm(part, by=marlow.priya, now=marlow.clock.now)
        duty.refresh_from_db()
        assert duty.done_at is not None
        assert Event.objects.filter(about=case.about, kind="participant_confirmed").count() == 1
        confirm(part, by=marlow.priya, now=marlow.clock.now)
        assert Event.objects.filter(about=case.about, kind="participant_confirmed").count() == 1


def test_the_writer_of_a_call_who_has_left_does_not_stop_its_filing(marlow):
    body = json.dumps({"medium": "phone", "from": {"name": "Samir"}, "text": "Hello"}).encode()
    by_hand = account_of_kind("by_hand", now=marlow.clock.now)
    arrival = arrives(marlow, body, account=by_hand, written_by=str(Employee.objects.latest("pk").pk + 99))
    assert file_now(arrival.pk, now=marlow.clock.now)
    assert Message.objects.get(is_theirs=True).author is None
