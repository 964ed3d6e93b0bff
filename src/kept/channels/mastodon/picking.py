"""Is a post for us, though nobody told us of it? It names us in plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kept.channels.json_items import line
from kept.channels.mastodon.reading import is_our_own, words_of
from kept.channels.naming_us import lines_of, names_us

NAMED = "kept.named"
"""Why we have a post that the server did not tell us of as ours; those of watched accounts, too."""


def is_ours(status: Mapping[str, Any], settings: Mapping[str, str]) -> bool:
    """Somebody else wrote it, everybody may read it, and one of our names stands in it as whole words, or as its hashtag."""
    writer = line(status.get("account"), "acct")
    if not writer or is_our_own(writer, settings) or status.get("reblog"):
        return False
    if line(status, "visibility") not in {"public", "unlisted"}:
        return False
    names = settings.get("names", "")
    tags = status.get("tags")
    wanted = set(hashtags(names))
    has_tag = any(line(tag, "name").lower() in wanted for tag in tags) if isinstance(tags, list) else False
    return has_tag or names_us(words_of(status), names)


def as_told(status: Mapping[str, Any]) -> dict[str, Any]:
    """As a notification would tell of it."""
    return {"type": NAMED, "created_at": line(status, "created_at"), "status": dict(status)}


def hashtags(names: str) -> list[str]:
    """Each name as people write it behind a #: in one word."""
    found = (re.sub(r"\W", "", name).lower() for name in lines_of(names))
    return list(dict.fromkeys(tag for tag in found if tag and not tag.isdecimal()))
