"""A message of ours as the mail it becomes: subject, page link, signed reply address, and nobody else's words."""

from __future__ import annotations

from kept.cases.models import Case, Message, MessageKind
from kept.demo.cast import CustomerOfMarlow
from kept.people.models import Identity
from kept.replies.addressing import address_for, best_address, sender_for, signed_reply_to
from kept.replies.composing import compose
from kept.replies.models import Delivery


def mail_of(message: Message, marlow):
    return compose(Delivery.objects.get(message=message), now=marlow.clock.now)


class TestAnAnswer:
    def test_it_answers_their_mail_in_their_thread(self, marlow):
        case = marlow.john.mails("It was cold.", subject="Cold pizza")
        mail = mail_of(marlow.answers(case, "I am sorry."), marlow)
        theirs = Message.objects.get(case=case, is_theirs=True)
        assert mail.subject == "Re: Cold pizza"
        assert theirs.external_id in mail.references
        assert mail.to.value == marlow.john.address
        assert mail.to_name == "John Adeyemi"

    def test_an_answer_to_a_form_is_about_its_matter(self, case, marlow):
        mail = mail_of(marlow.answers(case, "I am sorry."), marlow)
        assert mail.subject == f"Re: {case.subject}"

    def test_re_is_not_piled_up(self, marlow):
        case = marlow.john.mails("It was cold.", subject="Re: Cold pizza")
        assert mail_of(marlow.answers(case, "I am sorry."), marlow).subject == "Re: Cold pizza"

    def test_each_try_has_the_same_message_id_and_the_same_words(self, case, marlow):
        message = marlow.answers(case, "I am sorry.")
        first, second = mail_of(message, marlow), mail_of(message, marlow)
        assert first == second
        assert first.message_id == message.external_id

    def test_it_carries_the_link_to_their_page_and_asks_at_its_foot(self, case, marlow):
        mail = mail_of(marlow.answers(case, "I am sorry."), marlow)
        assert "/c/" in mail.text
        assert "/c/" in mail.html

    def test_what_was_taken_back_is_in_no_thread(self, case, marlow):
        message = marlow.answers(case, "I am sorry.")
        Message.objects.filter(pk=message.pk).update(taken_back_at=marlow.clock.now)
        again = marlow.answers(case, "I am really sorry.")
        assert message.external_id not in mail_of(again, marlow).references

    def test_a_name_with_html_in_it_is_shown_as_text(self, marlow):
        nasty = CustomerOfMarlow(marlow, "<b>Bob</b>", "bob@else.example")
        case = nasty.fills_in_the_form("Hello, when do you open?")
        marlow.works()
        mail = next(mail for mail in marlow.post if mail.to.value == nasty.address)
        assert "<b>Bob" not in mail.html
        assert case.customer.name == "<b>Bob</b>"


class TestSomebodyElseWhoWrote:
    def test_they_hear_that_it_arrived_and_nothing_of_what_we_know(self, case, marlow):
        marlow.works()
        signed = next(mail for mail in marlow.post if mail.to.value == marlow.john.address).reply_to
        ada = CustomerOfMarlow(marlow, "Ada Adeyemi", "ada@adeyemi.example")
        assert ada.mails("I was there too.", to=signed, is_proven=True) == case
        ack = Message.objects.filter(case=case, kind=MessageKind.ACKNOWLEDGEMENT).latest("id")
        mail = mail_of(ack, marlow)
        assert mail.to_name == "Ada Adeyemi"
        assert "Ada" in mail.text
        assert "John" not in mail.text
        assert "refund" not in mail.text + mail.html
        marlow.works()
        link = next(word for word in mail.text.split() if "/c/" in word)
        token = link.rpartition("/c/")[2]
        from kept.web.customer.opening import open_link

        assert not open_link(token).shows_words


class TestAddresses:
    def test_an_answer_goes_where_their_last_word_came_from(self, case, marlow):
        other = CustomerOfMarlow(marlow, "John Adeyemi", "john@work.example")
        Identity.objects.create(customer=case.customer, kind="email", value=other.address, first_seen_at=marlow.clock.now)
        assert other.mails("From my other address.") == case
        assert best_address(case).value == other.address

    def test_a_dead_address_is_passed_over(self, case, marlow):
        Identity.objects.filter(value=marlow.john.address).update(dead_at=marlow.clock.now)
        assert best_address(case) is None

    def test_a_call_has_no_way_back_by_itself(self, marlow):
        marlow.samir.is_written_down("phone", "Where is my toner?", by=marlow.priya)
        assert address_for(Message.objects.filter(is_theirs=True).latest("id")) is None

    def test_a_form_leaves_by_the_houses_mailbox(self, marlow):
        assert sender_for(marlow.form) == marlow.mailbox

    def test_a_house_without_a_mailbox_cannot_send(self, marlow):
        marlow.mailbox.closed_at = marlow.clock.now
        marlow.mailbox.save()
        assert sender_for(marlow.form) is None

    def test_a_server_that_knows_no_plus_gets_no_signed_address(self, case, marlow):
        assert signed_reply_to(case, marlow.mailbox).startswith("help+")
        marlow.mailbox.settings["reply_to"] = "none"
        assert signed_reply_to(case, marlow.mailbox) == ""

    def test_each_case_has_a_signed_address_of_its_own(self, case: Case, marlow):
        other = marlow.samir.mails("My toner has not come.")
        assert signed_reply_to(case, marlow.mailbox) != signed_reply_to(other, marlow.mailbox)
