"""Each invariant is silent in a healthy house, and speaks when somebody breaks it on purpose."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from kept.audit import invariants
from kept.audit.invariants import INVARIANTS
from kept.cases.models import Case, Message, MessageKind
from kept.intake.models import Arrival, ArrivalState, Fate, Filed
from kept.outcomes.hearing import hear
from kept.outcomes.models import Verdict
from kept.people.models import Employee, Identity
from kept.promises.models import Promise
from kept.replies.models import Delivery
from kept.timeline.models import Event
from kept.timeline.sealing import seal


@pytest.fixture
def life(marlow):
    """A day of Marlow: one answered, one that waits, one that ended white, one that left."""
    marlow.works()
    first = marlow.john.mails("My pizza was cold.", subject="Cold pizza")
    second = marlow.samir.fills_in_the_form("Where is my toner?")
    third = marlow.grace.mails("Amira is lovely.")
    fourth = marlow.mary.fills_in_the_form("I give up.")
    marlow.works()
    marlow.answers(first, "I am sorry; your refund is on its way.")
    hear(third, "yes", now=marlow.clock.now)
    hear(fourth, "leave", now=marlow.clock.now)
    marlow.clock.forward(hours=1)
    marlow.works()
    for case in (first, second, third, fourth):
        case.refresh_from_db()
    return {"answered": first, "waiting": second, "white": third, "left": fourth}


def wrong(marlow) -> dict[str, list[str]]:
    found = {check.__name__: list(check(marlow.clock.now)) for check in INVARIANTS}
    return {name: says for name, says in found.items() if says}


def test_a_healthy_house_has_nothing_to_say(life, marlow):
    assert wrong(marlow) == {}


def test_every_invariant_has_a_sentence_that_names_its_number():
    for check in INVARIANTS:
        assert check.__doc__
        assert check.__doc__.startswith("I")


def break_it(how: str, life: dict[str, Case], marlow) -> None:
    case, now = life["waiting"], marlow.clock.now
    word = Message.objects.filter(case=case, is_theirs=True)
    made = Promise.objects.filter(case=case)
    ways = {
        "a filed arrival became nothing": lambda: Filed.objects.filter(message=word.get()).delete(),
        "an arrival was given up": lambda: Arrival.objects.update(parked_at=now),
        "a delivery was given up unseen": lambda: Delivery.objects.update(parked_at=now),
        "one mail became two words": lambda: Message.objects.filter(is_theirs=True).update(external_id="x", content_hash="y"),
        "a word vanished from the sum": lambda: word.update(is_theirs=False),
        "a fate names no word": lambda: Filed.objects.filter(message=word.get()).update(message=None),
        "two acknowledgements of one word": lambda: Message.objects.filter(kind=MessageKind.ACKNOWLEDGEMENT).update(
            answers_up_to=word.get()
        ),
        "somebody stopped the clock": lambda: Case.objects.filter(pk=case.pk).update(silent_since=None),
        "somebody turned the clock forward": lambda: Case.objects.filter(pk=case.pk).update(silent_since=now),
        "the owner has left": lambda: Employee.objects.filter(pk=case.owner_id).update(is_active=False),
        "it waits without an hour": lambda: Case.objects.filter(pk=case.pk).update(answer_due_at=None),
        "nobody will ever be told": lambda: Case.objects.filter(pk=case.pk).update(rung_due_at=None),
        "a rung was not climbed": lambda: Case.objects.filter(pk=case.pk).update(rung_due_at=now - timedelta(minutes=9)),
        "words lie about": lambda: Delivery.objects.update(claimed_at=None, next_try_at=now - timedelta(minutes=9)),
        "a failure is on no case": lambda: Delivery.objects.update(failed_at=now),
        "words go to a stranger": lambda: Delivery.objects.filter(message__case=case).update(
            identity=Identity.objects.exclude(customer=case.customer).first()
        ),
        "a past promise is not called broken": lambda: made.update(due_at=now - timedelta(minutes=9)),
        "a promise vanished": lambda: made.update(is_open=False),
        "a promise is held for ever": lambda: made.update(is_held=True),
        "a promise that nobody watches": lambda: made.update(rung_due_at=now - timedelta(minutes=9)),
        "an end without a verdict": lambda: Verdict.objects.filter(case=life["white"]).delete(),
        "white by an employee": lambda: Verdict.objects.filter(case=life["white"]).update(
            by_customer=False, confirmed_by=marlow.priya
        ),
        "the past was changed": lambda: change_the_past(),
    }
    assert set(ways) == set(CAUGHT_BY)
    ways[how]()


CAUGHT_BY = {
    "a filed arrival became nothing": "every_arrival_has_a_fate",
    "an arrival was given up": "nothing_waits_for_ever",
    "a delivery was given up unseen": "nothing_waits_for_ever",
    "one mail became two words": "one_contact_is_one_message",
    "a word vanished from the sum": "every_message_is_accounted_for",
    "a fate names no word": "every_word_is_on_one_case",
    "two acknowledgements of one word": "acknowledged_at_most_once",
    "somebody stopped the clock": "the_clock_is_what_the_messages_say",
    "somebody turned the clock forward": "the_clock_is_what_the_messages_say",
    "the owner has left": "every_open_case_can_be_answered",
    "it waits without an hour": "every_open_case_can_be_answered",
    "nobody will ever be told": "every_open_case_can_be_answered",
    "a rung was not climbed": "every_open_case_can_be_answered",
    "words lie about": "held_words_go_or_are_taken_back",
    "a failure is on no case": "failures_are_on_the_case",
    "words go to a stranger": "only_participants_are_written_to",
    "a past promise is not called broken": "promises_end_in_one_way",
    "a promise vanished": "promises_end_in_one_way",
    "a promise is held for ever": "promises_end_in_one_way",
    "a promise that nobody watches": "promises_end_in_one_way",
    "an end without a verdict": "white_only_by_the_customer",
    "white by an employee": "white_only_by_the_customer",
    "the past was changed": "the_chain_is_whole",
}


def change_the_past() -> None:
    """As somebody with the database file in hand would: past the triggers."""
    seal()
    event = Event.objects.filter(kind="received").earliest("id")
    table = Event._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"UPDATE {table} SET kind = 'noted' WHERE id = %s", [event.pk])
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(f"UPDATE {table} SET kind = 'noted' WHERE id = %s", [event.pk])
        for _name, sql in triggers:
            cursor.execute(sql)


@pytest.mark.parametrize("how", CAUGHT_BY)
def test_whatever_somebody_breaks_is_named(how, life, marlow):
    break_it(how, life, marlow)
    assert CAUGHT_BY[how] in wrong(marlow)


def test_what_only_listens_may_wait(life, marlow):
    from kept.accounts.models import ChannelAccount

    ChannelAccount.objects.update(opened_at=None)
    Delivery.objects.update(claimed_at=None, next_try_at=marlow.clock.now - timedelta(days=1))
    assert "held_words_go_or_are_taken_back" not in wrong(marlow)


def test_what_waits_to_be_filed_is_no_flaw(life, marlow):
    arrival = Arrival.objects.latest("id")
    Arrival.objects.filter(pk=arrival.pk).update(state=ArrivalState.WAITING)
    assert not list(invariants.every_arrival_has_a_fate(marlow.clock.now))
    assert Filed.objects.filter(fate=Fate.MESSAGE).exists()
