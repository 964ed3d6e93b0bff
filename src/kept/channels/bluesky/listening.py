"""The stream itself: who we are and whom we watch is looked up once, then everything that is posted there passes by."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.utils.translation import gettext as _

from kept.channels.base import Heard, Raw, TryLater, Undeliverable
from kept.channels.bluesky.form import FIREHOSE, OFF
from kept.channels.bluesky.picking import why_ours
from kept.channels.bluesky.reading import EDITED, GONE
from kept.channels.bluesky.session import call, signed_in
from kept.channels.bluesky.told import POST, Outdated, Refused, Told, from_firehose, from_jetstream
from kept.channels.json_items import line
from kept.channels.naming_us import lines_of
from kept.lib.clock import now
from kept.lib.fetching import NotFetched
from kept.lib.lines import open_line, said_on

GAP = timedelta(minutes=10)
"""Longer without a word from a place where somebody always speaks: a Jetstream that forgot says nothing of it."""


@dataclass(slots=True)
class Ear:
    """Who we are there, what we listen for and whom we watch."""

    settings: Mapping[str, str]
    ours: str
    watched: Mapping[str, str]
    holds: Callable[[str], bool]


def listen(settings: Mapping[str, str], after: str, *, holds: Callable[[str], bool]) -> Iterator[Heard]:
    """Everything for us from `after` on, until the line breaks. Raises TryLater."""
    url = settings["stream"]
    host = urlsplit(url).netloc
    number, last = _came_to(after, host)
    yield Heard(after)
    ear = Ear(settings, signed_in(settings).did, watched_dids(settings), holds)
    try:
        with open_line(asked(url, number)) as said:
            yield from _hear(ear, said_on(said), host, after=after, last=last)
    except NotFetched as trouble:
        raise TryLater(str(trouble)) from None
    except Refused as why:
        if str(why) == "FutureCursor":  # another server's number: from now on, and what lies between is looked for
            yield Heard("", missed_since=last or now() - timedelta(days=1))
        raise TryLater(_("The stream ends: %(why)s") % {"why": why}) from None


def asked(url: str, number: int | None) -> str:
    """The address with what we want of it and from where on."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    if FIREHOSE not in parts.path:
        query.setdefault("wantedCollections", POST)
    if number is not None:
        query["cursor"] = str(number)
    return urlunsplit(parts._replace(query=urlencode(query)))


def _came_to(after: str, host: str) -> tuple[int | None, datetime | None]:
    """The number and the moment in a cursor of this very host; a number of another means nothing here."""
    where, _blank, rest = after.partition(" ")
    number, _blank, at = rest.partition(" ")
    try:
        moment = datetime.fromisoformat(at)
        return (int(number) if where == host else None), moment
    except ValueError:
        return None, None


def _hear(ear: Ear, frames: Iterable[str | bytes | None], host: str, *, after: str, last: datetime | None) -> Iterator[Heard]:
    """A cursor stands behind the whole of its frame: whatever breaks in between, nothing of it is lost."""
    missed = None
    for frame in frames:
        if frame is None:
            yield Heard(after)
            continue
        try:
            happened = list(from_firehose(frame) if isinstance(frame, bytes) else from_jetstream(frame))
        except Outdated:
            missed = last or now() - timedelta(days=1)
            continue
        for told in happened:
            if last is not None and told.at - last > GAP and isinstance(frame, str):
                missed = last
            last = None
            if told.action and (raw := _for_us(ear, told)) is not None:
                yield Heard(after, raw)
            elif not told.action:
                after = f"{host} {told.number} {told.at.isoformat()}"
                yield Heard(after, missed_since=missed)
                missed = None


def _for_us(ear: Ear, told: Told) -> Raw | None:
    if told.action == "delete":
        return raw_of({"reason": GONE, "uri": told.uri}) if ear.holds(told.uri) else None
    record = told.record or {}
    names = ear.settings.get("names", "")
    why = why_ours(record, writer=told.did, ours=ear.ours, names=names, watched=ear.watched)
    if told.action == "update" and (why or ear.holds(told.uri)):
        why = EDITED
    return raw_of(_as_told_of(ear, told, why, record)) if why else None


def _as_told_of(ear: Ear, told: Told, why: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """As listNotifications would tell of it."""
    author = {"did": told.did, **_known_as(ear, told.did)}
    at = told.at.isoformat().replace("+00:00", "Z")
    return {"uri": told.uri, "cid": told.cid, "reason": why, "author": author, "record": record, "indexedAt": at}


def _known_as(ear: Ear, did: str) -> dict[str, str]:
    """Handle and name of that account, as far as somebody tells; nobody's words wait for it."""
    if did in ear.watched:
        return {"handle": ear.watched[did]}
    with suppress(TryLater, Undeliverable):
        profile = call(ear.settings, "app.bsky.actor.getProfile", actor=did)
        return {name: line(profile, name) for name in ("handle", "displayName") if line(profile, name)}
    with suppress(TryLater, Undeliverable):
        return {"handle": line(call(ear.settings, "com.atproto.repo.describeRepo", repo=did), "handle")}
    return {"handle": ""}


def watched_dids(settings: Mapping[str, str]) -> dict[str, str]:
    """The accounts that are watched, by their did, with their handles; a name that nobody has is left out."""
    found = {}
    for typed in lines_of(settings.get("watched", "")):
        handle = typed.lstrip("@")
        with suppress(TryLater, Undeliverable):
            did = line(call(settings, "com.atproto.identity.resolveHandle", handle=handle), "did")
            if did:
                found[did] = handle
    return found


def problems_with_listening(settings: Mapping[str, str]) -> list[str]:
    """What of that cannot be done, in plain words: accounts that nobody has, a stream that nobody answers at."""
    known = set(watched_dids(settings).values())
    typed = [handle.lstrip("@") for handle in lines_of(settings.get("watched", ""))]
    found = [_("The server knows no account %(handle)s.") % {"handle": f"@{one}"} for one in typed if one not in known]
    if settings.get("stream", OFF) != OFF:
        try:
            with open_line(asked(settings["stream"], None)):
                pass
        except NotFetched as trouble:
            found.append(_("The stream is not heard, we only ask: %(why)s") % {"why": trouble})
    return found


def raw_of(item: Mapping[str, Any], *, cursor: str = "") -> Raw:
    """What came, for the front door: the same form whoever told us of it."""
    body = json.dumps(item, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
    return Raw(body, {"feed": "notifications", "cursor": cursor}, now())
