"""The sum that anybody can add up: everything received is accounted for, whatever became of it (KEPT.md 1.14)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kept.audit.counting import ARRIVAL_IN_TIME, count
from kept.cases.models import Case, Message, MessageKind
from kept.cases.resting import rest
from kept.demo.cast import last_word_of
from kept.intake.accepting import accept_here
from kept.intake.models import Arrival, ArrivalState
from kept.intake.setting_aside import set_aside
from kept.lib.ids import new_id
from kept.outcomes.hearing import hear


def shares(marlow) -> dict[str, int]:
    """What is not zero, without the hour."""
    audit = count(marlow.clock.now)
    assert audit.unaccounted == 0
    counted = asdict(audit)
    return {name: n for name, n in counted.items() if n and name not in {"as_of", "oldest_wait_seconds", "received"}}


@pytest.fixture
def case(marlow) -> Case:
    return marlow.john.mails("My pizza was cold.")


def test_an_empty_house_has_received_nothing(marlow):
    assert (count(marlow.clock.now).received, shares(marlow)) == (0, {})


def test_one_word_that_waits(case, marlow):
    marlow.clock.forward(minutes=10)
    assert shares(marlow) == {"waiting_in_time": 1}
    assert count(marlow.clock.now).received == 1
    assert count(marlow.clock.now).oldest_wait_seconds == 600


def test_once_its_hour_has_passed_it_waits_late(case, marlow):
    marlow.clock.now = case.answer_due_at
    assert shares(marlow) == {"waiting_late": 1}


def test_every_word_of_a_late_case_is_late(case, marlow):
    marlow.john.mails("Hello?")
    marlow.clock.now = case.answer_due_at
    assert shares(marlow) == {"waiting_late": 2}


def test_answered(case, marlow):
    marlow.answers(case, "I am sorry; your refund is on its way.")
    assert shares(marlow) == {"answered": 1}
    assert count(marlow.clock.now).oldest_wait_seconds == 0


def test_an_answer_on_its_way_is_none_yet(case, marlow):
    from kept.demo.post import RecordedPost

    RecordedPost.is_down = True
    marlow.answers(case, "I am sorry; your refund is on its way.")
    assert shares(marlow) == {"waiting_in_time": 1}


def test_asked_back_waits_in_time(case, marlow):
    marlow.answers(case, "Which order was it?", kind=MessageKind.ASKS_BACK)
    marlow.clock.forward(days=30)
    assert shares(marlow) == {"waiting_in_time": 1}


def test_their_own_yes_is_an_answer_and_their_leaving_settles_it(case, marlow):
    other = marlow.samir.mails("Where is my toner?")
    hear(case, "yes", now=marlow.clock.now)
    hear(other, "leave", now=marlow.clock.now)
    assert shares(marlow) == {"answered": 1, "nothing_to_answer": 1}


def test_put_to_rest_has_nothing_to_answer(case, marlow):
    rest(last_word_of(case), by=marlow.priya, because="thanks", now=marlow.clock.now)
    assert shares(marlow) == {"nothing_to_answer": 1}


def test_set_aside_by_a_person_is_not_counted_as_put_to_rest(case, marlow):
    set_aside(last_word_of(case), by=marlow.priya, because="spam", now=marlow.clock.now)
    assert shares(marlow) == {"set_aside": 1}


def test_a_reason_that_sounds_like_setting_aside_is_still_putting_to_rest(case, marlow):
    rest(last_word_of(case), by=marlow.priya, because="set aside: thanks", now=marlow.clock.now)
    assert shares(marlow) == {"nothing_to_answer": 1}


def test_the_same_key_again_is_received_and_a_duplicate(marlow):
    for _time in range(3):
        marlow.john.fills_in_the_form("My pizza was cold.", nonce="once")
    assert shares(marlow) == {"waiting_in_time": 1, "duplicates": 2}
    assert count(marlow.clock.now).received == 3


def test_what_is_kept_and_not_filed_yet_waits_and_is_late_after_an_hour(marlow):
    accept_here(marlow.form, b"message=Hello", {}, key="", reached_us_at=marlow.clock.now)
    assert shares(marlow) == {"waiting_in_time": 1}
    marlow.clock.forward(seconds=ARRIVAL_IN_TIME.total_seconds())
    assert shares(marlow) == {"waiting_late": 1}
    assert count(marlow.clock.now).oldest_wait_seconds == 3600


def test_what_is_quarantined_is_set_aside(marlow):
    accept_here(marlow.form, b"x", {}, key="", reached_us_at=marlow.clock.now, state=ArrivalState.QUARANTINED)
    assert shares(marlow) == {"set_aside": 1}


def test_what_vanished_is_seen(case, marlow):
    lost = Arrival.objects.get()
    lost.pk, lost.receipt, lost.key = None, new_id(), "lost"
    lost.save()
    assert (count(marlow.clock.now).received, count(marlow.clock.now).unaccounted) == (2, 1)


def test_a_word_whose_case_lost_it_is_seen(case, marlow):
    Message.objects.filter(is_theirs=True).update(is_theirs=False)
    assert count(marlow.clock.now).unaccounted == 1


def test_a_page_that_people_open_asks_few_questions_and_reads_no_table_through(case, marlow):
    marlow.answers(case, "I am sorry.")
    marlow.samir.mails("Where is my toner?")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        count(marlow.clock.now)
    assert len(asked) <= 10
    if connection.vendor != "sqlite":
        return
    for query in asked.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plan = [row[3] for row in cursor.fetchall()]
        read_through = [step for step in plan if step.startswith("SCAN") and "INDEX" not in step]
        assert not read_through, (query["sql"], plan)


def test_a_month_of_everything_adds_up(case, marlow):
    for day in range(8):
        marlow.clock.forward(days=1)
        other = marlow.samir.mails(f"Question {day}?", subject=f"Matter {day}")
        if day % 2:
            marlow.answers(other, "Here you are.")
        marlow.works()
    counted = shares(marlow)
    assert count(marlow.clock.now).received == 9 == sum(counted.values())
    assert counted["answered"] == 4
    assert timedelta(seconds=count(marlow.clock.now).oldest_wait_seconds) >= timedelta(days=8)
