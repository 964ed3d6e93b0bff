"""The body of a request, whole or not at all: read to its end by ourselves, before anybody may say yes.

A chunked POST carries no CONTENT_LENGTH, and a sender who drops half-way leaves fewer bytes than announced; both look like
a finished request to whoever reads just as many bytes as the header says (docs/decisions/0003-group-commit.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

PIECE = 1024 * 1024
MOST_LISTENED_TO = 512 * PIECE
"""A browser hears a refusal only when it has sent everything; whoever sends more than this is not listened to."""


class TooLarge(Exception):
    """More bytes than we take."""


class BrokenOff(Exception):
    """Fewer bytes than announced: the sender has gone."""


class NoLength(Exception):
    """Neither a length nor chunks: nobody could tell whether this is all."""


def read_whole(environ: Mapping[str, Any], *, most: int) -> bytes:
    """Every byte the sender meant to send. Raises TooLarge, BrokenOff or NoLength, and then nothing of it may be kept."""
    chunked = "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower()
    announced = environ.get("CONTENT_LENGTH") or ""
    if not chunked and not announced.isdecimal():
        raise NoLength
    if announced.isdecimal() and not chunked and int(announced) > most:
        raise TooLarge
    body = _read(environ["wsgi.input"], most=most)
    if not chunked and len(body) != int(announced):
        raise BrokenOff
    return body


def _read(stream: Any, *, most: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while True:
        try:
            piece = stream.read(PIECE)
        except OSError as trouble:
            raise BrokenOff from trouble
        if not piece:
            return b"".join(pieces)
        size += len(piece)
        if size > most:
            raise TooLarge
        pieces.append(piece)


def beginning_of(environ: Mapping[str, Any]) -> bytes:
    """The first bytes of a body that is too large, where the words stand; the rest is thrown away. Empty: it broke off."""
    announced = environ.get("CONTENT_LENGTH") or ""
    left = int(announced) if announced.isdecimal() else 0
    if left > MOST_LISTENED_TO:
        return b""
    first = b""
    while left > 0:
        try:
            piece = environ["wsgi.input"].read(min(PIECE, left))
        except OSError:
            return b""
        if not piece:
            return b""
        first, left = first or piece, left - len(piece)
    return first


def with_body(environ: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    """The same request with its body already read, for whoever comes next."""
    whole = {name: value for name, value in environ.items() if name != "HTTP_TRANSFER_ENCODING"}
    return {**whole, "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body)}
