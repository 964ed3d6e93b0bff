"""What customers were worth, month by month, brought in from outside: first what would become of each row, then in one piece."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from django.db import transaction

from kept.numbers.models import CustomerMonth
from kept.numbers.reading_months import MonthRow, Worth
from kept.people.identifying import identify
from kept.people.models import Customer, Identity
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

CHUNK: Final = 400
"""So many addresses are looked up at once."""
Fate = Literal["new", "changed", "same", "left_out"]
People = dict[tuple[str, str], Customer]
Months = dict[tuple[int, date], CustomerMonth]


@dataclass(frozen=True, slots=True)
class BecameOfMonth:
    """What became of one row, or would. `is_newcomer`: nobody had this address before."""

    row: MonthRow
    fate: Fate
    is_newcomer: bool = False


def try_months(rows: Sequence[MonthRow]) -> list[BecameOfMonth]:
    """What would become of each row; nothing changes."""
    people = _people(rows)
    months = _months(people.values(), rows)
    return [_would(row, people, months) for row in rows]


def _people(rows: Sequence[MonthRow]) -> People:
    values = sorted({handle.value for row in rows if row.told is not None for handle in row.told.handles})
    found: People = {}
    for first in range(0, len(values), CHUNK):
        rows_found = Identity.objects.filter(value__in=values[first : first + CHUNK])
        found |= {(one.kind, one.value): one.customer for one in rows_found.select_related("customer")}
    return found


def _months(people: Iterable[Customer], rows: Sequence[MonthRow]) -> Months:
    keys = sorted({one.pk for one in people})
    days = {row.told.month_on for row in rows if row.told is not None}
    found: Months = {}
    for first in range(0, len(keys), CHUNK):
        some = CustomerMonth.objects.filter(customer__in=keys[first : first + CHUNK], month_on__in=days)
        found |= {(one.customer_id, one.month_on): one for one in some}
    return found


def _would(row: MonthRow, people: People, months: Months) -> BecameOfMonth:
    if row.told is None:
        return BecameOfMonth(row, "left_out")
    customer = next((people[one.kind, one.value] for one in row.told.handles if (one.kind, one.value) in people), None)
    if customer is None:
        return BecameOfMonth(row, "new", is_newcomer=True)
    return BecameOfMonth(row, _fate(months.get((customer.pk, row.told.month_on)), row.told))


def _fate(known: CustomerMonth | None, told: Worth) -> Fate:
    if known is None:
        return "new"
    same = (known.value, known.currency, known.is_active) == (told.value, told.currency, told.is_active)
    return "same" if same else "changed"


@transaction.atomic
def take_months(rows: Sequence[MonthRow], *, by: object, now: datetime) -> list[BecameOfMonth]:
    """Every row that can be used stands as it was told: a month known before is replaced. Told again, nothing changes."""
    became = [_take(row, now=now) for row in rows]
    counted = {fate: sum(one.fate == fate for one in became) for fate in ("new", "changed", "same", "left_out")}
    record("house:1", Happened.MONTHS_IMPORTED, at=now, by=by, rows=len(became), **counted)
    return became


def _take(row: MonthRow, *, now: datetime) -> BecameOfMonth:  # no event: take_months records the whole list
    told = row.told
    if told is None:
        return BecameOfMonth(row, "left_out")
    customer, _identity = identify(told.handles, name=told.name, at=now)
    known = CustomerMonth.objects.filter(customer=customer, month_on=told.month_on).first()
    fate = _fate(known, told)
    if fate != "same":
        worth = {"value": told.value, "currency": told.currency, "is_active": told.is_active}
        CustomerMonth.objects.update_or_create(customer=customer, month_on=told.month_on, defaults=worth)
    return BecameOfMonth(row, fate, is_newcomer=customer.first_seen_at == now)
