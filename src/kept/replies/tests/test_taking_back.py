"""For twenty seconds a person can take their words back, and then it never was."""

from __future__ import annotations

import pytest

from kept.cases.models import Case, Message
from kept.demo.cast import last_word_of
from kept.due.claiming import claim
from kept.lib.refusal import Refusal
from kept.promises.models import Promise
from kept.replies.delivering import deliver_what_waits, set_off
from kept.replies.models import Delivery, Draft
from kept.replies.sending import Reply, reply
from kept.replies.taking_back import take_back

TEXT = "Dear John,\n\nyou get your refund tomorrow by 15:00.\n\nPriya"


@pytest.fixture
def sent(case: Case, marlow) -> Message:
    deliver_what_waits(marlow.clock.now)
    said = Reply(TEXT, saw_up_to=last_word_of(case))
    return reply(case, said, by=marlow.priya, now=marlow.clock.now, despite=frozenset({"all"}))


def test_the_words_are_a_draft_again_and_nothing_ever_goes_out(sent, case, marlow):
    marlow.clock.forward(seconds=19)
    draft = take_back(sent, by=marlow.priya, now=marlow.clock.now)
    assert (draft.text, draft.answers, draft.saw_up_to) == (TEXT, "answer", last_word_of(case))
    assert Draft.objects.get() == draft
    marlow.clock.forward(days=1)
    deliver_what_waits(marlow.clock.now)
    assert not [mail for mail in marlow.post if mail.message_id == sent.external_id]
    sent.refresh_from_db()
    assert sent.delivery_state is None


def test_what_they_promised_was_never_promised(sent, marlow):
    take_back(sent, by=marlow.priya, now=marlow.clock.now)
    made = Promise.objects.get(said_in=sent)
    assert made.state == "taken_back"
    assert made not in Promise.objects.binding()
    marlow.clock.forward(days=9)
    marlow.works()
    made.refresh_from_db()
    assert made.state == "taken_back"


def test_the_clock_runs_on(sent, case, marlow):
    take_back(sent, by=marlow.priya, now=marlow.clock.now)
    case.refresh_from_db()
    assert case.is_silent


def test_after_twenty_seconds_it_has_left_the_house(sent, marlow):
    marlow.clock.forward(seconds=21)
    deliver_what_waits(marlow.clock.now)
    with pytest.raises(Refusal):
        take_back(sent, by=marlow.priya, now=marlow.clock.now)
    assert not Draft.objects.exists()


def test_while_a_server_has_it_in_hand_it_cannot_be_taken_back(sent, marlow):
    marlow.clock.forward(seconds=20)
    (delivery,) = claim(Delivery.objects.filter(message=sent), now=marlow.clock.now)
    with pytest.raises(Refusal):
        take_back(sent, by=marlow.priya, now=marlow.clock.now)
    set_off(delivery, now=marlow.clock.now)
    with pytest.raises(Refusal):
        take_back(sent, by=marlow.priya, now=marlow.clock.now)


def test_it_cannot_be_taken_back_twice(sent, marlow):
    take_back(sent, by=marlow.priya, now=marlow.clock.now)
    sent.refresh_from_db()
    with pytest.raises(Refusal):
        take_back(sent, by=marlow.priya, now=marlow.clock.now)


def test_only_who_wrote_it_takes_it_back(sent, marlow):
    with pytest.raises(Refusal):
        take_back(sent, by=marlow.ines, now=marlow.clock.now)


def test_what_was_taken_back_can_be_sent_anew_and_promises_anew(sent, case, marlow):
    draft = take_back(sent, by=marlow.priya, now=marlow.clock.now)
    again = marlow.answers(case, draft.text)
    assert again.delivered_at is not None
    assert Promise.objects.open().get(case=case, is_next_word=False).said_in == again
