"""Take what is due, one worker at a time: a lease in one UPDATE, and a stale lease can finish nothing."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Q, QuerySet

from kept.due.models import DueRow
from kept.lib.ready import Ready

Row = TypeVar("Row", bound=DueRow)

LEASE = timedelta(minutes=2)
BACK_OFF = (5, 15, 60, 300, 900, 1800, 3600)
"""Seconds until the next try, the last one repeated."""
PARK_AFTER = 40
"""Tries before a row is parked for a person: about a day and a half."""


class LeaseLost(Exception):
    """Somebody else has this row by now; whatever was done in this transaction must not be committed."""


def is_due(now: datetime) -> Q:
    """The rows a worker may take at that moment."""
    return Q(next_try_at__lte=now) & (Q(lease_until__isnull=True) | Q(lease_until__lt=now))


def claim(
    rows: QuerySet[Row], *, now: datetime, limit: int = 16, lease_for: timedelta = LEASE, read: Ready[Row] | None = None
) -> list[Row]:
    """Up to `limit` due rows of the queryset, oldest first, now leased to the caller alone.

    `read`: asked with pk and lease for each of them, where a ready question knows all that is wanted beside the row.
    """
    due = rows.filter(is_due(now)).order_by("next_try_at", "id")
    if not due.exists():
        return []
    lease = uuid.uuid4().hex
    with transaction.atomic():
        ids = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:limit])
        rows.model._default_manager.filter(pk__in=ids).update(lease=lease, lease_until=now + lease_for)
    if read is not None:
        return [row for pk in ids if (row := read.first(pk=pk, lease=lease)) is not None]
    return list(rows.filter(pk__in=ids, lease=lease).order_by("next_try_at", "pk"))


def claim_one(row: DueRow, *, now: datetime, lease_for: timedelta = LEASE) -> bool:
    """True when this very row, as the caller read it, is due and nobody took it since; now it is leased to the caller."""
    if row.next_try_at is None or row.next_try_at > now or (row.lease_until is not None and row.lease_until >= now):
        return False
    lease = uuid.uuid4().hex
    as_read = type(row)._default_manager.filter(pk=row.pk, lease=row.lease, next_try_at=row.next_try_at)
    mine = as_read.update(lease=lease, lease_until=now + lease_for)
    if mine:
        row.lease = lease
    return bool(mine)


def finish(row: DueRow, **also: object) -> None:
    """Nothing is due on this row any more, and the columns in `also` are set. Raises LeaseLost when the lease went to another."""
    _settle(row, next_try_at=None, trouble="", **also)


def try_again(row: DueRow, *, now: datetime, trouble: str, after: int | None = None, **also: object) -> bool:
    """The row is due again after the back-off (or `after` seconds); parked after PARK_AFTER tries. True when parked."""
    parked = row.attempts + 1 >= PARK_AFTER
    pause = after if after is not None else BACK_OFF[min(row.attempts, len(BACK_OFF) - 1)]
    _settle(
        row,
        next_try_at=None if parked else now + timedelta(seconds=pause),
        parked_at=now if parked else None,
        attempts=row.attempts + 1,
        trouble=trouble[:2000],
        **also,
    )
    return parked


def put_off(row: DueRow, *, until: datetime, trouble: str = "") -> None:
    """The row is due again at that moment. Nothing was tried, so it does not count as a try and never parks."""
    _settle(row, next_try_at=until, trouble=trouble[:2000])


def _settle(row: DueRow, **columns: object) -> None:
    mine = type(row)._default_manager.filter(pk=row.pk, lease=row.lease)
    if not mine.update(**columns, lease="", lease_until=None):
        raise LeaseLost(f"{row!r} is leased to another worker.")
    for name, value in columns.items():  # not the lease: should this be rolled back, the row is still ours
        setattr(row, name, value)
