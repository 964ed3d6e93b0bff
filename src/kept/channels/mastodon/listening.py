"""The server's stream: notifications, edits and deletions as they happen, and posts under the hashtags of our names.

It has no memory: what was said while it was broken is found by asking (`collect`, `reconcile`), which goes on beside it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from kept.channels.base import Heard, Raw, TryLater
from kept.channels.json_items import line
from kept.channels.mastodon.asking import Gone, get
from kept.channels.mastodon.picking import as_told, hashtags, is_ours
from kept.channels.mastodon.reading import EDITED, GONE, MENTION, host_of
from kept.lib.clock import now
from kept.lib.fetching import NotFetched
from kept.lib.lines import open_line, said_on


def listen(settings: Mapping[str, str], after: str, *, holds: Callable[[str], bool]) -> Iterator[Heard]:
    """Everything for us from now on, until the line breaks. Raises TryLater."""
    address = where_it_streams(settings)
    names = settings.get("names", "")
    try:
        with open_line(address, headers={"Authorization": f"Bearer {settings.get('token', '')}"}) as said:
            said.send(json.dumps({"type": "subscribe", "stream": "user"}))
            for tag in hashtags(names):
                said.send(json.dumps({"type": "subscribe", "stream": "hashtag", "tag": tag}))
            for frame in said_on(said):
                raw = None if frame is None else _for_us(frame, settings, holds)
                yield Heard(after, raw)
    except NotFetched as trouble:
        raise TryLater(str(trouble)) from None


def where_it_streams(settings: Mapping[str, str]) -> str:
    """The address of the stream, as the server itself names it: often another host. Raises TryLater."""
    try:
        found: Any = get(settings, "/api/v2/instance")
    except Gone:
        raise TryLater(_("This server does not speak Mastodon’s API.")) from None
    for name in ("configuration", "urls"):
        found = found.get(name) if isinstance(found, dict) else None
    named = line(found, "streaming")
    parts = urlsplit(named or settings.get("server", ""))
    scheme = {"https": "wss", "http": "ws"}.get(parts.scheme, parts.scheme)
    return f"{scheme}://{parts.netloc}/api/v1/streaming"


def _for_us(frame: str | bytes, settings: Mapping[str, str], holds: Callable[[str], bool]) -> Raw | None:
    """What one message is to us: a mention, a change or the end of a post that we hold, a post under one of our hashtags."""
    said = _decoded(frame)
    event, payload = line(said, "event"), said.get("payload")
    host = host_of(settings)
    if event == "delete":
        number = str(payload)
        return raw_of({"type": GONE, "id": number}) if holds(f"{host}/{number}") else None
    inner = _decoded(payload if isinstance(payload, str) else "")
    if event == "notification":
        return raw_of(inner) if inner.get("type") == MENTION else None
    if event == "status.update" and holds(f"{host}/{line(inner, 'id')}"):
        return raw_of({"type": EDITED, "created_at": inner.get("edited_at"), "status": inner})
    if event == "update" and "hashtag" in (said.get("stream") or []) and is_ours(inner, settings):
        return raw_of(as_told(inner))
    return None


def _decoded(text: str | bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def raw_of(item: Mapping[str, Any], *, cursor: str = "") -> Raw:
    """What came, for the front door: the same form whoever told us of it."""
    body = json.dumps(item, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
    return Raw(body, {"feed": "mentions", "cursor": cursor}, now())
