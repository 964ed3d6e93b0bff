"""A customer's word, a repeat, a robot, or history? In that order of questions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.channels.base import Handle, Incoming
from kept.intake.judging import judge
from kept.intake.models import Arrival, Fate


def incoming(marlow, **also) -> Incoming:
    fields = {
        "sender": (Handle("email", "john@adeyemi.example"),), "text": "Cold.", "began_at": marlow.clock.now, "medium": "email",
        **also,
    }  # fmt: skip
    return Incoming(**fields)


@pytest.fixture
def arrival(marlow) -> Arrival:
    return Arrival(account=marlow.mailbox, reached_us_at=marlow.clock.now, envelope={})


def test_a_person_s_words_are_a_message(marlow, arrival):
    judged = judge(incoming(marlow), arrival)
    assert (judged.fate, judged.why, judged.message) == (Fate.MESSAGE, "", None)


def test_a_bounce_is_one_before_it_is_anything_else(marlow, arrival):
    old = marlow.clock.now - timedelta(days=30)
    arrival.envelope = {"internaldate": old.isoformat()}
    assert judge(incoming(marlow, automatic="bounce", began_at=old), arrival).why == "bounce"


def test_older_than_the_start_line_counts_only_where_a_mailbox_says_so(marlow, arrival):
    old = incoming(marlow, began_at=marlow.clock.now - timedelta(days=30))
    assert judge(old, arrival).fate == Fate.MESSAGE
    arrival.envelope = {"internaldate": "x"}
    assert judge(old, arrival).fate == Fate.BEFORE_KEPT


def test_an_old_robot_is_history_and_a_new_one_is_set_aside(marlow, arrival):
    assert judge(incoming(marlow, automatic="list"), arrival).why == "list"
    arrival.envelope = {"internaldate": "x"}
    assert (
        judge(incoming(marlow, automatic="list", began_at=marlow.clock.now - timedelta(days=9)), arrival).fate == Fate.BEFORE_KEPT
    )


@pytest.mark.parametrize(("id", "hash", "fate"), [("m1", "h1", "duplicate"), ("m1", "h2", "message"), ("m2", "h1", "message")])
def test_a_repeat_has_the_same_id_and_the_same_words(marlow, arrival, id, hash, fate):
    case = marlow.john.mails("It was cold.")
    case.messages.filter(is_theirs=True).update(external_id="m1", content_hash="h1")
    judged = judge(incoming(marlow, external_id=id, content_hash=hash), arrival)
    assert judged.fate == fate
    assert (judged.message is not None) == (fate == "duplicate")


def test_without_an_id_nothing_is_a_repeat(marlow, arrival):
    case = marlow.john.mails("It was cold.")
    case.messages.filter(is_theirs=True).update(external_id="", content_hash="h1")
    assert judge(incoming(marlow, content_hash="h1"), arrival).fate == Fate.MESSAGE


def test_the_trap_of_the_form(marlow, arrival):
    arrival.envelope = {"trap": "http://pills.example"}
    assert judge(incoming(marlow, medium="form"), arrival).why == "robot"
    arrival.envelope = {"trap": ""}
    assert judge(incoming(marlow, medium="form"), arrival).fate == Fate.MESSAGE


def test_a_closed_mailbox_s_address_is_no_longer_ours(marlow, arrival):
    ours = incoming(marlow, sender=(Handle("email", "help@marlow.example"),))
    assert judge(ours, arrival).why == "loop"
    marlow.mailbox.closed_at = marlow.clock.now
    marlow.mailbox.save()
    assert judge(ours, arrival).fate == Fate.MESSAGE
