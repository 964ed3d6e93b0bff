"""The chain of Events: what each commits to, how it hangs on the one before, and where it does not hold (R13).

commitment = HMAC-SHA256(the row's salt; its facts), link = SHA-256(link before, number, kind, day, commitment).
Erasing a row's facts and salt leaves number, kind, day and commitment, and with them the whole chain.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC

from kept.timeline.models import Event

START = b"\0" * 32


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
