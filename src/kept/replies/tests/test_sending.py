"""A person's reply is read back, refused where it cannot go, and stopped when it was overtaken."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.accounts.models import ChannelAccount
from kept.accounts.opening import open_account
from kept.cases.confirming import confirm
from kept.cases.models import Case, Message, MessageKind, Participant
from kept.channels.base import Attachment
from kept.demo.cast import CustomerOfMarlow, last_word_of
from kept.demo.post import RecordedPost
from kept.lib.refusal import Refusal
from kept.people.models import Identity
from kept.promises.models import Promise
from kept.replies.delivering import deliver_what_waits
from kept.replies.drafting import save_draft
from kept.replies.models import Delivery, Draft
from kept.replies.sending import Reply, reply

GOOD = "Dear John,\n\nyour refund of 14 pounds left us today. It is on your card.\n\nPriya"
ALL = frozenset({"all"})


def send(case: Case, text: str = GOOD, *, marlow, despite: frozenset[str] = frozenset(), **said) -> Message:
    said = {"saw_up_to": last_word_of(case), **said}
    return reply(case, Reply(text, **said), by=marlow.priya, now=marlow.clock.now, despite=despite)


def doubts(case: Case, text: str, *, marlow, **said) -> set[str]:
    with pytest.raises(Refusal) as refusal:
        send(case, text, marlow=marlow, **said)
    return {doubt.code for doubt in refusal.value.doubts}


class TestOnItsWay:
    def test_a_good_answer_waits_twenty_seconds_and_then_leaves_as_a_person(self, case, marlow, delivery_of):
        message = send(case, marlow=marlow)
        assert (message.is_held, message.delivery_state) == (True, "waiting")
        assert delivery_of(message).next_try_at == marlow.clock.now + timedelta(seconds=20)
        marlow.clock.forward(seconds=19)
        marlow.works()
        assert not [mail for mail in marlow.post if mail.message_id == message.external_id]
        marlow.clock.forward(seconds=1)
        marlow.works()
        mail = next(mail for mail in marlow.post if mail.message_id == message.external_id)
        assert mail.author == "Priya Nair"
        assert "your refund of 14 pounds" in mail.text
        assert not mail.automatic

    def test_the_silence_clock_runs_until_the_next_hop_has_it(self, case, marlow):
        send(case, marlow=marlow)
        case.refresh_from_db()
        assert case.is_silent
        marlow.clock.forward(seconds=20)
        marlow.works()
        case.refresh_from_db()
        assert not case.is_silent
        assert case.answer_due_at is None

    def test_the_draft_is_gone_once_it_is_sent(self, case, marlow):
        save_draft(case, GOOD, by=marlow.priya, now=marlow.clock.now)
        send(case, marlow=marlow)
        assert not Draft.objects.exists()

    def test_a_file_goes_with_it(self, case, marlow):
        message = send(case, marlow=marlow, files=[Attachment("receipt.pdf", "application/pdf", b"%PDF")], despite=ALL)
        marlow.clock.forward(seconds=20)
        marlow.works()
        mail = next(mail for mail in marlow.post if mail.message_id == message.external_id)
        assert [(file.name, file.content) for file in mail.attachments] == [("receipt.pdf", b"%PDF")]

    def test_words_by_hand_need_no_delivery(self, case, marlow):
        message = send(case, "Told him at the counter.", marlow=marlow, medium="visit", despite=ALL)
        assert not Delivery.objects.filter(message=message).exists()
        assert message.delivered_at == marlow.clock.now
        case.refresh_from_db()
        assert not case.is_silent

    def test_a_call_that_nobody_answered_says_so_and_the_clock_runs_on(self, case, marlow):
        message = send(case, "Rang.", marlow=marlow, medium="phone", kind=MessageKind.SIGN_OF_LIFE, despite=ALL)
        assert (message.delivery_state, message.failure) == ("failed", "no answer")
        case.refresh_from_db()
        assert case.is_silent


class TestReadBack:
    def test_a_good_answer_raises_no_doubt(self, case, marlow):
        assert send(case, marlow=marlow)

    def test_a_question_that_the_answer_passes_over(self, case, marlow):
        text = "Dear John,\n\nthank you for writing to us. We value your feedback.\n\nPriya"
        assert doubts(case, text, marlow=marlow) == {"question_open"}

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            (GOOD.replace("14 pounds", "[amount]"), "gap"),
            (GOOD + "\n\nThe receipt is attached.", "attachment_missing"),
            (GOOD.replace("Dear John", "Dear Samir"), "name_wrong"),
        ],
    )
    def test_what_a_writer_overlooks(self, case, marlow, text, code):
        assert code in doubts(case, text, marlow=marlow)

    def test_whoever_has_looked_sends_it_all_the_same(self, case, marlow):
        text = GOOD.replace("14 pounds", "[amount]")
        assert send(case, text, marlow=marlow, despite=frozenset({"gap"}))

    def test_having_seen_one_doubt_is_not_having_seen_another(self, case, marlow):
        text = GOOD.replace("14 pounds", "[amount]").replace("Dear John", "Dear Samir")
        with pytest.raises(Refusal):
            send(case, text, marlow=marlow, despite=frozenset({"gap"}))

    def test_a_sign_of_life_is_not_asked_for_an_answer(self, case, marlow):
        text = "Dear John,\n\nI am still looking for your order.\n\nPriya"
        assert send(case, text, marlow=marlow, kind=MessageKind.SIGN_OF_LIFE)

    def test_a_refused_reply_leaves_nothing_behind(self, case, marlow):
        before = Message.objects.count(), Promise.objects.count(), Delivery.objects.count()
        doubts(case, "Dear John,\n\n[text]", marlow=marlow)
        assert (Message.objects.count(), Promise.objects.count(), Delivery.objects.count()) == before


class TestOvertaken:
    def test_a_newer_word_of_theirs_stops_it_and_is_shown(self, case, marlow):
        seen = last_word_of(case)
        marlow.john.fills_in_the_form("Forget the refund, I want a new pizza.")
        with pytest.raises(Refusal) as refusal:
            send(case, marlow=marlow, saw_up_to=seen)
        assert [doubt.code for doubt in refusal.value.doubts] == ["overtaken"]
        assert "a new pizza" in str(refusal.value)

    def test_sent_all_the_same_it_answers_only_what_its_writer_had_seen(self, case, marlow):
        seen = last_word_of(case)
        marlow.clock.forward(minutes=5)
        marlow.john.fills_in_the_form("And where are the drinks?")
        send(case, marlow=marlow, saw_up_to=seen, despite=frozenset({"overtaken"}))
        marlow.clock.forward(seconds=20)
        marlow.works()
        case.refresh_from_db()
        assert case.silent_since == last_word_of(case).at
        assert Message.objects.get(pk=seen.pk).settled == "answered"

    def test_a_colleagues_answer_stops_it_and_is_shown(self, case, marlow):
        marlow.hires_the_others()
        before = Message.objects.latest("id").pk
        marlow.answers(case, "Your refund is on its way.", by=marlow.dana)
        with pytest.raises(Refusal) as refusal:
            send(case, marlow=marlow, saw_ours_up_to=before)
        assert "Dana answered while you were writing" in str(refusal.value)

    def test_ones_own_earlier_answer_overtakes_nothing(self, case, marlow):
        before = Message.objects.latest("id").pk
        marlow.answers(case, "Your refund is on its way.")
        assert send(case, marlow=marlow, saw_ours_up_to=before)

    def test_an_acknowledgement_meanwhile_overtakes_nothing(self, case, marlow):
        assert send(case, marlow=marlow, saw_ours_up_to=0)


class TestRefused:
    @pytest.mark.parametrize("text", ["", "  \n"])
    def test_an_empty_reply(self, case, marlow, text):
        with pytest.raises(Refusal):
            send(case, text, marlow=marlow, despite=ALL)

    def test_a_reply_of_no_known_kind(self, case, marlow):
        with pytest.raises(Refusal):
            send(case, marlow=marlow, kind="closing", despite=ALL)

    def test_a_second_question_back_in_one_matter(self, case, marlow):
        marlow.answers(case, "Which order was it?", kind=MessageKind.ASKS_BACK)
        case.refresh_from_db()
        assert not case.is_silent
        marlow.john.answers_our_mail("The one of Friday.")
        case.refresh_from_db()
        assert case.is_silent
        with pytest.raises(Refusal):
            send(case, "Which Friday?", marlow=marlow, kind=MessageKind.ASKS_BACK, despite=ALL)

    def test_a_customer_with_no_address_at_all(self, marlow):
        case = marlow.harold.is_written_down("letter", "Dear sirs.", by=marlow.priya)
        with pytest.raises(Refusal) as refusal:
            send(case, marlow=marlow, despite=ALL)
        assert "know no address" in str(refusal.value)

    def test_a_mailbox_that_only_listens_until_it_is_opened(self, case, marlow):
        ChannelAccount.objects.filter(pk=marlow.mailbox.pk).update(opened_at=None)
        with pytest.raises(Refusal) as refusal:
            send(case, marlow=marlow)
        assert "only listens" in str(refusal.value)
        marlow.mailbox.refresh_from_db()
        open_account(marlow.mailbox, by=marlow.ines, now=marlow.clock.now)
        assert send(case, marlow=marlow)

    def test_a_stranger_s_address(self, case, marlow):
        other = marlow.samir.mails("My toner has not come.")
        with pytest.raises(Refusal) as refusal:
            send(case, marlow=marlow, to=Identity.objects.get(customer=other.customer, kind="email"))
        assert "takes no part" in str(refusal.value)

    def test_somebody_who_joined_in_gets_an_answer_only_once_a_person_confirmed_them(self, case, marlow):
        marlow.works()
        wife = CustomerOfMarlow(marlow, "Ada Adeyemi", "ada@adeyemi.example")
        signed = next(mail for mail in marlow.post if mail.to.value == marlow.john.address).reply_to
        assert wife.mails("I was there too.", to=signed) == case
        address = Identity.objects.get(value=wife.address)
        with pytest.raises(Refusal):
            send(case, marlow=marlow, to=address, despite=ALL)
        confirm(Participant.objects.get(case=case, customer=address.customer), by=marlow.priya, now=marlow.clock.now)
        assert send(case, marlow=marlow, to=address, despite=ALL).identity == address


def test_a_house_without_a_server_waits_with_the_words(case, marlow, delivery_of, settings):
    """The e-mail channel itself, with no SMTP server set: nothing goes to localhost by guess."""
    from kept import channels

    settings.CHANNELS = [
        path.replace("kept.demo.post.RecordedPost", "kept.channels.email.channel.EmailChannel") for path in settings.CHANNELS
    ]
    settings.SMTP_URL = ""
    channels.kinds.cache_clear()
    message = send(case, marlow=marlow)
    for _day in range(60):
        marlow.clock.forward(days=1)
        deliver_what_waits(marlow.clock.now)
    waiting = delivery_of(message)
    assert "No outgoing mail server is set" in waiting.trouble
    assert (waiting.attempts, waiting.parked_at, waiting.failed_at) == (0, None, None)
    assert RecordedPost.sent == []
