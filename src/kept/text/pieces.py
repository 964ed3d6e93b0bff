"""One named piece of time, a day, an hour, or both, before it becomes a due moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kept.text.days import LAST_MINUTE, WritersDay


@dataclass(frozen=True, slots=True)
class Piece:
    """Where it stands in the text and what it names; `stands_alone` is False for "morning" without a day."""

    start: int
    end: int
    day: date | None = None
    hour: time | None = None
    moment: datetime | None = None
    is_closing: bool = False
    is_vague: bool = False
    waits: bool = False  # "within 3 days of receiving it": runs from an event nobody has logged yet
    stands_alone: bool = True
    is_span: bool = False

    def due(self, day: WritersDay, *, is_eve: bool = False) -> datetime:
        """Until when it runs: the hour named, else the closing hour of its day; `is_eve` for "before Friday"."""
        if self.moment:
            return self.moment
        if self.hour:
            moment = day.at(self.day, self.hour)
            return moment if moment > day.now or self.day != day.today or not self.is_closing else day.at(self.day, LAST_MINUTE)
        if self.day is None:
            return day.end_of(day.today)
        return day.end_of(self.day - timedelta(days=1) if is_eve and self.day > day.today else self.day)
