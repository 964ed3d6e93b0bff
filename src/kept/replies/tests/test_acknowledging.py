"""Acknowledged at once, in the owner's name, claiming only what is true; or the case says why not (R4, I6)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.accounts.models import ChannelAccount
from kept.accounts.opening import open_account
from kept.cases.models import Case, Duty, Message, MessageKind
from kept.demo.cast import CustomerOfMarlow
from kept.lib.hours import add_working_days
from kept.people.models import House, Identity
from kept.promises.models import Promise
from kept.replies.acknowledging import MOST_A_DAY
from kept.replies.models import Delivery
from kept.timeline.models import Event


def acks(case: Case) -> list[Message]:
    return list(Message.objects.filter(case=case, kind=MessageKind.ACKNOWLEDGEMENT).order_by("id"))


def why_not(case: Case) -> str:
    return Event.objects.filter(about=case.about, kind="not_acknowledged").latest("id").facts["why"]


def duties(case: Case) -> list[str]:
    return list(Duty.objects.filter(case=case, done_at__isnull=True).values_list("kind", flat=True))


class TestTheFirstWord:
    def test_it_leaves_at_once_in_the_owners_name_with_hour_manager_and_page(self, marlow):
        case = marlow.john.mails("My pizza was cold.", subject="Cold pizza")
        marlow.works()
        mail = next(mail for mail in marlow.post if mail.to.value == marlow.john.address)
        assert mail.author == "Priya Nair"
        assert mail.automatic
        assert "Ines Duarte" in mail.text
        assert "/c/" in mail.text
        assert mail.from_address == "help@marlow.example"
        assert mail.reply_to.startswith("help+")
        assert acks(case)[0].delivered_at == marlow.clock.now

    def test_the_hour_it_names_is_a_promise_in_the_ledger(self, marlow):
        case = marlow.john.mails("My pizza was cold.")
        made = Promise.objects.get(case=case)
        assert made.is_next_word
        assert made.due_at == case.answer_due_at == acks(case)[0].next_word_at
        assert made.said_in == acks(case)[0]
        assert made.by == case.owner

    def test_it_stops_no_clock(self, marlow):
        case = marlow.john.mails("My pizza was cold.")
        marlow.works()
        case.refresh_from_db()
        assert case.silent_since == marlow.clock.now

    def test_it_repeats_their_words_only_to_a_proven_address(self, marlow):
        marlow.john.mails("The crust was like cardboard.", is_proven=True)
        marlow.samir.mails("My toner has not come.")
        marlow.works()
        john, samir = (next(mail for mail in marlow.post if mail.to.value == who.address) for who in (marlow.john, marlow.samir))
        assert "cardboard" in john.text
        assert "toner" not in samir.text
        assert "toner" not in samir.html

    def test_in_a_house_of_one_the_page_tells_when_the_hour_passes(self, marlow):
        House.objects.update(duty_manager=marlow.priya, head=marlow.priya)
        type(marlow.priya).objects.filter(pk=marlow.priya.pk).update(manager=None)
        case = marlow.john.mails("My pizza was cold.")
        assert "your page will say so" in acks(case)[0].text
        marlow.works()
        mail = next(mail for mail in marlow.post if mail.to.value == marlow.john.address)
        assert "your page will say so" in mail.text

    def test_mail_that_fails_dmarc_is_never_acknowledged(self, marlow):
        spoofed = "Authentication-Results: mx.marlow.example; dmarc=fail header.from=adeyemi.example\n"
        case = marlow.john.mails("Give me money.", headers=spoofed)
        assert acks(case) == []
        assert why_not(case) == "not_wanted"

    def test_an_acknowledgement_delayed_past_its_hour_does_not_name_it(self, marlow):
        from kept.demo.post import RecordedPost

        case = marlow.john.mails("My pizza was cold.")
        RecordedPost.is_down = True
        marlow.works()
        RecordedPost.is_down = False
        marlow.clock.now = case.answer_due_at + timedelta(hours=2)
        marlow.works()
        mail = next(mail for mail in marlow.post if mail.to.value == marlow.john.address)
        assert "You hear from me by" not in mail.text


class TestLaterWords:
    def test_a_second_mail_within_the_day_is_not_acknowledged_again(self, marlow):
        case = marlow.john.mails("My pizza was cold.", subject="Cold pizza")
        marlow.clock.forward(hours=2)
        assert marlow.john.mails("And late.", subject="Re: Cold pizza") == case
        assert len(acks(case)) == 1
        assert why_not(case) == "already_told"

    def test_after_a_day_without_one_there_is_a_short_one_again(self, marlow):
        case = marlow.john.mails("My pizza was cold.", subject="Cold pizza")
        marlow.clock.forward(hours=24)
        marlow.john.mails("Hello?", subject="Re: Cold pizza")
        assert len(acks(case)) == 2

    def test_once_the_hour_has_passed_it_says_so_once_and_names_no_hour(self, marlow):
        case = marlow.john.mails("My pizza was cold.", subject="Cold pizza")
        marlow.clock.now = case.answer_due_at + timedelta(minutes=1)
        for _mail in range(2):
            marlow.john.mails("Hello?", subject="Re: Cold pizza")
        _first, second = acks(case)
        assert second.next_word_at is None
        assert "longer than I said" in second.text
        assert "hear from me by" not in second.text

    def test_the_first_word_on_a_further_medium_is_acknowledged_there(self, marlow):
        case = marlow.mary.fills_in_the_form("My order is wrong.")
        marlow.clock.forward(minutes=5)
        assert marlow.mary.mails("I just filled in your form.") == case
        assert [ack.answers_up_to.medium for ack in acks(case)] == ["form", "email"]

    def test_each_medium_counts_as_acknowledged_however_many_words_of_ours_came_since(self, marlow):
        case = marlow.mary.fills_in_the_form("My order is wrong.")
        for _time in range(25):
            marlow.answers(case, "Still looking.", kind=MessageKind.SIGN_OF_LIFE)
        marlow.mary.fills_in_the_form("And the colour too.")
        assert len(acks(case)) == 1

    def test_inside_a_live_exchange_nothing_automatic_disturbs(self, marlow):
        case = marlow.john.mails("My pizza was cold.", subject="Cold pizza")
        marlow.answers(case, "I am sorry. Your refund is on its way.")
        marlow.clock.forward(minutes=5)
        marlow.john.answers_our_mail("And the drinks?")
        assert len(acks(case)) == 1
        assert why_not(case) == "live_exchange"

    def test_an_hour_after_our_answer_a_new_question_is_acknowledged_with_its_new_hour(self, marlow):
        case = marlow.john.mails("My pizza was cold.", subject="Cold pizza")
        marlow.answers(case, "I am sorry. Your refund is on its way.")
        marlow.clock.forward(hours=1)
        marlow.john.answers_our_mail("And the drinks?")
        case.refresh_from_db()
        assert [ack.next_word_at for ack in acks(case)][1] == case.answer_due_at

    def test_no_word_is_ever_acknowledged_twice(self, marlow):
        case = marlow.john.mails("My pizza was cold.")
        for _time in range(3):
            marlow.works()
        assert len([mail for mail in marlow.post if mail.to.value == marlow.john.address]) == 1
        assert len(acks(case)) == 1


class TestSuppressed:
    def test_a_stranger_can_use_the_form_to_send_somebody_two_mails_a_day_and_no_more(self, marlow):
        victim = CustomerOfMarlow(marlow, "Victim", "victim@else.example")
        for number in range(5):
            account = ChannelAccount.objects.get(pk=marlow.form.pk)
            body = f"name=Victim&email={victim.address}&subject=Matter+{number}&message=Hello+{number}".encode()
            marlow.receives(account, body, {"content-type": "application/x-www-form-urlencoded"})
        marlow.works()
        assert len([mail for mail in marlow.post if mail.to.value == victim.address]) == MOST_A_DAY
        assert Event.objects.filter(kind="not_acknowledged", facts__why="address_limit").count() == 3

    def test_the_hour_on_the_thank_you_page_is_promised_even_where_no_mail_goes(self, marlow):
        Identity.objects.all().delete()
        marlow.mailbox.closed_at = marlow.clock.now
        marlow.mailbox.save()
        case = marlow.john.fills_in_the_form("My pizza was cold.")
        made = Promise.objects.get(case=case)
        assert (made.is_next_word, made.due_at) == (True, case.answer_due_at)
        assert why_not(case) == "no_mailbox"
        assert duties(case) == ["acknowledge_by_hand"]

    def test_a_proven_address_has_no_limit(self, marlow):
        for number in range(4):
            marlow.john.mails("Hello", subject=f"Matter {number}", is_proven=True)
        assert Message.objects.filter(kind=MessageKind.ACKNOWLEDGEMENT).count() == 4

    def test_a_dead_address_gets_nothing_and_the_owner_a_duty(self, marlow):
        marlow.john.fills_in_the_form("My pizza was cold.")
        Identity.objects.filter(kind="email").update(dead_at=marlow.clock.now)
        marlow.clock.forward(days=1)
        case = marlow.john.fills_in_the_form("Hello?")
        assert why_not(case) == "dead_address"
        assert duties(case) == ["acknowledge_by_hand"]

    def test_a_mailbox_that_only_listens_sends_nothing_and_nothing_old_when_it_is_opened(self, marlow):
        ChannelAccount.objects.filter(pk=marlow.mailbox.pk).update(opened_at=None)
        marlow.mailbox.refresh_from_db()
        mailed = marlow.john.mails("My pizza was cold.")
        filled_in = marlow.samir.fills_in_the_form("My toner has not come.")
        assert why_not(mailed) == why_not(filled_in) == "listen_only"
        assert not Delivery.objects.exists()
        open_account(marlow.mailbox, by=marlow.ines, now=marlow.clock.now)
        marlow.clock.forward(minutes=5)
        marlow.works()
        assert [mail for mail in marlow.post if "marlow.example" not in mail.to.value] == []

    def test_the_form_of_a_house_that_only_listens_still_keeps_its_word(self, marlow):
        ChannelAccount.objects.filter(pk=marlow.mailbox.pk).update(opened_at=None)
        case = marlow.samir.fills_in_the_form("My toner has not come.")
        assert Promise.objects.open().get(case=case).due_at == case.answer_due_at


class TestByHand:
    def test_a_letter_is_acknowledged_by_hand_within_two_working_days(self, marlow):
        case = marlow.harold.is_written_down("letter", "Dear sirs, your rider is a delight.", by=marlow.priya)
        duty = Duty.objects.get(case=case)
        hours = case.policy.calendar.hours
        assert duty.kind == "acknowledge_by_hand"
        assert duty.due_at == add_working_days(hours, marlow.clock.now, 2)
        assert why_not(case) == "no_way_back"

    def test_a_call_is_acknowledged_by_hand_by_the_hour_of_its_answer(self, marlow):
        case = marlow.samir.is_written_down("phone", "Where is my toner?", by=marlow.priya)
        assert Duty.objects.get(case=case).due_at == case.answer_due_at

    @pytest.mark.parametrize(("kind", "done"), [(MessageKind.ANSWER, True), (MessageKind.SIGN_OF_LIFE, False)])
    def test_a_call_that_reaches_them_does_the_duty_and_no_answer_does_not(self, marlow, kind, done):
        case = marlow.samir.is_written_down("phone", "Where is my toner?", by=marlow.priya)
        marlow.answers(case, "Rang him.", kind=kind, medium="phone")
        assert (duties(case) == []) is done
        case.refresh_from_db()
        assert (case.silent_since is None) is done
        assert Event.objects.get(kind="called").facts["result"] == ("spoke with them" if done else "no answer")

    def test_a_second_letter_gives_no_second_duty(self, marlow):
        case = marlow.samir.is_written_down("phone", "Where is my toner?", by=marlow.priya)
        assert marlow.samir.is_written_down("phone", "Well?", by=marlow.priya) == case
        assert duties(case) == ["acknowledge_by_hand"]
