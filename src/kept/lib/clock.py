"""The wall clock, in one place, so that a demo or a test may live at another time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kept.lib import env

_OFFSET = timedelta(seconds=env.number("KEPT_TIME_OFFSET", 0))


def now() -> datetime:
    """This moment, in UTC; moved by KEPT_TIME_OFFSET seconds."""
    return datetime.now(UTC) + _OFFSET
