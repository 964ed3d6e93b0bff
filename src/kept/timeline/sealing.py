"""The one sealer: numbers new Events and chains their commitments, so that nobody can change the past unseen (R13).

commitment = HMAC-SHA256(the row's salt; its facts), link = SHA-256(link before, number, kind, day, commitment).
Erasing a row's facts and salt leaves number, kind, day and commitment, and with them the whole chain.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.db import connection, transaction

from kept.timeline.models import Event

BATCH = 500
START = b"\0" * 32
LOCK = 0x4B657074


def commitment_of(event: Event) -> bytes:
    """What the row commits to."""
    told = json.dumps(
        [event.kind, event.about, event.by, event.at.astimezone(UTC).isoformat(), event.facts],
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hmac.digest(bytes(event.salt), told.encode(), "sha256")


def link(before: bytes, event: Event) -> bytes:
    """The chain's next value."""
    day = event.at.astimezone(UTC).date().isoformat()
    return hashlib.sha256(before + f"{event.number}|{event.kind}|{day}|".encode() + bytes(event.commitment or b"")).digest()


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


def flaws(*, after: int = 0) -> Iterator[str]:
    """One sentence for each place where the chain does not hold; none when nobody touched it."""
    before = Event.objects.filter(number=after).first() if after else None
    chain, number = (bytes(before.chain or START), after) if before else (START, 0)
    for event in Event.objects.filter(number__gt=number).order_by("number").iterator(chunk_size=2000):
        number += 1
        if event.number != number:
            yield f"event number {number} is missing"
            number = event.number or number
        if bytes(event.salt) and commitment_of(event) != bytes(event.commitment or b""):
            yield f"event number {event.number} says something else than it was sealed with"
        chain = link(chain, event)
        if chain != bytes(event.chain or b""):
            yield f"the chain breaks at event number {event.number}"
            chain = bytes(event.chain or START)
