"""The second leg of listening: what names us is searched for, what watched accounts post is read from their pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from kept.channels.base import Raw
from kept.channels.bluesky.listening import raw_of, watched_dids
from kept.channels.bluesky.picking import NAMED, WATCHED, why_ours
from kept.channels.bluesky.session import Missing, call, signed_in
from kept.channels.json_items import line
from kept.channels.naming_us import lines_of

_PAGE, _MOST_PAGES = 100, 20


def found_since(settings: Mapping[str, str], since: str) -> Iterator[Raw]:
    """Each post since then that names us or that a watched account made, as the server's own search and pages know it."""
    watched = watched_dids(settings)
    ours = signed_in(settings).did
    for name in lines_of(settings.get("names", "")):
        quoted = name.replace('"', " ")
        method, asked = "app.bsky.feed.searchPosts", {"q": f'"{quoted}"', "sort": "latest", "since": since}
        for post in _pages(settings, method, "posts", asked):
            yield from _ours(post, settings, ours, watched, wanted={NAMED})
    for did in watched:
        with suppress(Missing):  # gone, or it keeps us out: whatever else there is to find is found
            for post in _page_of(settings, did, since):
                yield from _ours(post, settings, ours, watched, wanted={WATCHED})


def _page_of(settings: Mapping[str, str], did: str, since: str) -> Iterator[dict[str, Any]]:
    """What that account said since then; not what it passed on."""
    asked = {"actor": did, "filter": "posts_and_author_threads"}
    for item in _pages(settings, "app.bsky.feed.getAuthorFeed", "feed", asked):
        post = item.get("post")
        if "reason" in item or not isinstance(post, dict):
            continue
        if line(post, "indexedAt") < since:
            return
        yield post


def _pages(settings: Mapping[str, str], method: str, part: str, asked: Mapping[str, object]) -> Iterator[dict[str, Any]]:
    cursor = ""
    for _page in range(_MOST_PAGES):
        page = call(settings, method, body=None, limit=_PAGE, cursor=cursor, **asked)
        items = page.get(part) if isinstance(page, dict) else None
        yield from (item for item in items or [] if isinstance(item, dict))
        cursor = line(page, "cursor")
        if not cursor:
            return


def _ours(
    post: Mapping[str, Any], settings: Mapping[str, str], ours: str, watched: Mapping[str, str], *, wanted: set[str]
) -> Iterator[Raw]:
    """The search finds more than whole words; what is told to us anyhow comes with the notifications."""
    record, author = post.get("record"), post.get("author")
    if not isinstance(record, dict) or not isinstance(author, dict):
        return
    why = why_ours(record, writer=line(author, "did"), ours=ours, names=settings.get("names", ""), watched=watched)
    if why in wanted:
        told = {name: post.get(name) for name in ("uri", "cid", "author", "record", "indexedAt")}
        yield raw_of({**told, "reason": why})
