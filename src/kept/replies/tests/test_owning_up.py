"""The third cold pizza is acknowledged as the third: to John's own proven mailbox, and to nobody else's."""

from __future__ import annotations

import pytest

from kept.cases.models import Case, Message, MessageKind
from kept.cases.repeating import unlink_repeat
from kept.replies.composing import compose
from kept.replies.models import Delivery
from kept.replies.owning_up import may_read_it

THIRD = "This is the third time this has happened to you. That should not be."


def ack_on(case: Case) -> Message:
    return Message.objects.filter(case=case, kind=MessageKind.ACKNOWLEDGEMENT).earliest("id")


def mailed(case: Case, marlow):
    delivery = Delivery.objects.select_related("message__case", "identity", "account__brand").get(message=ack_on(case))
    return compose(delivery, now=marlow.clock.now)


def cold(marlow, subject: str, *, is_proven: bool = True, text: str = "My pizza was cold.") -> Case:
    marlow.clock.forward(days=20)
    return marlow.john.mails(text, subject=subject, is_proven=is_proven)


@pytest.fixture
def third(marlow) -> Case:
    return [cold(marlow, subject) for subject in ("One", "Two", "Three")][-1]


def test_the_third_is_owned_up_to_in_both_forms_of_the_mail(marlow, third):
    mail = mailed(third, marlow)
    assert THIRD in " ".join(mail.text.split())
    assert THIRD in mail.html
    assert THIRD in ack_on(third).text


def test_the_second_is_not_talked_about(marlow):
    case = [cold(marlow, subject) for subject in ("One", "Two")][-1]
    assert case.repeats == 2
    assert "time" not in mailed(case, marlow).text.replace("sometimes", "")


def test_an_address_that_is_not_proven_hears_nothing_of_what_we_know(marlow):
    case = [cold(marlow, subject, is_proven=False) for subject in ("One", "Two", "Three")][-1]
    assert case.repeats == 3
    mail = mailed(case, marlow)
    assert "third" not in mail.text + mail.html + ack_on(case).text


def test_nor_does_somebody_else_who_writes_on_his_matter(marlow, third):
    from kept.demo.cast import CustomerOfMarlow

    marlow.works()
    signed = next(mail for mail in reversed(marlow.post) if mail.to.value == marlow.john.address).reply_to
    marlow.clock.forward(days=2)
    ada = CustomerOfMarlow(marlow, "Ada Adeyemi", "ada@adeyemi.example")
    assert ada.mails("I was there too.", to=signed, is_proven=True) == third
    ack = Message.objects.filter(case=third, kind=MessageKind.ACKNOWLEDGEMENT).latest("id")
    assert ack.identity.value == ada.address
    assert "third" not in ack.text


def test_only_a_proven_address_of_the_very_customer_may_read_it(marlow, third):
    his = ack_on(third).identity
    hers = ack_on(marlow.grace.mails("Hello.", is_proven=True)).identity
    assert may_read_it(third, his)
    assert not may_read_it(third, hers)
    assert not may_read_it(third, None)


def test_where_only_he_says_so_it_claims_nothing_that_we_have_not_seen(marlow):
    case = cold(marlow, "Cold", text="This is the third time that the pizza is cold.")
    text = " ".join(mailed(case, marlow).text.split())
    assert "You write that this is the third time. That should not be." in text
    assert "has happened to you" not in text


def test_it_is_said_once_in_a_matter(marlow, third):
    marlow.clock.forward(days=2)
    assert marlow.john.mails("Hello?", subject="Re: Three", is_proven=True) == third
    acks = Message.objects.filter(case=third, kind=MessageKind.ACKNOWLEDGEMENT).order_by("id")
    assert [THIRD in ack.text for ack in acks] == [True, False]


def test_once_a_person_said_that_it_is_no_repeat_a_mail_on_its_way_does_not_say_so_either(marlow, third):
    unlink_repeat(third, by=marlow.priya, now=marlow.clock.now)
    assert "third" not in mailed(third, marlow).text
