"""What happened, one row each, as `facts.py` reads it and every figure counts it. Plain values only."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple


class OneCase(NamedTuple):
    """A matter that began, or ended, in this time."""

    key: int
    customer: int
    opened_at: datetime
    ended_at: datetime | None
    outcome: str
    reason: str
    media: str
    repeats: int
    follows: int | None
    first_at: datetime | None
    first_answered_at: datetime | None
    silent_since: datetime | None
    calendar: int
    reach: int | None


class Word(NamedTuple):
    """One thing they said. `broken`: a promise on its matter was broken and not made good when they said it."""

    key: int
    case: int
    at: datetime
    medium: str
    customer: int | None
    is_rested: bool
    settled: str
    repeats: int
    first_answered_at: datetime | None
    calendar: int
    broken: bool


class Answer(NamedTuple):
    """One delivered message of ours: it covers every word of its case up to `up_to`."""

    case: int
    up_to: int
    delivered_at: datetime
    medium: str


class Given(NamedTuple):
    """One word we gave that fell due in this time."""

    key: int
    case: int
    customer: int
    due_at: datetime
    kept_at: datetime | None
    broken_at: datetime | None
    standing: int | None
    """The word to everybody that it is of."""
    names_hour: bool
    """False for such a word without an hour: it can be kept, but not sooner."""


class Scored(NamedTuple):
    """One number somebody gave, in the standard words of its measure."""

    key: int
    measure: str
    score: int
    at: datetime
    customer: int | None


class OneRead(NamedTuple):
    """Once that somebody had their own page before them; `is_enough`: they pressed that it answers them."""

    case: int
    customer: int
    at: datetime
    is_enough: bool


class Noticed(NamedTuple):
    """A good word, or a small thing somebody saw."""

    key: int
    at: datetime
    state: str
    customer: int | None


class Month(NamedTuple):
    """What one customer was worth in one month."""

    key: int
    customer: int
    month_on: date
    value: Decimal | None
    currency: str
    is_active: bool
