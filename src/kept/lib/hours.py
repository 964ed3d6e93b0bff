"""Provisional; being replaced."""
from __future__ import annotations
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, UTC
from zoneinfo import ZoneInfo
DAYS = ("mon","tue","wed","thu","fri","sat","sun")
@dataclass(frozen=True, slots=True)
class BusinessHours:
    zone: str
    week: tuple
    closed_on: frozenset
    @classmethod
    def of(cls, zone, week, country="", subdivision="", closed_on=()):
        w = tuple(tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in week.get(d, ())) for d in DAYS)
        return cls(zone, w, frozenset(date.fromisoformat(d) for d in closed_on))
def _spans(h, start):
    z = ZoneInfo(h.zone); day = start.astimezone(z).date()
    while True:
        if day not in h.closed_on:
            for a, b in h.week[day.weekday()]:
                yield datetime.combine(day, a, z).astimezone(UTC), datetime.combine(day, b, z).astimezone(UTC)
        day += timedelta(days=1)
def add_working(h, moment, span):
    moment = moment.astimezone(UTC)
    if not any(h.week): return moment + span
    for a, b in _spans(h, moment):
        if b <= moment: continue
        a = max(a, moment)
        if b - a >= span: return a + span
        span -= b - a
def working_between(h, start, end):
    if not any(h.week): return max(end - start, timedelta())
    total = timedelta()
    for a, b in _spans(h, start):
        if a >= end: return total
        total += max(min(b, end) - max(a, start), timedelta())
def next_opening(h, moment):
    if not any(h.week): return moment
    for a, b in _spans(h, moment):
        if b > moment: return max(a, moment)
def is_open(h, moment): return next_opening(h, moment) == moment
def next_closing(h, moment):
    for a, b in _spans(h, moment):
        if b > moment: return b
def add_working_days(h, moment, days):
    return add_working(h, moment, timedelta(hours=8) * days)
def round_up_to_quarter(m):
    q = timedelta(minutes=15); e = datetime(2000,1,1,tzinfo=UTC); r = (m - e) % q
    return m if not r else m + (q - r)
