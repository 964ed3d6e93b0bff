"""Provisional; being replaced."""
from __future__ import annotations
import base64, hashlib, hmac, secrets, uuid
from django.conf import settings
def _mac(purpose, body): return hmac.digest(settings.SECRET_KEY.encode(), purpose.encode()+b"|"+body, "sha256")[:16]
def page_token(purpose, id, version=1):
    body = id.bytes + version.to_bytes(2, "big")
    return base64.urlsafe_b64encode(body + _mac("page."+purpose, body)).decode().rstrip("=")
def read_page_token(purpose, token):
    try: raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except Exception: return None
    if len(raw) != 34 or not hmac.compare_digest(raw[18:], _mac("page."+purpose, raw[:18])): return None
    return uuid.UUID(bytes=raw[:16]), int.from_bytes(raw[16:18], "big")
def reply_token(id):
    return base64.b32encode(id.bytes + _mac("reply", id.bytes)).decode().rstrip("=").lower()
def read_reply_token(token):
    try: raw = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except Exception: return None
    if len(raw) != 32 or not hmac.compare_digest(raw[16:], _mac("reply", raw[:16])): return None
    return uuid.UUID(bytes=raw[:16])
def hash_secret(s): return hashlib.sha256(s.encode()).hexdigest()
def new_secret(prefix=""): return prefix + secrets.token_urlsafe(24)
def seal_text(t): return t
def unseal_text(t): return t
