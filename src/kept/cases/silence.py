"""The silence clock (R5): since when the customer has had no person's answer, and when that is due.

Derived, never set: from their words, the delivered answers of ours (Message.delivered_at), what was put to rest, and their own ending.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kept.cases.models import Case, Message, MessageKind, Settled
from kept.lib.hours import BusinessHours, add_working, round_up_to_quarter, working_between

MINUTES_PER_UNANSWERED = 15
LEVELS = (80, 100, 150, 200)
"""Per cent of the time gone at which somebody is told (R6); beyond, each working day."""


@dataclass(frozen=True, slots=True)
class Word:
    """One thing they said. `id` is the order in which it reached us, `at` the moment that starts the clock."""

    id: int
    at: datetime
    is_rested: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """One delivered message of ours that covers every word up to `up_to`."""

    up_to: int
    at: datetime
    asks_back: bool = False


def settle(words: Iterable[Word], answers: Iterable[Answered], *, yes_up_to: int = 0, ended_up_to: int = 0) -> dict[int, Settled]:
    """What became of each word. A question back counts only the first time it is asked in a matter."""
    answers = sorted(answers, key=lambda answer: answer.at)
    answered = max((answer.up_to for answer in answers if not answer.asks_back), default=0)
    asked_back = next((answer.up_to for answer in answers if answer.asks_back), 0)
    fates = {}
    for word in words:
        if word.is_rested:
            fates[word.id] = Settled.RESTED
        elif word.id <= max(answered, yes_up_to):
            fates[word.id] = Settled.ANSWERED
        elif word.id <= ended_up_to:
            fates[word.id] = Settled.ENDED
        elif word.id <= asked_back:
            fates[word.id] = Settled.ASKED_BACK
        else:
            fates[word.id] = Settled.WAITING
    return fates


def silent_since(words: Iterable[Word], fates: dict[int, Settled]) -> datetime | None:
    """The earliest word that waits; None when nothing is owed."""
    return min((word.at for word in words if fates[word.id] == Settled.WAITING), default=None)


def answer_hour(hours: BusinessHours, *, since: datetime, within: timedelta, now: datetime, unanswered: int) -> datetime:
    """The hour the backlog allows: the later of the policy's hour and 15 duty minutes for each unanswered case, at a quarter."""
    by_policy = add_working(hours, since, within)
    by_backlog = add_working(hours, now, timedelta(minutes=MINUTES_PER_UNANSWERED * max(unanswered, 1)))
    return round_up_to_quarter(max(by_policy, by_backlog))


def rung_moment(hours: BusinessHours, *, since: datetime, due_at: datetime, level: int) -> datetime:
    """When that rung is climbed: `level` per cent of the working time from `since` to `due_at`."""
    if level == 100:
        return due_at
    span = working_between(hours, since, due_at)
    if not span:
        span, hours_apart = due_at - since, level / 100
        return since + span * hours_apart
    return add_working(hours, since, span * level / 100)


def recount(case: Case, *, now: datetime, unanswered: int | None = None) -> None:  # no event: derived from what was recorded
    """The case's clock, its words' fates and all its due times are what its messages say. The one writer of these columns.

    `unanswered`: how many cases wait on the owner; given when a clock begins with a new word, so that its hour is one the backlog allows.
    """
    messages = list(Message.objects.filter(case=case).order_by("id").only(*_COLUMNS))
    words = [Word(m.pk, m.at, m.rested_at is not None) for m in messages if m.is_theirs]
    answers = [_answered(m) for m in messages if _counts(m)]
    fates = settle(words, answers, yes_up_to=case.yes_up_to, ended_up_to=case.ended_up_to)
    _write_fates(messages, fates, now)
    real = [answer.at for answer in answers if not answer.asks_back]
    case.first_answered_at, case.last_answered_at = min(real, default=None), max(real, default=None)
    case.asked_back_at = min((answer.at for answer in answers if answer.asks_back), default=None)
    before, case.silent_since = case.silent_since, silent_since(words, fates) if case.is_open else None
    if case.silent_since != before or (case.silent_since and case.answer_due_at is None):
        _start_or_stop(case, now=now, unanswered=unanswered)
    save_due_times(case, "first_answered_at", "last_answered_at", "asked_back_at", "silent_since")


_COLUMNS = ("id", "case_id", "is_theirs", "kind", "at", "settled", "rested_at", "delivered_at", "failed_at", "answers_up_to_id")


def _counts(message: Message) -> bool:
    answers = message.kind in {MessageKind.ANSWER, MessageKind.ASKS_BACK}
    return answers and message.delivered_at is not None and message.failed_at is None and message.answers_up_to_id is not None


def _answered(message: Message) -> Answered:
    assert message.delivered_at is not None  # noqa: S101 - _counts saw to it
    return Answered(message.answers_up_to_id or 0, message.delivered_at, asks_back=message.kind == MessageKind.ASKS_BACK)


def _write_fates(messages: list[Message], fates: dict[int, Settled], now: datetime) -> None:  # no event: derived
    changed = [message for message in messages if message.is_theirs and message.settled != fates[message.pk]]
    for message in changed:
        message.settled = fates[message.pk]
        message.settled_at = now if message.settled else None
        message.save(update_fields=["settled", "settled_at"])


def _start_or_stop(case: Case, *, now: datetime, unanswered: int | None) -> None:
    if case.silent_since is None:
        case.answer_due_at, case.rung_due_at, case.rung_level = None, None, 0
        return
    hours = case.policy.calendar.hours
    within = case.policy.answer_within(is_first=case.first_answered_at is None)
    if unanswered is None:
        case.answer_due_at = round_up_to_quarter(add_working(hours, case.silent_since, within))
    else:
        case.answer_due_at = answer_hour(hours, since=case.silent_since, within=within, now=now, unanswered=unanswered)
    case.rung_level = LEVELS[0]
    case.rung_due_at = rung_moment(hours, since=case.silent_since, due_at=case.answer_due_at, level=LEVELS[0])


def save_due_times(case: Case, *also: str) -> None:  # no event: derived
    """`next_due_at` is whatever falls due first; it and the columns it comes from are saved."""
    owed = (case.answer_due_at, case.promise_due_at, case.duty_due_at)
    case.next_due_at = min((due for due in owed if due is not None), default=None) if case.is_open else None
    case.save(update_fields=["answer_due_at", "promise_due_at", "duty_due_at", "next_due_at", "rung_due_at", "rung_level", *also])
