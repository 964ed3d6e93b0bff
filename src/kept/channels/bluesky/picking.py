"""Is a post for us? It answers, quotes or names our account, it names us in plain words, or we watch its writer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kept.channels.bluesky.reading import words_of
from kept.channels.json_items import line
from kept.channels.naming_us import names_us

NAMED, WATCHED = "kept.named", "kept.watched"
"""Why we have a post that the server did not tell us of as ours."""


def why_ours(record: Mapping[str, Any], *, writer: str, ours: str, names: str, watched: Mapping[str, str]) -> str:
    """mention, reply, quote, kept.watched or kept.named; empty for a post that is not about us, or that we wrote."""
    if writer == ours:
        return ""
    if writer in watched:
        return WATCHED if _is_their_own(record, writer, ours) else ""
    if ours and ours in _mentioned(record):
        return "mention"
    if ours and any(uri.startswith(f"at://{ours}/") for uri in answered(record)):
        return "reply"
    if ours and any(uri.startswith(f"at://{ours}/") for uri in _quoted(record)):
        return "quote"
    return NAMED if names and names_us(words_of(record), names) else ""


def _is_their_own(record: Mapping[str, Any], writer: str, ours: str) -> bool:
    """Said to everybody, to us, or further in a thread of their own; not what they answer to others."""
    threads = answered(record)
    return not threads or any(uri.startswith((f"at://{writer}/", f"at://{ours}/")) for uri in threads)


def answered(record: Mapping[str, Any]) -> list[str]:
    """The posts that this one stands under: the one before it, and the beginning."""
    reply = record.get("reply")
    before = reply if isinstance(reply, dict) else {}
    return [uri for one in ("parent", "root") if (uri := line(before.get(one), "uri"))]


def _quoted(record: Mapping[str, Any]) -> Iterator[str]:
    """Embedded alone, or together with pictures (app.bsky.embed.record, recordWithMedia)."""
    embed = record.get("embed")
    inner = embed.get("record") if isinstance(embed, dict) else None
    yield line(inner, "uri")
    yield line(inner.get("record") if isinstance(inner, dict) else None, "uri")


def _mentioned(record: Mapping[str, Any]) -> set[str]:
    facets = record.get("facets")
    found = set()
    for facet in facets if isinstance(facets, list) else []:
        features = facet.get("features") if isinstance(facet, dict) else None
        found |= {line(one, "did") for one in features if isinstance(one, dict)} if isinstance(features, list) else set()
    return found - {""}
