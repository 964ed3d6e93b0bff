"""What a Mastodon server tells of a post, as one contact (docs.joinmastodon.org, entities Notification and Status)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from kept.channels.base import Handle, Incoming, Raw, ThreadKey, Unreadable
from kept.channels.cleaning import clean_line, clean_text
from kept.channels.json_items import decoded, line, moment, part
from kept.channels.naming_us import is_watched
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
        gone = f"{host}/{line(item, 'id')}"
        return Incoming(sender=(), text="", began_at=raw.reached_us_at, medium="post", kind="delete", external_id=gone)
    status = part(item, "status")
    writer, own_id = part(status, "account"), f"{host}/{line(status, 'id')}"
    address = full_address(line(writer, "acct"), host)
    if not address or own_id == f"{host}/":
        raise Unreadable("The post names no writer or has no id.")
    text = words_of(status)
    is_one_we_watch = is_watched(address, settings.get("watched", ""))
    answers, is_ours = line(status, "in_reply_to_id"), is_our_own(line(writer, "acct"), settings)
    return Incoming(
        sender=(Handle("mastodon", address, proven=True, shown=f"@{address}"),),
        name=clean_line(line(writer, "display_name") or f"@{address}", limit=200),
        text=text,
        subject=_("Watched: %(handle)s") % {"handle": f"@{address}"} if is_one_we_watch else "",
        medium="chat" if line(status, "visibility") == "direct" else "post",
        kind="edit" if item.get("type") == EDITED else "word",
        began_at=moment(line(item, "created_at"), raw.reached_us_at),
        external_id=own_id,
        content_hash=hashlib.sha256(f"{line(status, 'edited_at')}\n{text}".encode()).hexdigest(),
        thread_keys=(
            *(ThreadKey("reference", f"{host}/{one}") for one in (answers, line(status, "id")) if one),
            *((ThreadKey("subject", f"watched {address}"),) if is_one_we_watch else ()),
        ),
        automatic="loop" if is_ours else "",
        may_acknowledge=not is_ours and not is_one_we_watch,
    )


def key_of(raw: Raw) -> str:
    """The same for one version of one post, however often and by whichever way it is told; empty where it cannot be read."""
    try:
        item = decoded(raw.body)
        if item.get("type") == GONE:
            return f"gone:{line(item, 'id')}"
        status = part(item, "status")
    except Unreadable:
        return ""
    uri = line(status, "uri") or line(status, "id")
    return clean_line(f"said:{uri}:{line(status, 'edited_at')}", limit=250) if uri else ""


def words_of(status: Mapping[str, Any]) -> str:
    """The words of a post: its warning first, then what it says, then what its pictures show."""
    parts = [line(status, "spoiler_text"), text_of(_NAMES.sub(r"\1", str(status.get("content") or "")))]
    media = status.get("media_attachments")
    for one in media if isinstance(media, list) else []:
        if isinstance(one, dict):
            parts.append(clean_line(f"[{line(one, 'description') or line(one, 'type') or 'file'}] {line(one, 'url')}"))
    return clean_text("\n\n".join(part for part in parts if part.strip())).strip()


def full_address(acct: str, host: str) -> str:
    """name@server: those on our own server are named without it."""
    acct = acct.strip().lstrip("@").lower()
    return acct if "@" in acct or not acct else f"{acct}@{host}"


def is_our_own(acct: str, settings: Mapping[str, str]) -> bool:
    """We wrote it. Accounts of our own server have no server in their name, and its name may differ from where it answers."""
    ours, name = settings.get("address", "").lstrip("@").lower(), acct.strip().lstrip("@").lower()
    return bool(name) and name in {ours, ours.partition("@")[0]}


def host_of(settings: Mapping[str, str]) -> str:
    """The server whose ids these are."""
    return urlsplit(settings.get("server", "")).netloc
