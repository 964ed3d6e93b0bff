"""What comes back was never an answer: the clock runs on from the old moment (R5)."""

from __future__ import annotations

import pytest

from kept.cases.models import Case, Duty, Message, MessageKind
from kept.people.models import Identity, Notice
from kept.promises.models import Promise
from kept.replies.bouncing import bounce
from kept.replies.delivering import deliver_what_waits
from kept.replies.models import Delivery
from kept.timeline.models import Event

BOUNCE = """From: MAILER-DAEMON@mx.adeyemi.example
To: help@marlow.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce1@mx.adeyemi.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

The mailbox is full.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.adeyemi.example

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--b
Content-Type: text/rfc822-headers

Message-ID: <{message_id}>
Subject: Re: pizza

--b--
"""


@pytest.fixture
def answered(case: Case, marlow) -> Message:
    message = marlow.answers(case, "Your refund is on its way.")
    case.refresh_from_db()
    assert not case.is_silent
    marlow.clock.forward(hours=3)
    return message


def comes_back(message: Message, marlow, *, action: str = "failed", status: str = "5.1.1") -> None:
    raw = BOUNCE.format(message_id=message.external_id, address=marlow.john.address, action=action, status=status)
    with pytest.raises(LookupError):
        marlow.receives(marlow.mailbox, raw.encode(), {"mail_from": "", "rcpt_to": "help@marlow.example"})


def test_the_clock_runs_on_from_the_old_moment_as_if_it_had_never_been_sent(answered, case, marlow):
    since = Message.objects.filter(case=case, is_theirs=True).get().at
    comes_back(answered, marlow)
    case.refresh_from_db()
    assert case.silent_since == since
    assert case.answer_due_at is not None
    assert case.rung_due_at is not None
    assert (case.asked_at, case.asking_due_at) == (None, None)


def test_it_is_on_the_message_the_case_and_with_the_owner(answered, case, marlow):
    comes_back(answered, marlow)
    answered.refresh_from_db()
    assert answered.delivery_state == "failed"
    assert Delivery.objects.get(message=answered).bounced_at == marlow.clock.now
    assert Event.objects.get(about=case.about, kind="bounced").facts["address"] == marlow.john.address
    assert Duty.objects.get(case=case).kind == "another_way"
    assert Notice.objects.filter(to=marlow.priya, kind="delivery").exists()
    assert Identity.objects.get(value=marlow.john.address).dead_at == marlow.clock.now


def test_you_hear_from_me_by_was_not_kept_by_words_that_came_back(answered, case, marlow):
    word = Promise.objects.get(case=case, is_next_word=True)
    assert word.state == "kept"
    comes_back(answered, marlow)
    word.refresh_from_db()
    assert word.state == "open"
    marlow.clock.now = word.due_at
    marlow.works()
    word.refresh_from_db()
    case.refresh_from_db()
    assert word.state == "broken"
    assert case.went_wrong


def test_a_bounce_of_a_later_message_leaves_the_earlier_answer_alone(answered, case, marlow):
    later = marlow.answers(case, "One more thing: enjoy the voucher.")
    marlow.clock.forward(hours=1)
    comes_back(later, marlow)
    case.refresh_from_db()
    assert not case.is_silent
    assert Promise.objects.get(case=case, is_next_word=True).state == "kept"


def test_what_is_only_late_changes_nothing_but_is_told(answered, case, marlow):
    comes_back(answered, marlow, action="delayed", status="4.4.1")
    case.refresh_from_db()
    answered.refresh_from_db()
    assert not case.is_silent
    assert answered.delivery_state == "delivered"


def test_coming_back_twice_is_told_once(answered, case, marlow):
    for _time in range(2):
        comes_back(answered, marlow)
    assert Event.objects.filter(about=case.about, kind="bounced").count() == 1


def test_a_bounce_is_no_word_of_theirs(answered, case, marlow):
    comes_back(answered, marlow)
    assert Message.objects.filter(case=case, is_theirs=True).count() == 1


@pytest.mark.parametrize("message_id", ["", "made-up@else.example"])
def test_what_is_not_ours_concerns_nobody(answered, message_id, marlow):
    assert bounce(message_id, why="no such user", is_final=True, now=marlow.clock.now) is None


def test_an_asking_that_bounced_does_not_count(case, marlow):
    from kept.outcomes.asking import ask
    from kept.replies.reaching import askings_since_their_last_word

    marlow.answers(case, "Your refund is on its way.")
    case.refresh_from_db()
    asking = ask(case, by=marlow.priya, now=marlow.clock.now)
    deliver_what_waits(marlow.clock.now)
    assert askings_since_their_last_word(case) == 1
    marlow.clock.forward(hours=1)
    comes_back(asking, marlow)
    assert askings_since_their_last_word(case) == 0
    case.refresh_from_db()
    assert case.asked_at is None


def test_the_answer_that_reached_them_another_way_stops_the_clock(answered, case, marlow):
    comes_back(answered, marlow)
    marlow.answers(case, "Told him on the phone.", kind=MessageKind.ANSWER, medium="phone")
    case.refresh_from_db()
    assert not case.is_silent
    assert Promise.objects.get(case=case, is_next_word=True).state == "kept"
    assert not Duty.objects.filter(case=case, done_at__isnull=True).exists()
    assert case.answer_due_at is None
