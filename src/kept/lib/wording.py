"""Hours and spans in plain prose: "Thursday 18 June, 18:00", "17 days", "22h". In the language that is active."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.dateformat import format as in_format
from django.utils.formats import get_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

MINUTE, HOUR, DAY = 60, 3600, 86400
WEEK = 7 * DAY


def moment_in_words(moment: datetime, zone: str, now: datetime, *, relative: bool = False) -> str:
    """Day and hour on that zone's wall clock, with the year if it is not this one: "Thursday 18 June, 18:00".

    `relative` says "today", "tomorrow" or "yesterday" instead of those days: for screens, never for mail, which is read later.
    """
    local = moment.astimezone(ZoneInfo(zone))
    today = now.astimezone(ZoneInfo(zone)).date()
    clock = in_format(local, "H:i")
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    if relative and (day := near.get((local.date() - today).days)):
        return _("%(day)s, %(time)s") % {"day": day, "time": clock}
    return _("%(day)s, %(time)s") % {"day": _day(local, today.year), "time": clock}


def day_in_words(moment: datetime, zone: str, now: datetime) -> str:
    """The day on that zone's wall clock, with the year if it is not this one: "Thursday 18 June"."""
    return _day(moment.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).year)


def month_in_words(moment: datetime, zone: str, now: datetime) -> str:
    """The month on that zone's wall clock, with the year if it is not this one: "June"."""
    local, this = moment.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    return in_format(local, "F" if local.year == this.year else "F Y")


def date_in_words(day: date, now: datetime) -> str:
    """A day of the calendar, with the year if it is not this one: "Thursday 18 June"."""
    return _day(datetime.combine(day, time(12), now.tzinfo), now.year)


def short_day_in_words(moment: datetime, zone: str) -> str:
    """The day on that zone's wall clock as it fits under a column: "4 May"."""
    return in_format(moment.astimezone(ZoneInfo(zone)), "j M")


def hour_in_words(moment: datetime, zone: str) -> str:
    """The time of day on that zone's wall clock: "18:00"."""
    return in_format(moment.astimezone(ZoneInfo(zone)), "H:i")


def _day(local: datetime, this_year: int) -> str:
    date = in_format(local, _day_format() if local.year == this_year else f"{_day_format()} Y")
    return _("%(weekday)s %(date)s") % {"weekday": in_format(local, "l"), "date": date}


def _day_format() -> str:
    language = get_language() or settings.LANGUAGE_CODE
    # Django's "en" is American, June 18; ours is what the house writes, 18 June.
    return str(get_format("MONTH_DAY_FORMAT", "en-gb" if language.startswith("en") else language))


def span_in_words(span: timedelta) -> str:
    """How long, rounded down: "17 days", "3 h 8 min", "40 min", "20 seconds". The sign is not told."""
    seconds = _seconds(span)
    if seconds < MINUTE:
        return ngettext("%(num)d second", "%(num)d seconds", seconds) % {"num": seconds}
    if seconds >= DAY:
        return _days(seconds // DAY)
    hours, minutes = seconds // HOUR, seconds % HOUR // MINUTE
    if not hours:
        return _("%(minutes)d min") % {"minutes": minutes}
    if not minutes:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}


def spoken_span(span: timedelta) -> str:
    """How long, as one reads it aloud, rounded down: "2 days and 20 hours", "1 hour and 40 minutes"; from a week on only days."""
    seconds = _seconds(span)
    if seconds < MINUTE:
        return span_in_words(span)
    if seconds >= WEEK:
        return _days(seconds // DAY)
    if seconds >= DAY:
        return _both(_days(seconds // DAY), _hours(seconds % DAY // HOUR))
    return _both(_hours(seconds // HOUR), _minutes(seconds % HOUR // MINUTE))


def span_short(span: timedelta) -> str:
    """How long, for the ring of a clock, rounded down: "17d", "22h", "35m", "20s"."""
    seconds = _seconds(span)
    if seconds >= DAY:
        return pgettext("short", "%(days)dd") % {"days": seconds // DAY}
    if seconds >= HOUR:
        return pgettext("short", "%(hours)dh") % {"hours": seconds // HOUR}
    if seconds >= MINUTE:
        return pgettext("short", "%(minutes)dm") % {"minutes": seconds // MINUTE}
    return pgettext("short", "%(seconds)ds") % {"seconds": seconds}


def _seconds(span: timedelta) -> int:
    return int(abs(span).total_seconds())


def _both(first: str, second: str) -> str:
    if first and second:
        return _("%(first)s and %(second)s") % {"first": first, "second": second}
    return first or second


# The sentences of these three are Django's own, so that every language Django knows says them.
def _days(count: int) -> str:
    return ngettext("%(num)d day", "%(num)d days", count) % {"num": count} if count else ""


def _hours(count: int) -> str:
    return ngettext("%(num)d hour", "%(num)d hours", count) % {"num": count} if count else ""


def _minutes(count: int) -> str:
    return ngettext("%(num)d minute", "%(num)d minutes", count) % {"num": count} if count else ""
