"""What a Mastodon server tells of a post, as one contact (docs.joinmastodon.org, entities Notification and Status)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from kept.channels.base import Handle, Incoming, Raw, ThreadKey, Unreadable
from kept.channels.cleaning import clean_line, clean_text
from kept.lib.html import text_of

MENTION, EDITED, GONE = "mention", "kept.edited", "kept.gone"
"""What the server calls it; ours, for what a look at a post found."""
_NAMES = re.compile(r'<a\s[^>]{0,500}\bclass="[^"]*\bmention\b[^>]{0,500}>(.{0,300}?)</a>', re.S)
"""A link to somebody's page is only their name."""


def read(raw: Raw, settings: Mapping[str, str]) -> Incoming:
    """The post in a notification, or that one was taken back. Raises Unreadable."""
    item = decoded(raw.body)
    host = host_of(settings)
    if item.get("type") == GONE:
        gone = f"{host}/{_line(item, 'id')}"
        return Incoming(sender=(), text="", began_at=raw.reached_us_at, medium="post", kind="delete", external_id=gone)
    status = _part(item, "status")
    writer, own_id = _part(status, "account"), f"{host}/{_line(status, 'id')}"
    address = full_address(_line(writer, "acct"), host)
    if not address or own_id == f"{host}/":
        raise Unreadable("The post names no writer or has no id.")
    text = words_of(status)
    answers, is_ours = _line(status, "in_reply_to_id"), f"@{address}" == settings.get("address", "").lower()
    return Incoming(
        sender=(Handle("mastodon", address, proven=True),),
        name=clean_line(_line(writer, "display_name") or f"@{address}", limit=200),
        text=text,
        medium="chat" if _line(status, "visibility") == "direct" else "post",
        kind="edit" if item.get("type") == EDITED else "word",
        began_at=_moment(_line(item, "created_at"), raw.reached_us_at),
        external_id=own_id,
        content_hash=hashlib.sha256(f"{_line(status, 'edited_at')}\n{text}".encode()).hexdigest(),
        thread_keys=tuple(ThreadKey("reference", f"{host}/{one}") for one in (answers, _line(status, "id")) if one),
        automatic="loop" if is_ours else "",
        may_acknowledge=not is_ours,
    )


def key_of(raw: Raw) -> str:
    """The same for one version of one post, however often and by whichever way it is told; empty where it cannot be read."""
    try:
        item = decoded(raw.body)
        if item.get("type") == GONE:
            return f"gone:{_line(item, 'id')}"
        status = _part(item, "status")
    except Unreadable:
        return ""
    uri = _line(status, "uri") or _line(status, "id")
    return clean_line(f"said:{uri}:{_line(status, 'edited_at')}", limit=250) if uri else ""


def words_of(status: Mapping[str, Any]) -> str:
    """The words of a post: its warning first, then what it says, then what its pictures show."""
    parts = [_line(status, "spoiler_text"), text_of(_NAMES.sub(r"\1", str(status.get("content") or "")))]
    media = status.get("media_attachments")
    for one in media if isinstance(media, list) else []:
        if isinstance(one, dict):
            parts.append(clean_line(f"[{_line(one, 'description') or _line(one, 'type') or 'file'}] {_line(one, 'url')}"))
    return clean_text("\n\n".join(part for part in parts if part.strip())).strip()


def full_address(acct: str, host: str) -> str:
    """name@server: those on our own server are named without it."""
    acct = acct.strip().lstrip("@").lower()
    return acct if "@" in acct or not acct else f"{acct}@{host}"


def host_of(settings: Mapping[str, str]) -> str:
    """The server whose ids these are."""
    return urlsplit(settings.get("server", "")).netloc


def decoded(body: bytes) -> dict[str, Any]:
    """One JSON object. Raises Unreadable."""
    try:
        item = json.loads(body)
    except (ValueError, RecursionError) as trouble:
        raise Unreadable(f"This is not JSON: {trouble}") from None
    if not isinstance(item, dict):
        raise Unreadable("This is no notification.")
    return item


def _part(item: Mapping[str, Any], name: str) -> dict[str, Any]:
    part = item.get(name)
    if not isinstance(part, dict):
        raise Unreadable(f'There is no "{name}" in it.')
    return part


def _line(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    return clean_line(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _moment(written: str, reached_us_at: datetime) -> datetime:
    """When our server heard of it; never later than we did."""
    try:
        at = datetime.fromisoformat(written)
        return min(at if at.tzinfo else at.replace(tzinfo=UTC), reached_us_at)
    except (ValueError, OverflowError):
        return reached_us_at
