"""What a Bluesky server tells of a post, as one contact (lexicons app.bsky.notification and app.bsky.feed)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from kept.channels.base import Handle, Incoming, Raw, ThreadKey, Unreadable
from kept.channels.cleaning import clean_line, clean_text
from kept.channels.json_items import decoded, line, moment, part
from kept.channels.naming_us import is_watched

REASONS = ("mention", "reply", "quote")
GONE, EDITED = "kept.gone", "kept.edited"
"""Ours, for what a look or the stream found."""


def read(raw: Raw, settings: Mapping[str, str]) -> Incoming:
    """The post in a notification, or that one was taken back. Raises Unreadable."""
    item = decoded(raw.body)
    uri = line(item, "uri")
    if item.get("reason") == GONE:
        return Incoming(sender=(), text="", began_at=raw.reached_us_at, medium="post", kind="delete", external_id=uri)
    writer, record = part(item, "author"), part(item, "record")
    did, handle = line(writer, "did"), line(writer, "handle")
    if not uri or not did:
        raise Unreadable("The post names no writer or has no address.")
    text = words_of(record)
    is_ours = f"@{handle}".lower() == settings.get("address", "").lower()
    answers = record.get("reply")
    before = answers if isinstance(answers, dict) else {}
    is_edit, is_one_we_watch = item.get("reason") == EDITED, is_watched(handle, settings.get("watched", ""))
    keys = [uri] if is_edit else []
    keys += [line(before.get(one) or {}, "uri") for one in ("parent", "root") if isinstance(before.get(one), dict)]
    return Incoming(
        sender=(Handle("bluesky", did.lower(), proven=True, shown=f"@{handle}" if handle else ""),),
        name=clean_line(line(writer, "displayName") or (f"@{handle}" if handle else ""), limit=200),
        text=text,
        medium="post",
        kind="edit" if is_edit else "word",
        subject=_("Watched: %(handle)s") % {"handle": f"@{handle}"} if is_one_we_watch else "",
        began_at=moment(line(item, "indexedAt"), raw.reached_us_at),
        external_id=uri,
        content_hash=hashlib.sha256(text.encode()).hexdigest(),
        thread_keys=(
            *(ThreadKey("reference", one) for one in dict.fromkeys(keys) if one),
            *((ThreadKey("subject", f"watched {did.lower()}"),) if is_one_we_watch else ()),
        ),
        automatic="loop" if is_ours else "",
        may_acknowledge=not is_ours and not is_one_we_watch,
    )


def key_of(raw: Raw) -> str:
    """The same for one post, however often and for whatever reason it is told; empty where it cannot be read."""
    try:
        item = decoded(raw.body)
    except Unreadable:
        return ""
    uri, reason = line(item, "uri"), item.get("reason")
    version = f":{line(item, 'cid')}" if reason == EDITED else ""
    return clean_line(f"{'gone' if reason == GONE else 'said'}:{uri}{version}", limit=250) if uri else ""


def words_of(record: Mapping[str, Any]) -> str:
    """The words of a post, then what its pictures show, then what it links to."""
    parts = [str(record.get("text") or "")]
    embed = record.get("embed")
    if isinstance(embed, dict):
        images = embed.get("images")
        for image in images if isinstance(images, list) else []:
            if isinstance(image, dict):
                parts.append(f"[{line(image, 'alt') or 'image'}]")
        linked = embed.get("external")
        if isinstance(linked, dict):
            parts.append(line(linked, "uri"))
    return clean_text("\n\n".join(one for one in parts if one.strip())).strip()
