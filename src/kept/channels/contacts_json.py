"""Part of the base: reads one contact written down as JSON, the shape of POST /api/v1/contacts and of the generic door."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

from kept.channels.base import Incoming, PublicPlace, Raw, ThreadKey, Unreadable
from kept.channels.cleaning import clean_line, clean_text
from kept.channels.handles import handles, name_with
from kept.channels.public_place import public_place

MEDIA = frozenset({"form", "email", "phone", "letter", "fax", "visit", "post", "survey", "chat", "sms", "api"})


def read_contact(raw: Raw, *, medium: str = "", region: str = "") -> Incoming:
    """What the JSON says somebody told us; `medium` stands in where it names none.

    Raises Unreadable, with the reason in words, where it is not such a contact.
    """
    fields = _object(_decoded(raw.body), "The contact")
    person = _object(fields.get("from") or {}, '"from"')
    thread = clean_line(_words(fields, "thread"), limit=500)
    told_at = _began_at(_words(fields, "at") or _words(fields, "occurred_at"), raw.reached_us_at)
    from_now = raw.envelope.get("clock") == "now"  # a list of old posts, whose clocks begin as they are brought
    there = public_place(_words(fields, "channel"), _words(fields, "url"), fields.get("rating"), fields.get("views"))
    sender, rest = handles([*_identities(person), *_identities(fields)], region=region)
    return Incoming(
        sender=sender,
        name=name_with(_words(person, "name"), rest),
        text=_text(fields),
        subject=clean_line(_words(fields, "subject")),
        wish=clean_text(_words(fields, "wish")).strip(),
        medium=_medium(fields, medium),
        began_at=raw.reached_us_at if from_now else told_at,
        spoke_with=clean_line(_words(fields, "spoke_with"), limit=200),
        on_behalf_of=clean_line(_words(fields, "on_behalf_of"), limit=200),
        contact_me=fields.get("contact_me") is True,
        case_key=raw.envelope.get("case-key", ""),
        external_id=clean_line(_words(fields, "external_id"), limit=500),
        thread_keys=(ThreadKey("reference", thread),) if thread else (),
        public_place=replace(there or PublicPlace(), said_at=told_at) if from_now and told_at < raw.reached_us_at else there,
    )


def _decoded(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as trouble:
        raise Unreadable(f"This is not JSON: {trouble}") from None


def _object(value: object, name: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise Unreadable(f"{name} is not a JSON object.")
    return value


def _words(fields: dict[str, object], name: str) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise Unreadable(f'"{name}" is not text.')


def _text(fields: dict[str, object]) -> str:
    """Their words, and under them the links of their pictures: nothing is fetched, and nothing is left out."""
    text = clean_text(_words(fields, "text")).strip()
    files = fields.get("attachments")
    named = [file for file in files if isinstance(file, dict)] if isinstance(files, list) else []
    links = [clean_line(f"[{_words(file, 'name') or 'file'}] {_words(file, 'url')}") for file in named if file.get("url")]
    return "\n\n".join(part for part in (text, "\n".join(links)) if part)


def _medium(fields: dict[str, object], otherwise: str) -> str:
    """What others read, too, is a post, whatever else it is called."""
    medium = "post" if fields.get("public") is True else _words(fields, "medium") or otherwise
    if medium not in MEDIA:
        raise Unreadable(f'"medium" must be one of {", ".join(sorted(MEDIA))}, not {medium[:40]!r}.')
    return medium


def _began_at(written: str, reached_us_at: datetime) -> datetime:
    """When they told us, never later than it reached us: a date ahead of us would stop the clock."""
    if not written:
        return reached_us_at
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        raise Unreadable('"at" is not a time such as 2026-06-01T10:00:00Z.') from None
    try:
        return min(at if at.tzinfo else at.replace(tzinfo=UTC), reached_us_at)
    except OverflowError:
        return reached_us_at


def _identities(person: dict[str, object]) -> list[tuple[str, str]]:
    pairs = person.get("identities") or []
    if not isinstance(pairs, list):
        raise Unreadable('"identities" is not a list of [kind, value].')
    return [_identity(pair) for pair in pairs]


def _identity(pair: object) -> tuple[str, str]:
    match pair:
        case [str(kind), str(value)] | {"kind": str(kind), "value": str(value)}:
            return kind, value
    raise Unreadable('"identities" is not a list of [kind, value].')
