"""When a letter came: on a day, and for us no earlier than we opened on it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from kept.lib.hours import BusinessHours, working_day_start
from kept.lib.refusal import Refusal

LONGEST_AGO = timedelta(days=366)


def came_at(day: date, *, hours: BusinessHours, now: datetime) -> datetime:
    """The moment from which its writer waits. Refuses a day that has not come, or is so long ago that it is mistyped."""
    today = now.astimezone(hours.tz).date()
    if day > today:
        raise Refusal(_("A letter cannot have come on a day that is still to come."))
    if today - day > LONGEST_AGO:
        raise Refusal(_("That is more than a year ago. Look at the day once more."))
    noon = datetime.combine(day, time(12), ZoneInfo(hours.zone)).astimezone(UTC)
    return min(working_day_start(hours, noon), now)


def envelope_of(*, name: str, day: date, hours: BusinessHours, now: datetime, **more: str) -> dict[str, str]:
    """What the channel of paper is told beside the file."""
    came = came_at(day, hours=hours, now=now).isoformat()
    return {"filename": name, "arrived-on": day.isoformat(), "arrived-at": came, **{key: one for key, one in more.items() if one}}
