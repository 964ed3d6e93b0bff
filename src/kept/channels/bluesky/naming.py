"""The key and the moment of a post of ours, both out of our own Message-ID: the same at every try."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def record_key(message_id: str) -> str:
    """A TID (atproto.com/specs/tid): microseconds and a clock's number, as 13 signs that sort by time."""
    micros = (moment_of(message_id) - _EPOCH) // timedelta(microseconds=1)
    number = (micros << 10) | int.from_bytes(hashlib.sha256(message_id.encode()).digest()[:2], "big") & 1023
    return "".join(_ALPHABET[(number >> 5 * place) & 31] for place in range(12, -1, -1))


def moment_of(message_id: str) -> datetime:
    """When the message was written: our ids begin with the milliseconds (RFC 9562, version 7)."""
    try:
        millis = int(message_id[:12], 16)
    except ValueError:
        millis = 0
    return _EPOCH + timedelta(milliseconds=millis % 2**43)
