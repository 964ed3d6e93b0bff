"""Standard Webhooks signatures: HMAC-SHA256 over id, time and body (standardwebhooks.com, version 1.0)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from kept.channels.base import Forged, Raw

TOLERANCE = timedelta(minutes=5)


def check_signature(raw: Raw, secrets: list[str]) -> None:
    """One of the signatures is by one of our secrets, and fresh. Raises Forged. Two secrets let one be changed for another."""
    identity, stamp = raw.envelope.get("webhook-id", ""), raw.envelope.get("webhook-timestamp", "")
    given = [one.partition(",")[2] for one in raw.envelope.get("webhook-signature", "").split() if one.startswith("v1,")]
    if not identity or not given:
        raise Forged("The signature headers are missing.")
    if abs(_time(stamp) - raw.reached_us_at) > TOLERANCE:
        raise Forged("The signature is more than five minutes old, or from the future.")
    right = [sign(raw.body, identity=identity, stamp=stamp, secret=secret) for secret in secrets]
    if not any(hmac.compare_digest(one.encode(), mine.encode()) for one in given for mine in right):
        raise Forged("The signature does not fit.")


def sign(body: bytes, *, identity: str, stamp: str, secret: str) -> str:
    """The signature in base64, without its `v1,`."""
    signed = f"{identity}.{stamp}.".encode() + body
    return base64.b64encode(hmac.new(_key(secret), signed, hashlib.sha256).digest()).decode()


def _key(secret: str) -> bytes:
    """`whsec_` and base64 as the standard writes it; anything else counts as it stands."""
    if not secret.startswith("whsec_"):
        return secret.encode()
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        return secret.encode()


def _time(stamp: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(stamp), UTC)
    except (ValueError, OverflowError, OSError):
        raise Forged("The signature has no time.") from None
