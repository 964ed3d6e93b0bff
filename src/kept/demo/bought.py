"""What customers of Marlow bought, month by month, as its books tell: a list like any other shop's, brought in once a month."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta

from kept.demo.life import Story
from kept.demo.town import Town
from kept.numbers.importing import take_months
from kept.numbers.reading_months import read_months
from kept.people.models import Customer, Identity

MOST = 90
"""Customers whose months the books give: those who have been here longest."""
LEAVES_AFTER = {"black": 0.3, "": 0.06, "white": 0.04}
"""Each month, by how their last matter ended."""


def books_are_brought(town: Town) -> Story:
    """On the second of each month the last month's list comes in; who left stands there once as left."""
    gone: set[int] = set()
    while True:
        yield _second_of_next_month(town.now)
        rows = _rows(town, month=(town.now - timedelta(days=5)).date().replace(day=1), gone=gone)
        if len(rows) > 1:
            text = io.StringIO()
            csv.writer(text).writerows(rows)
            take_months(read_months(text.getvalue(), now=town.now), by=town.marlow.ines, now=town.now)


def _second_of_next_month(now: datetime) -> datetime:
    first = (now.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first.replace(day=2, hour=6, minute=30, second=0, microsecond=0)


def _rows(town: Town, *, month: date, gone: set[int]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("email", "name", "month", "value", "currency", "active")]
    addresses = Identity.objects.filter(kind="email", customer__first_seen_at__lt=town.now).select_related("customer")
    for identity in addresses.order_by("customer_id")[:MOST]:
        customer = identity.customer
        if customer.pk in gone:
            continue
        leaves = town.dice.random() < LEAVES_AFTER.get(_last_ending(customer), 0.05)
        if leaves:
            gone.add(customer.pk)
        spent = 0.0 if leaves else town.dice.lognormvariate(3.6, 0.6)
        rows.append((identity.value, customer.name, f"{month:%Y-%m}", f"{spent:.2f}", "GBP", "no" if leaves else "yes"))
    return rows


def _last_ending(customer: Customer) -> str:
    ended = customer.cases.filter(ended_at__isnull=False).order_by("-ended_at").values_list("outcome", flat=True).first()
    return ended or ""
