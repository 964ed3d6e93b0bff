"""Revenue, growth and retention out of what was imported of each customer's months. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from kept.numbers.facts import Facts
from kept.numbers.members import Kind, Member


def revenue(facts: Facts) -> list[Member]:
    """Everybody who was worth something in the months that begin in this time, once, with all of it; in the usual currency."""
    usual = usual_currency(facts)
    worth: dict[tuple[int, bool], float] = defaultdict(float)
    latest: dict[tuple[int, bool], datetime] = {}
    for one in facts.months:
        if one.value and one.currency == usual:
            at = _moment(facts, one.month_on)
            slot = (one.customer, facts.lens.holds(at))
            worth[slot] += float(one.value)
            latest[slot] = max(at, latest.get(slot, at))
    return [Member(Kind.CUSTOMER, slot[0], latest[slot], usual, slot[0], amount) for slot, amount in worth.items()]


def usual_currency(facts: Facts) -> str:
    """What most months are told in: sums of different money would be none."""
    known = Counter(one.currency for one in facts.months if one.value)
    return max(sorted(known), key=lambda code: known[code], default="")


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
