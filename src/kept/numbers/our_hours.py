"""Waits in the customer's hours, and beside them in ours: half of them took no longer of the time in which we were there."""

from __future__ import annotations

from typing import Final

from kept.accounts.models import Calendar
from kept.numbers.counting import quantile
from kept.numbers.facts import Facts
from kept.numbers.metric import Reading
from kept.numbers.waiting_times import in_our_hours

WAITS: Final = ("first_answer", "next_answer", "public_answer")
"""The numbers that our own business hours stand beside."""


def middle_in_our_hours(reading: Reading, facts: Facts) -> float | None:
    """Minutes; None for another number, and where too few wait for a figure."""
    if reading.metric.name not in WAITS or reading.figure.value is None:
        return None
    hours = {one.pk: one.hours for one in Calendar.objects.all()}
    return quantile(in_our_hours(facts, reading.members, hours), 0.5)
