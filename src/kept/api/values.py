"""Single values as programs send and get them: words, moments, ids."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, StringConstraints, WithJsonSchema

from kept.channels.cleaning import clean_text
from kept.lib import clock

MOST_WORDS = 200_000
YEARS_AHEAD, YEARS_BACK = timedelta(days=3660), timedelta(days=1830)


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _moment(written: object) -> datetime:
    if not isinstance(written, str):
        raise ValueError("not a time such as 2026-06-01T10:00:00Z")
    try:
        moment = datetime.fromisoformat(written)
        at = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("not a time such as 2026-06-01T10:00:00Z") from None
    if moment.tzinfo is None:
        raise ValueError("a time needs its zone, such as the Z in 2026-06-01T10:00:00Z")
    # Working time is counted day by day: a moment out of all reach would keep us counting.
    if not -YEARS_BACK < at - clock.now() < YEARS_AHEAD:
        raise ValueError("at most five years back and ten years ahead")
    return at


def _something(text: str) -> str:
    if not text.strip():
        raise ValueError("needs words")
    return text


Moment = Annotated[
    datetime, PlainSerializer(_rfc3339, return_type=str), WithJsonSchema({"type": "string", "format": "date-time"})
]
"""A moment as we tell it: RFC 3339 in UTC, with a Z."""
GivenMoment = Annotated[datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})]
"""A moment as we are told it: RFC 3339 with its zone."""
Id = Annotated[str, StringConstraints(max_length=64)]
"""Opaque."""
Line = Annotated[str, StringConstraints(max_length=1000), AfterValidator(clean_text)]
Text = Annotated[str, StringConstraints(max_length=MOST_WORDS), AfterValidator(clean_text)]
"""Words without what no database can carry (NUL)."""
NeededLine = Annotated[
    str, StringConstraints(min_length=1, max_length=300), AfterValidator(clean_text), AfterValidator(_something)
]
NeededText = Annotated[
    str, StringConstraints(min_length=1, max_length=MOST_WORDS), AfterValidator(clean_text), AfterValidator(_something)
]
