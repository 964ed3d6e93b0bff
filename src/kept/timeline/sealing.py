"""The one sealer: numbers new Events and hangs them in the chain, so that nobody can change the past unseen (R13)."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from kept.timeline.chain import START, commitment_of, link
from kept.timeline.models import Event

BATCH = 500
LOCK = 0x4B657074


def seal(now: object = None) -> int:  # noqa: ARG001 - every duty is told the time
    """Every Event committed by now has a number and hangs in the chain. Returns how many were new."""
    sealed = 0
    while batch := _seal_batch():
        sealed += batch
    return sealed


def _seal_batch() -> int:  # no event: sealing is what happens to Events
    if not Event.objects.filter(number__isnull=True).exists():
        return 0
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        last = Event.objects.filter(number__isnull=False).order_by("-number").first()
        number, chain = (last.number or 0, bytes(last.chain or START)) if last else (0, START)
        fresh = list(Event.objects.filter(number__isnull=True).order_by("id")[:BATCH])
        for event in fresh:
            number += 1
            event.number, event.commitment = number, commitment_of(event)
            event.chain = chain = link(chain, event)
        _write_down(fresh)
    return len(fresh)


def _write_down(fresh: list[Event]) -> None:  # no event: sealing is what happens to Events
    """One ready statement, many times over: bulk_update would build a CASE of 1,500 branches for the same."""
    statement = "UPDATE kept_event SET number = %s, commitment = %s, chain = %s WHERE id = %s AND number IS NULL"
    rows: list[tuple[Any, ...]] = [(event.number, event.commitment, event.chain, event.pk) for event in fresh]
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)
