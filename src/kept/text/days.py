"""Calendar reckoning for promises: the writer's own day, its closing hour, and which day "next Friday" is."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from kept.lib.hours import BusinessHours, add_working, add_working_days, next_closing, next_opening

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)

LAST_MINUTE = time(23, 59)
FORGOTTEN_AFTER = timedelta(days=60)
"""A date without a year that passed less than this ago speaks of the past, not of next year."""


@dataclass(frozen=True)
class WritersDay:
    """The moment of writing as the writer's wall clock shows it, with the hours of their house."""

    said_at: datetime
    hours: BusinessHours

    @cached_property
    def zone(self) -> ZoneInfo:
        """Where the writer's clock hangs."""
        return ZoneInfo(self.hours.zone)

    @cached_property
    def now(self) -> datetime:
        """The moment in the writer's zone."""
        return self.said_at.astimezone(self.zone)

    @property
    def today(self) -> date:
        """The date on the writer's wall."""
        return self.now.date()

    @property
    def has_closed(self) -> bool:
        """Today's closing hour is behind us."""
        return self.closing(self.today) <= self.now

    def closing(self, day: date) -> datetime:
        """The last closing hour of that day; on a day the house is shut, the hour at which it next closes.

        23:59 where it is open through midnight.
        """
        if day not in self._closings:
            try:
                hour = self._closing_hour(day)
            except ValueError:  # a calendar that never opens is told elsewhere and must not stop a reply
                hour = LAST_MINUTE
            self._closings[day] = datetime.combine(day, hour, self.zone)
        return self._closings[day]

    @cached_property
    def _closings(self) -> dict[date, datetime]:
        return {}

    def _closing_hour(self, day: date) -> time:
        midnight = datetime.combine(day, time.min, self.zone)
        opens, closes = self._local(next_opening(self.hours, midnight)), self._local(next_closing(self.hours, midnight))
        if opens.date() != day:
            return closes.time() if closes.date() == opens.date() else LAST_MINUTE
        while self._local(next_opening(self.hours, closes)).date() == day:  # shut over lunch, or open past midnight before
            closes = self._local(next_closing(self.hours, closes))
        return closes.time() if closes.date() == day else LAST_MINUTE

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)

    def end_of(self, day: date) -> datetime:
        """Until when "by that day" runs: its closing hour, or midnight if we write after closing on that very day."""
        closing = self.closing(day)
        return closing if closing > self.now or day != self.today else datetime.combine(day, LAST_MINUTE, self.zone)

    def at(self, day: date | None, hour: time) -> datetime:
        """That hour on that day; without a day the next time the clock shows it."""
        moment = datetime.combine(day or self.today, hour, self.zone)
        return moment + timedelta(days=1) if day is None and moment <= self.now else moment

    def after_working_days(self, count: int) -> date:
        """The day on which so many working days are over."""
        return add_working_days(self.hours, self.now, count).astimezone(self.zone).date()

    def after(self, span: timedelta, *, working: bool) -> datetime:
        """The moment after that span, of opening hours if `working`."""
        return add_working(self.hours, self.now, span) if working else self.said_at.astimezone(UTC) + span

    def weekday(self, wanted: int, *, which: str) -> date:
        """Which date it means: "" the nearest (today counts until closing), "coming" after today, "next" in the next week."""
        today = self.today
        if which == "next":
            return self.week(1, wanted)
        ahead = (wanted - today.weekday()) % 7
        if ahead == 0 and (which == "coming" or self.has_closed):
            ahead = 7
        return today + timedelta(days=ahead)

    def week(self, ahead: int, until: int) -> date:
        """That weekday of this week (0) or the next (1); if it is behind us, the same day one week on."""
        monday = self.today - timedelta(days=self.today.weekday())
        day = monday + timedelta(days=7 * ahead + until)
        return day if day >= self.today else day + timedelta(days=7)

    def ahead(self, days: int) -> date:
        """The day so many days from today."""
        return self.today + timedelta(days=days)

    def year_end(self, ahead: int) -> date:
        """The last day of this year (0) or the next (1)."""
        return date(self.today.year + ahead, 12, 31)

    def in_month(self, ahead: int, until: int) -> date:
        """Day `until` of the month so far ahead, its last day if it has fewer; if behind us, the month's last day."""
        years, month = divmod(self.today.month - 1 + ahead, 12)
        day = last_or(self.today.year + years, month + 1, until)
        return day if day >= self.today else last_or(day.year, day.month, 31)

    def in_named_month(self, month: int, until: int) -> date:
        """Day `until` of the month of that number, the next time it comes."""
        day = last_or(self.today.year, month, until)
        return day if day >= self.today else last_or(self.today.year + 1, month, until)

    def dated(self, day: int, month: int, year: int | None, *, any_order: bool = False) -> date | None:
        """That date, without a year the next one; None if it does not exist or has lately passed. `any_order`: 06/22 too."""
        if any_order and month > 12:
            day, month = month, day
        try:
            if year is not None:
                return date(year + 2000 if year < 100 else year, month, day)
            found = date(self.today.year, month, day)
            if found >= self.today:
                return found
            return None if self.today - found < FORGOTTEN_AFTER else date(self.today.year + 1, month, day)
        except ValueError:
            return None

    def day_of_month(self, day: int) -> date | None:
        """The next "22nd"; None if no such day comes within two months."""
        for ahead in range(3):
            years, month = divmod(self.today.month - 1 + ahead, 12)
            found = last_or(self.today.year + years, month + 1, day)
            if found.day == day and found >= self.today:
                return found
        return None


def last_or(year: int, month: int, day: int) -> date:
    """That day, or the month's last if the month is shorter."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
