"""Mail headers as words, addresses and ids, whatever nonsense they hold: nothing here raises."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.policy import Compat32
from email.utils import getaddresses
from typing import NamedTuple

from kept.channels.cleaning import clean_line
from kept.channels.email.charsets import safe_text
from kept.channels.handles import email_address

_LONGEST_LIST = 100_000  # characters of one address header that are read
_MOST_ADDRESSES = 200
_MOST_IDS = 50
_WORD = r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?="
_ENCODED_RUN = re.compile(rf"{_WORD}(?:\s+{_WORD})*")
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,200}@[^\s@<>()\[\],;:\"\\]{1,255}")
_ID = re.compile(r"<([^<>\s]{1,500})>")


class _AsReceived(Compat32):
    """Gives header values as they came: Python's own decoding raises or lies on real mail (channels.md 3.7)."""

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002  # the library calls it so
        return value


AS_RECEIVED = _AsReceived()


class Named(NamedTuple):
    """An address with the name before it; the address is in lower case, or empty where there was only a name."""

    name: str
    address: str


def raw_header(message: Message, name: str) -> str:
    """The first header of this name as it came, with bytes over 127 as surrogates; empty if there is none."""
    value = message.get(name)
    return value if isinstance(value, str) else ""


def header(message: Message, name: str, *, limit: int = 1000) -> str:
    """The first header of this name in words, one line."""
    return safe_header(raw_header(message, name), limit=limit)


def safe_header(raw: str, *, limit: int = 1000) -> str:
    """Words on one line out of a raw header: encoded words (RFC 2047) and bare bytes decoded, control characters gone."""
    raw = raw[: 20 * limit]
    if not raw.isascii():
        raw = safe_text(raw.encode("utf-8", "surrogateescape"), guess=False)
    if "=?" in raw:
        raw = _ENCODED_RUN.sub(lambda run: _decoded_run(run[0]), raw)
    return clean_line(raw, limit=limit)


def _decoded_run(run: str) -> str:
    """A run of encoded words, which belong together: a letter may be cut between two of them."""
    try:
        pieces = decode_header(run)
    except (HeaderParseError, ValueError):
        return run
    return "".join(
        safe_text(piece, charset or "", guess=False) if isinstance(piece, bytes) else piece for piece, charset in pieces
    )


def addresses(message: Message, *names: str) -> list[Named]:
    """Everybody in these headers, in order; a name without an address is kept, an empty entry is not."""
    found: list[Named] = []
    for name in names:
        for value in message.get_all(name, [])[:10]:
            found += _people(str(value)[:_LONGEST_LIST])
    return found[:_MOST_ADDRESSES]


def _people(raw: str) -> list[Named]:
    try:
        pairs = getaddresses([raw]) if raw.count("(") < 50 else []
    except (IndexError, ValueError, RecursionError):
        pairs = []
    people = [Named(safe_header(name, limit=200), email_address(safe_header(address))) for name, address in pairs]
    people = [person for person in people if person.address]
    if people:
        return people
    bare = _ADDRESS.search(raw)
    before = raw[: bare.start()] if bare else raw
    person = Named(safe_header(before.strip(" \t\"'<(,;:"), limit=200), email_address(safe_header(bare[0])) if bare else "")
    return [person] if any(person) else []


def message_ids(message: Message, name: str) -> list[str]:
    """The Message-IDs in this header without angle brackets; of a long list the last 50."""
    raw = raw_header(message, name)[-50_000:]
    found = _ID.findall(raw) or [word.strip("<>,;") for word in raw.split() if "@" in word]
    return [clean_line(one, limit=500) for one in found[-_MOST_IDS:]]


def message_id(message: Message) -> str:
    """The mail's own Message-ID without angle brackets, or empty."""
    raw = raw_header(message, "message-id")
    found = _ID.search(raw)
    return clean_line(found[1] if found else raw.strip(" <>\t\r\n"), limit=500)
