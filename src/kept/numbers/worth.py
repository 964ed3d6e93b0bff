"""Revenue, growth and retention out of what was imported of each customer's months. Pure."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from kept.numbers.facts import Facts
from kept.numbers.members import Kind, Member


def revenue(facts: Facts) -> list[Member]:
    """Everybody who was worth something in a month that began in this time; the part is the currency."""
    return [
        Member(Kind.CUSTOMER, one.customer, _moment(facts, one.month_on), one.currency, one.customer, float(one.value))
        for one in facts.months
        if one.value
    ]


def growth(facts: Facts) -> list[Member]:
    """Everybody who came or left between the first and the newest month known of this time."""
    first, last = _ends_of(facts)
    if first is None or last is None:
        return []
    before, now = _active(facts, first), _active(facts, last)
    at = _moment(facts, last)
    came = [Member(Kind.CUSTOMER, key, at, "came", key, 1.0) for key in sorted(now - before)]
    return came + [Member(Kind.CUSTOMER, key, at, "left", key, -1.0) for key in sorted(before - now)]


def retention(facts: Facts) -> list[Member]:
    """Everybody who was with us in the first month known of this time: still there in the newest, or not."""
    first, last = _ends_of(facts)
    if first is None or last is None:
        return []
    now, at = _active(facts, last), _moment(facts, last)
    return [Member(Kind.CUSTOMER, key, at, "stayed" if key in now else "left", key) for key in sorted(_active(facts, first))]


def _ends_of(facts: Facts) -> tuple[date | None, date | None]:
    """The first and the newest month known of this time; the month before it, where it has only one."""
    known = sorted({one.month_on for one in facts.months})
    within = [month for month in known if facts.lens.holds(_moment(facts, month))]
    if not within:
        return None, None
    first = within[0] if len(within) > 1 else next((month for month in reversed(known) if month < within[0]), None)
    return first, within[-1]


def _active(facts: Facts, month: date) -> set[int]:
    return {one.customer for one in facts.months if one.month_on == month and one.is_active}


def _moment(facts: Facts, month: date) -> datetime:
    zone = facts.lens.begins.tzinfo or ZoneInfo("UTC")
    return max(datetime.combine(month, time(), zone), facts.lens.before)
