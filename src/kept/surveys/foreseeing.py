"""When those who wait are likely to be asked: the room there will be if all goes as it does now. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from kept.cases.capacity import Load, pace, time_here
from kept.lib.hours import BusinessHours, add_working
from kept.surveys.planning import A_DAY, Outlook, room_in
from kept.surveys.room import Sent, still_out_by

LOOKS: Final = 24
STEP: Final = timedelta(hours=2)
"""Two working hours: a little over a week in offices."""


def when_there_is_room(mine: Outlook, others: Sequence[Outlook], *, hours: BusinessHours, now: datetime) -> datetime | None:
    """The first moment, in steps of two working hours, at which one more could be asked; None when none comes in sight."""
    for at in _looks(hours, now):
        later = [_later(outlook, hours=hours, now=now, at=at) for outlook in (mine, *others)]
        if room_in(later[0], later[1:], hours=hours, now=at).allowed > 0:
            return at
    return None


def _looks(hours: BusinessHours, now: datetime) -> Iterator[datetime]:
    at = now
    for _look in range(LOOKS):
        at = add_working(hours, at, STEP)
        yield at


def _later(outlook: Outlook, *, hours: BusinessHours, now: datetime, at: datetime) -> Outlook:
    """Everybody answered at their pace, and as many answers came as are to be expected."""
    days = (at - now) / A_DAY
    sent = tuple(Sent(one.days_ago + days, one.count) for one in outlook.sent)
    came, weekly = still_out_by(outlook.sent, days) * outlook.observed.rate, sum(load.weekly for load in outlook.loads)
    loads = tuple(_answered(load, came * load.weekly / weekly, hours=hours, now=now, at=at) for load in outlook.loads)
    return replace(outlook, sent=sent, loads=loads)


def _answered(load: Load, came: float, *, hours: BusinessHours, now: datetime, at: datetime) -> Load:
    done = time_here(load, hours=hours, since=now, until=at) / pace(load, hours)
    return replace(load, follow_ups=max(round(load.follow_ups + came - done), 0))
