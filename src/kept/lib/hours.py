"""Business calendars: four working hours from Friday 17:00, right across clock changes.

Opening times are wall-clock times of a zone; all reckoning is in UTC. A time that a clock change skips is the moment of the
change, one that comes twice is its first showing: a shift in that night is as much shorter or longer as it is for its people.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from kept.lib.opening_times import (
    MIDNIGHT,
    ONE_DAY,
    ROUND_THE_CLOCK,
    Week,
    as_instants,
    check_week,
    instant,
    public_holidays,
    read_week,
)

Stretch = tuple[datetime, datetime]
A_WEEK = timedelta(days=7)
NONE_AT_ALL = timedelta(0)
LONGEST_CLOSURE = 1000
"""Days in a row without an opening after which a calendar is refused instead of searched on."""
MOST_DAYS_REMEMBERED = 1500


@dataclass(frozen=True, slots=True)
class BusinessHours:
    """When a house is open. Raises ValueError for an unknown zone, a wrong span, or a week that never opens."""

    zone: str
    week: Week
    closed_on: frozenset[date] = frozenset()
    country: str = ""
    subdivision: str = ""
    _days: dict[date, tuple[Stretch, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.zone)
        except (KeyError, ValueError, OSError):
            raise ValueError(f"There is no time zone {self.zone!r}; one is called for example Europe/Berlin.") from None
        check_week(self.week)
        if self.country:
            public_holidays(self.country, self.subdivision)

    @classmethod
    def of(
        cls,
        zone: str,
        week: Mapping[str, Sequence[Sequence[str]]],
        country: str = "",
        subdivision: str = "",
        closed_on: Iterable[str | date] = (),
    ) -> BusinessHours:
        """The hours as stored: {"mon": [["09:00", "17:00"]]}; a missing day is closed, {} is round the clock.

        `country` (ISO 3166) and `subdivision` name whose public holidays are kept, `closed_on` further days ("2026-12-24").
        Raises ValueError with a sentence about what is wrong. Equal arguments give the same object, with what it remembers.
        """
        return _of(zone, json.dumps(week), country, subdivision, tuple(closed_on))

    @property
    def tz(self) -> ZoneInfo:
        """The zone as Python's tzinfo."""
        return ZoneInfo(self.zone)


@lru_cache(maxsize=128)
def _of(zone: str, week: str, country: str, subdivision: str, closed_on: tuple[str | date, ...]) -> BusinessHours:
    closed = frozenset(day if isinstance(day, date) else date.fromisoformat(day) for day in closed_on)
    return BusinessHours(zone, read_week(json.loads(week)), closed, country, subdivision)


ALWAYS = BusinessHours("UTC", ROUND_THE_CLOCK)
"""Open at every moment."""


def add_working(hours: BusinessHours, moment: datetime, span: timedelta) -> datetime:
    """The first moment at which `span` of open time has gone by since `moment`: a closing hour rather than the next opening.

    No time at all is `moment` itself, open or not. Raises ValueError for a negative span.
    """
    if span < NONE_AT_ALL:
        raise ValueError("Working time is added, never taken away.")
    at = _utc(moment)
    if not span:
        return at
    stretches = _stretches_after(hours, at)
    while True:
        opens, closes = next(stretches)
        begins = max(opens, at)
        room = closes - begins
        if span <= room:
            return begins + span
        span -= room


def working_between(hours: BusinessHours, start: datetime, end: datetime) -> timedelta:
    """How much open time lies between the two; none if `end` is not later."""
    since, until = _utc(start), _utc(end)
    total = NONE_AT_ALL
    if until <= since:
        return total
    for opens, closes in _stretches_after(hours, since):
        if opens >= until:
            break
        total += min(closes, until) - max(opens, since)
    return total


def is_open(hours: BusinessHours, moment: datetime) -> bool:
    """Open at that moment; at the closing hour it no longer is."""
    at = _utc(moment)
    return next(_stretches_after(hours, at))[0] <= at


def next_opening(hours: BusinessHours, moment: datetime) -> datetime:
    """The moment itself when open, else when the house opens next."""
    at = _utc(moment)
    return max(at, next(_stretches_after(hours, at))[0])


def next_closing(hours: BusinessHours, moment: datetime) -> datetime:
    """When the house closes next; a shift through midnight is one. Open for over a week: the end of that local day."""
    at = _utc(moment)
    stretches = _stretches_after(hours, at)
    opens, closes = next(stretches)
    begins = max(opens, at)
    while closes - begins <= A_WEEK:
        opens, later = next(stretches)
        if opens > closes:
            return closes
        closes = later
    return instant(begins.astimezone(hours.tz).date() + ONE_DAY, MIDNIGHT, hours.tz)


def add_working_days(hours: BusinessHours, moment: datetime, days: int) -> datetime:
    """The same local clock time `days` working days later; the day of `moment` does not count. 0 days: the moment itself.

    Before that day's opening it is the opening, in a break the end of the break, after closing the closing hour. From a day on
    which the house is shut it is the closing hour too: words of Saturday are never due before those of Friday night.
    Raises ValueError for negative `days`.
    """
    if days < 0:
        raise ValueError("Working days are added, never taken away.")
    if days == 0:
        return _utc(moment)
    local = _utc(moment).astimezone(hours.tz)
    day = local.date()
    for _count in range(days):
        day = _next_working_day(hours, day + ONE_DAY)
    stretches = _stretches(hours, day)
    last_closing = stretches[-1][1]
    if not _stretches(hours, local.date()):
        return last_closing
    wanted = instant(day, local.time().replace(fold=0), hours.tz)
    return next((max(wanted, opens) for opens, closes in stretches if closes >= wanted), last_closing)


def working_day_start(hours: BusinessHours, moment: datetime) -> datetime:
    """The first opening of the moment's local day, or of the next working day if the house is shut on it."""
    day = _next_working_day(hours, _utc(moment).astimezone(hours.tz).date())
    return _stretches(hours, day)[0][0]


def round_up_to_quarter(moment: datetime) -> datetime:
    """The moment if it is a full quarter of an hour, else the next; zones differ by whole quarters, so on any wall clock."""
    at = _utc(moment)
    past = timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)
    return at + timedelta(minutes=15) - past if past else at


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is UTC:
        return moment
    if moment.utcoffset() is None:
        raise ValueError("A moment without a zone could be any hour: pass an aware datetime.")
    return moment.astimezone(UTC)


def _next_working_day(hours: BusinessHours, day: date) -> date:
    for _tried in range(LONGEST_CLOSURE):
        if _stretches(hours, day):
            return day
        day += ONE_DAY
    raise _never_opens(hours)


def _stretches_after(hours: BusinessHours, at: datetime) -> Iterator[Stretch]:
    """Every open stretch that ends after `at`, in order and without end; raises ValueError when none comes for years."""
    # A day earlier: where the clock went back across midnight, yesterday's date shows again within today's stretch.
    day = at.astimezone(hours.tz).date() - ONE_DAY
    shut = 0
    while shut < LONGEST_CLOSURE:
        stretches = _stretches(hours, day)
        shut = 0 if stretches else shut + 1
        for stretch in stretches:
            if stretch[1] > at:
                yield stretch
        day += ONE_DAY
    raise _never_opens(hours)


def _never_opens(hours: BusinessHours) -> ValueError:
    return ValueError(f"The house does not open for {LONGEST_CLOSURE} days ({hours.zone}): look at its closed days.")


def _stretches(hours: BusinessHours, day: date) -> tuple[Stretch, ...]:
    found = hours._days.get(day)
    if found is None:
        if len(hours._days) >= MOST_DAYS_REMEMBERED:
            hours._days.clear()
        closed = _is_closed(hours, day)
        found = hours._days[day] = () if closed else as_instants(day, hours.week[day.weekday()], hours.tz)
    return found


def _is_closed(hours: BusinessHours, day: date) -> bool:
    return day in hours.closed_on or bool(hours.country and day in public_holidays(hours.country, hours.subdivision, day.year))
