"""Links and addresses that only this installation can have made; nothing of them is stored.

Each is what it names plus a 128-bit HMAC under the installation's key, one salt per purpose, written in small base32:
letters and digits only, so that no mail program cuts, folds or recases it into something else.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import uuid
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from kept.lib.refusal import Refusal

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

_ID, _MAC, _VERSION, _NONCE, _TIME = 16, 16, 2, 16, 5


def page_token(purpose: str, id: uuid.UUID, version: int = 1) -> str:
    """What stands in a customer's link, 55 characters. `version` (to 65535) revokes earlier ones where the reader compares it."""
    return _signed(f"page:{purpose}", id.bytes + version.to_bytes(_VERSION, "big"))


def read_page_token(purpose: str, token: str) -> tuple[uuid.UUID, int] | None:
    """Id and version, or None when we did not make this token for this purpose."""
    body = _read(f"page:{purpose}", token, length=_ID + _VERSION)
    return (uuid.UUID(bytes=body[:_ID]), int.from_bytes(body[_ID:], "big")) if body else None


def reply_token(case_id: uuid.UUID) -> str:
    """What stands after the plus of an address, 52 characters; capitals do not matter (a local part has 64 at most, RFC 5321)."""
    return _signed("reply", case_id.bytes)


def read_reply_token(token: str) -> uuid.UUID | None:
    """Which case the address belongs to, or None when we did not make it."""
    body = _read("reply", token, length=_ID)
    return uuid.UUID(bytes=body) if body else None


def make_form_token(slug: str, now: datetime) -> str:
    """What the public form of that account carries, good for one post: its nonce names the occurrence."""
    made_at = int(now.timestamp()).to_bytes(_TIME, "big")
    return _signed(f"form:{slug}", secrets.token_bytes(_NONCE) + made_at)


def read_form_token(token: str, slug: str) -> tuple[str, datetime] | None:
    """Its nonce and when the form was drawn, to the second; None when we did not make it for this form.

    How old is too old, and whether the nonce came before, is the caller's to say.
    """
    body = _read(f"form:{slug}", token, length=_NONCE + _TIME)
    if body is None:
        return None
    return body[:_NONCE].hex(), datetime.fromtimestamp(int.from_bytes(body[_NONCE:], "big"), UTC)


def new_secret(prefix: str = "") -> str:
    """A secret of 160 random bits after the prefix, to be shown once and stored as `hash_secret` of it."""
    return prefix + _written(secrets.token_bytes(20))


def hash_secret(secret: str) -> str:
    """sha256 in hexadecimal; enough only because `new_secret` cannot be guessed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def seal_text(text: str) -> str:
    """The text, unreadable without the installation's key; for passwords we must be able to use. Nothing stays nothing."""
    return _fernet(settings.SECRET_KEY).encrypt(text.encode()).decode() if text else ""


def unseal_text(sealed: str) -> str:
    """What was sealed. Refuses when the key is another than the one it was sealed with."""
    from cryptography.fernet import InvalidToken

    try:
        return _fernet(settings.SECRET_KEY).decrypt(sealed.encode()).decode() if sealed else ""
    except (InvalidToken, UnicodeError):
        says = _("A stored password cannot be read: the key of this installation has changed. Type the password again.")
        raise Refusal(says) from None


@lru_cache(maxsize=4)
def _fernet(key: str) -> Fernet:
    # Only the roles that talk to mailboxes ever need these megabytes.
    from cryptography.fernet import Fernet
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"kept.lib.links:seal").derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


def _signed(purpose: str, body: bytes) -> str:
    return _written(body + _mac(purpose, body))


def _read(purpose: str, token: str, *, length: int) -> bytes | None:
    small = token.strip().lower()
    try:
        raw = base64.b32decode(small.upper() + "=" * (-len(small) % 8))
    except (binascii.Error, ValueError):
        return None
    body, mac = raw[:length], raw[length:]
    is_ours = hmac.compare_digest(mac, _mac(purpose, body)) and hmac.compare_digest(_written(raw).encode(), small.encode())
    return body if is_ours else None


def _written(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=").lower()


def _mac(purpose: str, body: bytes) -> bytes:
    key = hmac.digest(settings.SECRET_KEY.encode(), b"kept.lib.links:" + purpose.encode(), "sha256")
    return hmac.digest(key, body, "sha256")[:_MAC]
