"""The silence clock (R5): since when the customer has had no person's answer, and when that is due.

Derived, never set: from their words, our delivered answers (Message.delivered_at), what was put to rest, and their own ending.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.db import transaction
from django.db.models import Q, QuerySet

from kept.cases.models import Case, Message, MessageKind, Settled
from kept.lib.hours import BusinessHours, add_working, add_working_days, round_up_to_quarter, working_between
from kept.lib.ready import Ready, ready

MINUTES_PER_UNANSWERED = 15
LEVELS = (80, 100, 150, 200)
"""Per cent of the time gone at which somebody is told (R6); beyond, each working day."""
FIRST, LAST = LEVELS[0], LEVELS[-1]
DUE_TIMES = ("answer_due_at", "promise_due_at", "duty_due_at", "next_due_at", "rung_due_at", "rung_level")
DERIVED = ("silent_since", "first_answered_at", "last_answered_at", "asked_back_at")


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


def hour_by_policy(case: Case) -> datetime:
    """Within the policy's time from the first word that waits, at a quarter."""
    assert case.silent_since is not None  # noqa: S101 - asked only while a clock runs
    within = case.policy.answer_within(is_first=case.first_answered_at is None)
    return round_up_to_quarter(add_working(case.policy.calendar.hours, case.silent_since, within))


def hour_by_backlog(hours: BusinessHours, *, now: datetime, unanswered: int) -> datetime:
    """15 duty minutes from now for each unanswered case of the owner, at a quarter."""
    return round_up_to_quarter(add_working(hours, now, timedelta(minutes=MINUTES_PER_UNANSWERED * max(unanswered, 1))))


def rung_moment(hours: BusinessHours, *, since: datetime, due_at: datetime, level: int) -> datetime:
    """When that rung is climbed: `level` per cent of the working time from `since` to `due_at`; 201 a working day after 200."""
    if level > LAST:
        return add_working_days(hours, rung_moment(hours, since=since, due_at=due_at, level=LAST), level - LAST)
    if level == 100:
        return due_at
    span = working_between(hours, since, due_at)
    if not span:
        return since + (due_at - since) * level / 100
    return add_working(hours, since, span * level / 100)


@transaction.atomic(savepoint=False)
def recount(  # no event: derived from what was recorded
    case: Case, *, now: datetime, unanswered: int | None = None, told: datetime | None = None, first: Message | None = None
) -> None:
    """The case's clock, its words' fates and all its due times are what its messages say. The one writer of these columns.

    `unanswered`: how many cases wait on the owner; given when a clock begins with a new word: its hour is one the backlog allows.
    `told`: the hour that the customer was shown before they spoke; it stands.
    `first`: the one word on a case made in this very transaction, so that nothing else needs to be looked for.
    """
    if first is None:
        _lock(case, "is_open", "yes_up_to", "ended_up_to", *DERIVED, *DUE_TIMES)
    answers = answers_that_count(case) if first is None else []
    words = _words_in_doubt(case, answers) if first is None else [first]
    fates = settle((_as_word(word) for word in words), answers, yes_up_to=case.yes_up_to, ended_up_to=case.ended_up_to)
    _write_fates(words, fates, now)
    heard, since = _heard(case), case.silent_since
    real = [answer.at for answer in answers if not answer.asks_back]
    case.first_answered_at, case.last_answered_at = min(real, default=None), max(real, default=None)
    case.asked_back_at = min((answer.at for answer in answers if answer.asks_back), default=None)
    case.silent_since = silent_since((_as_word(word) for word in words), fates) if case.is_open else None
    if case.silent_since is None:
        case.answer_due_at, case.rung_due_at, case.rung_level = None, None, 0
    elif since is None or case.answer_due_at is None:
        _start(case, words, fates, now=now, unanswered=unanswered, told=told)
    elif case.silent_since != since and _heard(case) != heard:
        _start(case, words, fates, now=now, unanswered=None)
    elif case.silent_since != since:
        _run_on(case)
    _save(case, *DERIVED, "answer_due_at", "rung_due_at", "rung_level")


def answers_that_count(case: Case) -> list[Answered]:
    """Our answers and questions back that reached them, in the order in which they did."""
    ours = _delivered_answers.all(case=case.pk)
    return [
        Answered(one.answers_up_to_id or 0, one.delivered_at, asks_back=one.kind == MessageKind.ASKS_BACK)
        for one in ours
        if one.delivered_at
    ]


@ready
def _delivered_answers(case: int) -> QuerySet[Message]:
    ours = Message.objects.filter(
        case=case,
        is_theirs=False,
        kind__in=[MessageKind.ANSWER, MessageKind.ASKS_BACK],
        delivered_at__isnull=False,
        failed_at__isnull=True,
        answers_up_to__isnull=False,
    )
    return ours.order_by("delivered_at", "id").only("answers_up_to_id", "delivered_at", "kind")


def _words_in_doubt(case: Case, answers: list[Answered]) -> list[Message]:
    """Every word that waits, and every one that may have to wait again: a long history stays where it is."""
    covered = max((case.yes_up_to, *(answer.up_to for answer in answers if not answer.asks_back)))
    return _words_after.all(case=case.pk, covered=covered)


@ready
def _words_after(case: int, covered: int) -> QuerySet[Message]:
    waits, rested = Q(settled__in=[Settled.WAITING, Settled.ASKED_BACK]), Q(settled=Settled.RESTED)
    moved = Q(pk__gt=covered) | Q(settled=Settled.ENDED) | (rested & Q(rested_at=None)) | (~rested & Q(rested_at__isnull=False))
    words = Message.objects.filter(waits | moved, case=case, is_theirs=True).order_by("id")
    return words.only("id", "at", "settled", "rested_at")


def _as_word(message: Message) -> Word:
    return Word(message.pk, message.at, message.rested_at is not None)


def _write_fates(words: list[Message], fates: dict[int, Settled], now: datetime) -> None:  # no event: derived
    for fate in Settled:
        changed = [word.pk for word in words if fates[word.pk] == fate != word.settled]
        if changed:
            Message.objects.filter(pk__in=changed).update(settled=fate, settled_at=now if fate else None)


def _heard(case: Case) -> tuple[datetime | None, datetime | None]:
    """Changes whenever an answer of ours reaches them, or turns out not to have."""
    return case.last_answered_at, case.asked_back_at


def _start(
    case: Case,
    words: list[Message],
    fates: dict[int, Settled],
    *,
    now: datetime,
    unanswered: int | None,
    told: datetime | None = None,
) -> None:
    """A clock begins, or is back as it stood: on the hour the customer was told, else on the policy's and the backlog's."""
    assert case.silent_since is not None  # noqa: S101 - the caller saw to it
    hours, by_policy = case.policy.calendar.hours, hour_by_policy(case)
    if told is not None and told > case.silent_since:
        case.answer_due_at = told
    elif unanswered is not None:
        case.answer_due_at = max(by_policy, hour_by_backlog(hours, now=now, unanswered=unanswered))
    else:
        case.answer_due_at = _hour_told([word.pk for word in words if fates[word.pk] == Settled.WAITING]) or by_policy
    case.rung_level = FIRST
    case.rung_due_at = rung_moment(hours, since=case.silent_since, due_at=case.answer_due_at, level=FIRST)


def _hour_told(waiting: list[int]) -> datetime | None:
    """The last hour that an acknowledgement of one of these words named."""
    acks = Message.objects.filter(answers_up_to__in=waiting, kind=MessageKind.ACKNOWLEDGEMENT, next_word_at__isnull=False)
    return acks.order_by("-id").values_list("next_word_at", flat=True).first()


def _run_on(case: Case) -> None:
    """Without an answer another word is now the earliest that waits: the hour they were told stands, or an earlier one."""
    assert case.silent_since is not None and case.answer_due_at is not None  # noqa: S101 - the caller saw to it
    hours, by_policy = case.policy.calendar.hours, hour_by_policy(case)
    if case.silent_since >= case.answer_due_at:
        case.answer_due_at, case.rung_level = by_policy, FIRST
    case.answer_due_at = min(case.answer_due_at, by_policy)
    level = case.rung_level or FIRST
    case.rung_due_at = rung_moment(hours, since=case.silent_since, due_at=case.answer_due_at, level=level)


@transaction.atomic(savepoint=False)
def bring_forward(case: Case, *, promise_due_at: datetime) -> None:  # no event: derived
    """The case knows of one more promise: its earliest can only come sooner by it."""
    _lock(case, "is_open", *DUE_TIMES)
    if case.promise_due_at is None or promise_due_at < case.promise_due_at:
        case.promise_due_at = promise_due_at
        _save(case, "promise_due_at")


@transaction.atomic(savepoint=False)
def hasten(case: Case, *, answer_due_at: datetime, level: int) -> None:  # no event: derived
    """Where two matters become one, the sooner hour stands, and the ladder goes on from the highest rung that either climbed."""
    _lock(case, "is_open", "silent_since", *DUE_TIMES)
    if case.silent_since is None or case.answer_due_at is None:
        return
    case.answer_due_at, case.rung_level = min(case.answer_due_at, answer_due_at), max(case.rung_level, level, FIRST)
    hours = case.policy.calendar.hours
    case.rung_due_at = rung_moment(hours, since=case.silent_since, due_at=case.answer_due_at, level=case.rung_level)
    _save(case, "answer_due_at", "rung_due_at", "rung_level")


@transaction.atomic(savepoint=False)
def save_due_times(case: Case, *changed: str) -> None:  # no event: derived
    """The columns named are saved as they were set, and `next_due_at` is whatever falls due first of all that we owe.

    The other due times are read anew: somebody else may have moved them since the case was read.
    """
    _lock(case, *(column for column in ("is_open", *DUE_TIMES) if column not in changed))
    _save(case, *changed)


def _save(case: Case, *changed: str) -> None:  # no event: derived
    owed = (case.answer_due_at, case.promise_due_at, case.duty_due_at)
    case.next_due_at = min((due for due in owed if due is not None), default=None) if case.is_open else None
    case.save(update_fields=["next_due_at", *changed])


def _lock(case: Case, *columns: str) -> None:
    """Nobody else changes the case until the transaction ends, and these columns are as they stand now."""
    stands = _as_it_stands(columns).one(pk=case.pk)
    for column in columns:
        setattr(case, column, getattr(stands, column))


@cache
def _as_it_stands(columns: tuple[str, ...]) -> Ready[Case]:
    def ask(pk: int) -> QuerySet[Case]:
        return Case.objects.select_for_update().only(*columns).filter(pk=pk)

    return ready(ask)
