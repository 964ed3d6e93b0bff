"""Which time, and which part of the house, a figure is about. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

WEEKS: Final[Mapping[str, int]] = {"1": 1, "13": 13, "52": 52}
MONTH: Final = "month"
USUAL: Final = "13"
LAST_WEEK: Final = "week"
CODES: Final = ("1", LAST_WEEK, MONTH, "13", "52")
SMALLEST_TEAM: Final = 5
"""Figures of fewer people would be figures about one of them (R15)."""


@dataclass(frozen=True, slots=True)
class Lens:
    """From `begins` until `ends`, which is now or the end of last week; as much time before it is what it is compared with."""

    code: str
    begins: datetime
    ends: datetime
    places: frozenset[int] | None = None
    team: int | None = None
    medium: str = ""

    @property
    def before(self) -> datetime:
        """Where the time before begins."""
        return self.begins - (self.ends - self.begins)

    @property
    def is_narrowed(self) -> bool:
        """It looks at a part of the house only."""
        return self.places is not None or self.team is not None or bool(self.medium)

    def holds(self, at: datetime) -> bool:
        """That moment is in this time, not in the one before."""
        return self.begins <= at <= self.ends

    def narrowed(self, *, places: frozenset[int] | None = None, team: int | None = None, medium: str = "") -> Lens:
        """The same time, for a part of the house."""
        return replace(self, places=places, team=team, medium=medium)


def lens_of(code: str, *, zone: str, now: datetime) -> Lens:
    """The last weeks up to now, this one included, the week before it, or this month, by the house's calendar. Else KeyError."""
    if code == LAST_WEEK:
        return whole_week_before(zone=zone, now=now)
    local = now.astimezone(ZoneInfo(zone))
    today = local.date()
    if code == MONTH:
        first = today.replace(day=1)
    else:
        first = today - timedelta(days=today.weekday(), weeks=WEEKS[code] - 1)
    return Lens(code, datetime.combine(first, time(), ZoneInfo(zone)), now)


def whole_week_before(*, zone: str, now: datetime) -> Lens:
    """The last week that is over, from its Monday to its Sunday night."""
    this = lens_of("1", zone=zone, now=now)
    monday = this.begins.date() - timedelta(weeks=1)
    return Lens(LAST_WEEK, datetime.combine(monday, time(), ZoneInfo(zone)), this.begins)
