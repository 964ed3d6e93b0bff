"""Promises as dots: one dot one promise, on the day it falls due (DESIGN.md 1.5)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kept.promises.models import PromiseQuerySet

BEFORE, AFTER = 17, 4
"""Days shown around today."""
MOST = 2000
"""From so many on, dots are no longer somebody; the figure is left out."""
STATES = ("kept", "kept_late", "broken", "open")


@dataclass(frozen=True, slots=True)
class Day:
    """One day's promises by how they stand."""

    on: date
    is_today: bool
    counts: dict[str, int]


def dots_by_day(found: PromiseQuerySet, *, zone: str, now: datetime) -> list[Day]:
    """Today with the days around it; none when there are too many promises to draw each."""
    here = ZoneInfo(zone)
    today = now.astimezone(here).date()
    first, last = today - timedelta(days=BEFORE), today + timedelta(days=AFTER)
    begins, ends = (datetime.combine(day, time(), here) for day in (first, last + timedelta(days=1)))
    near = list(found.filter(due_at__gte=begins, due_at__lt=ends, renegotiated_at__isnull=True).order_by()[: MOST + 1])
    if len(near) > MOST:
        return []
    counted = Counter((made.due_at.astimezone(here).date(), made.state) for made in near if made.due_at)
    days = (first + timedelta(days=step) for step in range(BEFORE + AFTER + 1))
    return [Day(day, day == today, {state: counted[day, state] for state in STATES}) for day in days]
