"""One of those whom a figure counts: whoever is counted can be met. Pure."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What can be opened behind a figure."""

    CASE = "case"
    WORD = "word"
    PROMISE = "promise"
    RESPONSE = "response"
    PRAISE = "praise"
    SEEN = "seen"
    CUSTOMER = "customer"


class Member(NamedTuple):
    """One counted thing: what it is, when it counts, as which part of the figure, with which amount."""

    kind: Kind
    key: int
    at: datetime
    part: str
    customer: int | None = None
    amount: float | None = None
    """Minutes, people told, or money; whatever the figure is made of."""
