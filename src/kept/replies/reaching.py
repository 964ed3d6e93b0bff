"""What is true once our words have reached the customer: the clock, the next word, and when to ask whether it is solved."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from kept.cases.minding import do_duty
from kept.cases.models import Case, Duty, Message, MessageKind
from kept.cases.resting import ASKED_AFTER
from kept.cases.silence import recount
from kept.lib.hours import add_working, add_working_days, round_up_to_quarter
from kept.people.models import Employee
from kept.promises.keeping import hear_the_next_word, move_the_next_word
from kept.promises.models import Promise
from kept.replies.on_paper import TO_ACKNOWLEDGE, no_longer_needed
from kept.replies.waiting_for_them import BY_HAND, THEN_ASKED_AFTER, open_question, reminder_due_at

ENDS_AFTER = timedelta(days=14)
ASKED_AGAIN_AFTER = timedelta(days=7)
NOTHING_FOLLOWS = (
    *(MessageKind.ACKNOWLEDGEMENT, MessageKind.LINK, MessageKind.IS_THAT_SO),
    *(MessageKind.PASSED_ON, MessageKind.LINE_BACK, MessageKind.CONSENT, MessageKind.IS_IT_YOU),
)
"""Automatic words: that they arrived moves no clock, no promise and no asking."""
DONE_BY_AN_ANSWER = (TO_ACKNOWLEDGE, "go_on", "another_way", BY_HAND)


def has_reached(message: Message, *, now: datetime) -> None:  # no event: the caller recorded how it reached them
    """The customer has these words: an answer stops the clock and keeps the next word, a sign of life only moves the next."""
    case = message.case
    message.delivered_at = now
    message.save(update_fields=["delivered_at"])
    if message.kind in NOTHING_FOLLOWS:
        return
    by_hand = Duty.objects.filter(case=case, kind__in=DONE_BY_AN_ANSWER, done_at__isnull=True)
    if message.kind in {MessageKind.ANSWER, MessageKind.ASKS_BACK}:
        recount(case, now=now)
        hear_the_next_word(case, now=now)
        _do(by_hand, case, by=message.author, now=now)
        _look_ahead(case, message, now=now)
    elif message.kind == MessageKind.SIGN_OF_LIFE and message.author is not None and case.is_open:
        hours = case.policy.calendar.hours
        to = message.next_word_at or round_up_to_quarter(add_working(hours, now, case.policy.update_within))
        move_the_next_word(case, to=to, by=message.author, said_in=message, now=now)
        _do(by_hand.filter(kind=TO_ACKNOWLEDGE), case, by=message.author, now=now)
    elif message.kind == MessageKind.REMINDER:
        _count_the_reminder(case, now=now)
    elif message.kind == MessageKind.ASKING:
        _count_the_asking(case, now=now)
    case.refresh_from_db(fields=["promise_due_at", "duty_due_at", "next_due_at", "answer_due_at"])


def _do(duties: QuerySet[Duty], case: Case, *, by: Employee | None, now: datetime) -> None:
    """They are done by these words; an acknowledgement that was still to be posted is not needed any more."""
    for duty in duties.select_related("case"):
        do_duty(duty, by=by, now=now)
        if duty.kind == TO_ACKNOWLEDGE:
            no_longer_needed(case)


def _look_ahead(case: Case, message: Message, *, now: datetime) -> None:  # no event: when to ask is derived
    """After a question back a reminder is next. After an answer a separate asking where something went wrong or is promised,
    else the link at its foot was the asking.
    """
    if case.silent_since is not None or not case.is_open:
        return
    owes = case.went_wrong or Promise.objects.binding().filter(case=case, is_next_word=False).exists()
    if message.kind == MessageKind.ASKS_BACK:
        case.asked_at, case.asking_due_at = None, reminder_due_at(case, message)
    elif owes:
        case.asking_due_at = add_working_days(case.policy.calendar.hours, now, ASKED_AFTER)
    elif message.medium == "email":
        case.asked_at, case.asking_due_at = now, now + ENDS_AFTER
    else:
        case.asking_due_at = add_working_days(case.policy.calendar.hours, now, ASKED_AFTER)
    case.save(update_fields=["asked_at", "asking_due_at"])


def _count_the_reminder(case: Case, *, now: datetime) -> None:  # no event: DELIVERED tells it
    """Only a delivered reminder counts; after the last of them it is asked whether it is solved."""
    question = open_question(case)
    if question is None or not case.is_open:
        return
    soonest = add_working_days(case.policy.calendar.hours, now, THEN_ASKED_AFTER)
    case.asking_due_at = max(reminder_due_at(case, question) or soonest, soonest)
    case.save(update_fields=["asking_due_at"])


def _count_the_asking(case: Case, *, now: datetime) -> None:  # no event: DELIVERED tells it
    """Only a delivered asking counts: asked again 7 days later, and 14 days after the second it ends without a word."""
    if not case.is_open or case.silent_since is not None or Promise.objects.owed().filter(case=case).exists():
        return
    case.asked_at = now
    case.asking_due_at = now + (ASKED_AGAIN_AFTER if askings_since_their_last_word(case) < 2 else ENDS_AFTER)
    case.save(update_fields=["asked_at", "asking_due_at"])


def askings_since_their_last_word(case: Case) -> int:
    """How many separate askings reached them since they last spoke."""
    askings = Message.objects.filter(case=case, kind=MessageKind.ASKING, delivered_at__isnull=False, failed_at__isnull=True)
    return askings.filter(at__gt=case.last_word_at).count()
