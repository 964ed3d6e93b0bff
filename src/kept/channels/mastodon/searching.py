"""The second leg of listening: hashtags and, where the server offers it, its search; what watched accounts post."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _

from kept.channels.base import Raw, TryLater
from kept.channels.json_items import line
from kept.channels.mastodon.asking import Gone, NotAllowedThere, get
from kept.channels.mastodon.listening import raw_of
from kept.channels.mastodon.picking import as_told, hashtags, is_ours
from kept.channels.naming_us import lines_of

_PAGE, _MOST_PAGES = 40, 20


def found_since(settings: Mapping[str, str], since: datetime) -> Iterator[Raw]:
    """Each post since then that names us, or that a watched account made; a server without search finds the hashtags only."""
    names = settings.get("names", "")
    for tag in hashtags(names):
        for status in _newest_first(settings, f"/api/v1/timelines/tag/{quote(tag)}", since):
            if is_ours(status, settings):
                yield raw_of(as_told(status))
    for name in lines_of(names):
        for status in _searched(settings, name, since):
            if is_ours(status, settings):
                yield raw_of(as_told(status))
    for handle in lines_of(settings.get("watched", "")):
        for status in _posts_of(settings, handle, since):
            yield raw_of(as_told(status))


def _searched(settings: Mapping[str, str], name: str, since: datetime) -> Iterator[dict[str, Any]]:
    """By pages of the search, newest first; none where the server has no search for posts or does not let us."""
    for page in range(_MOST_PAGES):
        asked = {"q": f'"{name}"', "type": "statuses", "limit": _PAGE, "offset": page * _PAGE}
        try:
            found = get(settings, "/api/v2/search", **asked)
        except (Gone, NotAllowedThere):
            return
        items = found.get("statuses") if isinstance(found, dict) else None
        fresh = [one for one in items or [] if isinstance(one, dict) and _at(one) >= since]
        yield from fresh
        if len(fresh) < _PAGE:
            return


def _posts_of(settings: Mapping[str, str], handle: str, since: datetime) -> Iterator[dict[str, Any]]:
    number = number_of(settings, handle)
    if number:
        where = f"/api/v1/accounts/{number}/statuses"
        yield from _newest_first(settings, where, since, exclude_replies="true", exclude_reblogs="true")


def number_of(settings: Mapping[str, str], handle: str) -> str:
    """The number that the server has for this account; empty where it knows no such account."""
    with suppress(Gone):
        number = line(get(settings, "/api/v1/accounts/lookup", acct=handle.lstrip("@")), "id")
        return number if number.isalnum() else ""
    return ""


def _newest_first(settings: Mapping[str, str], path: str, since: datetime, **asked: str) -> Iterator[dict[str, Any]]:
    upto = ""
    for _page in range(_MOST_PAGES):
        try:
            page = get(settings, path, limit=_PAGE, max_id=upto, **asked)
        except (Gone, NotAllowedThere):
            return
        items = [one for one in page if isinstance(one, dict) and line(one, "id")] if isinstance(page, list) else []
        for one in items:
            if _at(one) < since:
                return
            yield one
        if not items:
            return
        upto = line(items[-1], "id")


def _at(status: Mapping[str, Any]) -> datetime:
    try:
        at = datetime.fromisoformat(line(status, "created_at"))
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


def problems_with_listening(settings: Mapping[str, str]) -> list[str]:
    """What of that the server does not do for us, in plain words."""
    found = []
    if names := lines_of(settings.get("names", "")):
        try:
            get(settings, "/api/v2/search", q=names[0], type="statuses", limit=1)
        except NotAllowedThere:
            found.append(
                _("The access token may not search: make one with read:search, too. Until then only hashtags are found.")
            )
        except (Gone, TryLater) as trouble:
            found.append(_("This server does not search posts: only hashtags are found. %(why)s") % {"why": str(trouble)})
    for handle in lines_of(settings.get("watched", "")):
        try:
            if not number_of(settings, handle):
                found.append(_("The server knows no account %(handle)s.") % {"handle": handle})
        except TryLater as trouble:
            found.append(str(trouble))
    return found
