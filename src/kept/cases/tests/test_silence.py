"""The clock on real cases: what stops it, what does not, and which hour stands when words and answers cross."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kept.cases.messages import Message, MessageKind, Settled
from kept.cases.models import Case, Note
from kept.cases.resting import rest, wake
from kept.cases.silence import answers_that_count, recount, save_due_times
from kept.replies.bouncing import bounce

pytestmark = pytest.mark.django_db


def at(hour: int, minute: int = 0, *, day: int = 1) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=UTC)


def now_of(case: Case) -> Case:
    return Case.objects.select_related("policy__calendar", "owner", "customer").get(pk=case.pk)


def words_of(case: Case) -> list[Message]:
    return list(Message.objects.filter(case=case, is_theirs=True).order_by("id"))


def write(case: Case, text: str, *, when: datetime, **more: object) -> Message:
    """Words of theirs as a row, without a door."""
    return Message.objects.create(case=case, is_theirs=True, medium="email", customer=case.customer, text=text, at=when, **more)


def answered(case: Case, *, up_to: Message, when: datetime, kind: str = MessageKind.ANSWER, **more: object) -> Message:
    """A delivered message of ours as a row."""
    return Message.objects.create(
        case=case, is_theirs=False, kind=kind, medium="email", author=case.owner, at=when, delivered_at=when, answers_up_to=up_to,
        **more,
    )  # fmt: skip


def test_the_clock_runs_from_the_first_word(marlow):
    case = now_of(marlow.john.fills_in_the_form("My pizza was cold."))
    assert case.is_silent
    assert case.silent_since == marlow.clock.now
    assert case.answer_due_at == at(17)


def test_a_second_email_does_not_restart_the_clock(marlow):
    first = marlow.john.mails("My pizza was cold.", subject="Cold pizza")
    due = now_of(first).answer_due_at
    marlow.clock.forward(hours=3)
    second = marlow.john.mails("Are you there?", subject="Re: Cold pizza")
    assert second == first
    assert now_of(first).silent_since == at(9)
    assert now_of(first).answer_due_at == due


def test_the_clock_stops_only_when_the_answer_is_delivered(marlow):
    case = marlow.john.mails("Where is my order?")
    message = marlow.answers(case, "Hello John, it is on the van and with you at noon.")
    assert message.delivered_at is not None
    case = now_of(case)
    assert not case.is_silent
    assert case.answer_due_at is None
    assert case.rung_due_at is None
    assert case.rung_level == 0
    assert case.first_answered_at == case.last_answered_at == message.delivered_at


@pytest.mark.parametrize(
    "kind", [MessageKind.SIGN_OF_LIFE, MessageKind.ACKNOWLEDGEMENT, MessageKind.ASKING, MessageKind.LINK], ids=str
)
def test_hollow_words_leave_the_customer_in_silence(marlow, kind):
    case = now_of(marlow.john.mails("Where is my order?"))
    answered(case, up_to=words_of(case)[0], when=at(10), kind=kind)
    recount(case, now=at(10))
    assert now_of(case).silent_since == at(9)


def test_a_note_for_us_is_no_answer(marlow):
    case = now_of(marlow.john.mails("Where is my order?"))
    Note.objects.create(case=case, author=case.owner, text="asked the driver", at=at(10))
    recount(case, now=at(10))
    assert case.is_silent


def test_an_answer_that_was_never_delivered_stops_nothing(marlow):
    case = now_of(marlow.john.mails("Where is my order?"))
    answer = answered(case, up_to=words_of(case)[0], when=at(10))
    Message.objects.filter(pk=answer.pk).update(delivered_at=None)
    recount(case, now=at(10))
    assert case.silent_since == at(9)


def test_words_that_came_while_the_answer_was_written_stay_unanswered(marlow):
    case = now_of(marlow.john.mails("Where is my order?"))
    seen = words_of(case)[0]
    write(case, "And where is my receipt?", when=at(10))
    answered(case, up_to=seen, when=at(10, 5))
    recount(case, now=at(10, 5))
    assert case.silent_since == at(10)
    assert [word.settled for word in words_of(case)] == [Settled.ANSWERED, Settled.WAITING]
    assert case.answer_due_at == at(10, day=2)  # its own eight working hours: they did hear from us


def test_a_bounce_brings_the_old_moment_and_the_told_hour_back(marlow):
    case = marlow.john.mails("Where is my order?")
    told = now_of(case).answer_due_at
    answer = marlow.answers(case, "Hello John, it is on the van.")
    assert not now_of(case).is_silent
    bounce(answer.external_id, why="no such mailbox", is_final=True, now=marlow.clock.forward(days=2))
    case = now_of(case)
    assert case.silent_since == at(9)
    assert case.answer_due_at == told
    assert words_of(case)[0].settled == Settled.WAITING


def test_the_hour_told_from_a_full_desk_comes_back_too(marlow):
    for number in range(40):
        marlow.receives(marlow.form, f"name=N{number}&email=n{number}@a.example&message=Hello".encode(), FORM)
    case = marlow.john.mails("Where is my order?")
    told = now_of(case).answer_due_at
    assert told > at(17)
    answer = marlow.answers(case, "Hello John, it is on the van.")
    bounce(answer.external_id, why="no such mailbox", is_final=True, now=marlow.clock.forward(minutes=5))
    assert now_of(case).answer_due_at == told


FORM = {"content-type": "application/x-www-form-urlencoded"}


def test_a_letter_written_down_late_begins_the_clock_when_it_came(marlow):
    marlow.clock.forward(days=3)
    case = now_of(marlow.harold.is_written_down("letter", "Your invoice is wrong.", by=marlow.priya, at=at(10)))
    assert case.silent_since == at(10)
    assert case.answer_due_at == at(10, day=8)  # five working days from the day it came


def test_an_older_word_found_later_never_moves_the_told_hour_later(marlow):
    case = now_of(marlow.john.mails("Where is my order?"))
    told = case.answer_due_at
    write(case, "He rang on Friday too", when=at(15, day=1) - timedelta(days=3))
    recount(case, now=at(10))
    assert case.silent_since == at(15) - timedelta(days=3)
    assert case.answer_due_at <= told


def test_putting_the_first_word_to_rest_does_not_push_the_told_hour_away(marlow):
    case = now_of(marlow.john.mails("Thanks, all good"))
    told, first = case.answer_due_at, words_of(case)[0]
    write(case, "One more thing: where is my receipt?", when=at(15))
    recount(case, now=at(15))
    rest(first, by=marlow.priya, because="only thanks", now=at(15, 10))
    case = now_of(case)
    assert case.silent_since == at(15)
    assert case.answer_due_at == told


def test_a_word_after_the_told_hour_has_an_hour_of_its_own(marlow):
    case = now_of(marlow.john.mails("Thanks, all good"))
    first = words_of(case)[0]
    write(case, "Where is my receipt?", when=at(10, day=3))
    recount(case, now=at(10, day=3))
    rest(first, by=marlow.priya, because="only thanks", now=at(11, day=3))
    assert now_of(case).answer_due_at == at(10, day=4)


def test_a_rung_that_was_climbed_is_not_below_us_again_when_the_earliest_word_changes(marlow):
    case = now_of(marlow.john.mails("Thanks"))
    first = words_of(case)[0]
    write(case, "Where is my receipt?", when=at(10))
    Case.objects.filter(pk=case.pk).update(rung_level=150)
    rest(first, by=marlow.priya, because="only thanks", now=at(16))
    case = now_of(case)
    assert case.rung_level == 150
    assert case.rung_due_at > case.answer_due_at


def test_waking_words_makes_the_clock_run_as_if_they_had_never_rested(marlow):
    case = marlow.john.mails("Thanks, but where is it?")
    told, word = now_of(case).answer_due_at, words_of(case)[0]
    rest(word, by=marlow.priya, because="only thanks", now=at(10))
    assert not now_of(case).is_silent
    assert words_of(case)[0].settled == Settled.RESTED
    wake(words_of(case)[0], by=marlow.priya, now=at(12))
    assert now_of(case).silent_since == at(9)
    assert now_of(case).answer_due_at == told


def test_a_question_back_stops_the_clock_once(marlow):
    case = now_of(marlow.john.mails("Refund me"))
    answered(case, up_to=words_of(case)[0], when=at(10), kind=MessageKind.ASKS_BACK)
    recount(case, now=at(10))
    assert not case.is_silent
    assert case.asked_back_at == at(10)
    assert case.first_answered_at is None
    second = write(case, "Order 12", when=at(11))
    recount(case, now=at(11))
    answered(case, up_to=second, when=at(12), kind=MessageKind.ASKS_BACK)
    recount(case, now=at(12))
    assert case.silent_since == at(11)


def test_an_answer_settles_what_was_only_asked_back(marlow):
    case = now_of(marlow.john.mails("Refund me"))
    word = words_of(case)[0]
    answered(case, up_to=word, when=at(10), kind=MessageKind.ASKS_BACK)
    recount(case, now=at(10))
    assert words_of(case)[0].settled == Settled.ASKED_BACK
    answered(case, up_to=word, when=at(11))
    recount(case, now=at(11))
    assert words_of(case)[0].settled == Settled.ANSWERED


def test_the_next_word_after_an_answer_has_the_policys_next_hour(marlow):
    case = now_of(marlow.john.mails("Where is it?"))
    answered(case, up_to=words_of(case)[0], when=at(10))
    recount(case, now=at(10))
    type(case.policy).objects.filter(pk=case.policy_id).update(next_answer_minutes=60)
    case = now_of(case)
    write(case, "It did not come", when=at(12))
    recount(case, now=at(12), unanswered=1)
    assert case.answer_due_at == at(13)


def test_a_full_desk_is_told_as_the_true_hour_and_the_manager_knows_at_once(marlow):
    for number in range(40):
        marlow.receives(marlow.form, f"name=N{number}&email=n{number}@a.example&message=Hello".encode(), FORM)
    case = now_of(marlow.mary.mails("Where is my order?"))
    assert case.answer_due_at == at(11, 15, day=2)  # 41 times a quarter of an hour from nine o'clock
    assert marlow.ines.notices.filter(kind="late_hour", about=case.about).count() == 1


def test_nobody_is_alarmed_while_the_hour_is_the_policys(marlow):
    marlow.mary.mails("Where is my order?")
    assert not marlow.ines.notices.filter(kind="late_hour").exists()


def test_a_continuing_case_counts_its_owners_backlog_too(marlow):
    case = marlow.mary.mails("Where is my order?", subject="Order")
    marlow.answers(case, "On the van, Mary.")
    for number in range(40):
        marlow.receives(marlow.form, f"name=N{number}&email=n{number}@a.example&message=Hello".encode(), FORM)
    again = marlow.mary.mails("It is not here", subject="Re: Order")
    assert again == case
    assert now_of(case).answer_due_at > at(17, day=1)


def test_what_falls_due_next_is_the_earliest_of_all_we_owe(marlow):
    case = now_of(marlow.john.mails("Where is my order?"))
    case.duty_due_at = at(11)
    save_due_times(case, "duty_due_at")
    assert now_of(case).next_due_at == at(11)
    case.duty_due_at = None
    save_due_times(case, "duty_due_at")
    assert now_of(case).next_due_at == now_of(case).answer_due_at


def test_a_case_read_long_ago_cannot_bring_a_stopped_clock_back(marlow):
    case = marlow.john.mails("Where is my order?")
    read_long_ago = now_of(case)
    marlow.answers(case, "On the van, John.")
    read_long_ago.duty_due_at = at(11, day=2)
    save_due_times(read_long_ago, "duty_due_at")
    case = now_of(case)
    assert case.answer_due_at is None
    assert case.rung_due_at is None
    assert case.next_due_at == at(11, day=2)


def test_a_recount_through_an_old_copy_sees_what_others_did(marlow):
    case = marlow.john.mails("Where is my order?")
    read_long_ago = now_of(case)
    Case.objects.filter(pk=case.pk).update(yes_up_to=words_of(case)[0].pk, duty_due_at=at(12))
    recount(read_long_ago, now=at(10))
    case = now_of(case)
    assert not case.is_silent
    assert case.duty_due_at == at(12)


def test_counting_again_changes_nothing(marlow):
    case = now_of(marlow.john.mails("Where is my order?"))
    before = Case.objects.values().get(pk=case.pk)
    recount(case, now=at(15))
    assert Case.objects.values().get(pk=case.pk) == before


def test_a_long_history_costs_a_new_word_no_more_queries(marlow):
    case = now_of(marlow.john.mails("Where is my order?"))

    def queries_for_a_word(hour: int) -> int:
        write(case, "and?", when=at(hour, day=9))
        with CaptureQueriesContext(connection) as asked:
            recount(case, now=at(hour, day=9))
        return len([one for one in asked if "SAVEPOINT" not in one["sql"]])

    recount(case, now=at(9))
    few = queries_for_a_word(9)
    for number in range(250):
        word = write(case, f"word {number}", when=at(10, day=2) + timedelta(minutes=number))
        answered(case, up_to=word, when=at(10, day=2) + timedelta(minutes=number, seconds=30))
    recount(case, now=at(9, day=8))
    assert queries_for_a_word(10) <= few + 1
    assert len(answers_that_count(case)) == 250


def test_a_long_history_stays_where_it_is(marlow):
    case = now_of(marlow.john.mails("Where is my order?"))
    for number in range(20):
        word = write(case, f"word {number}", when=at(10) + timedelta(minutes=number))
        answered(case, up_to=word, when=at(10) + timedelta(minutes=number, seconds=30))
    recount(case, now=at(11))
    settled_then = [word.settled_at for word in words_of(case)]
    write(case, "one more", when=at(12))
    recount(case, now=at(12))
    assert [word.settled_at for word in words_of(case)] == [*settled_then, None]
