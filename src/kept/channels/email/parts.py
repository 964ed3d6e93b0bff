"""The words and the files of a mail, out of any nesting of MIME parts (RFC 2046)."""

from __future__ import annotations

import binascii
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import InvalidBase64LengthDefect
from email.message import Message

from kept.channels.base import Attachment
from kept.channels.cleaning import clean_line, clean_text
from kept.channels.email.charsets import safe_text
from kept.channels.email.headers import AS_RECEIVED, raw_header, safe_header
from kept.lib.html import text_of

_DEEPEST = 50
_MOST_PARTS = 1000
_MOST_TEXTS = 20  # further text parts become files: each may cost a guess at its charset
_LONGEST_HTML = 1_000_000  # characters that are turned into text; the html itself is kept whole
_LONGEST_PARAMETERS = 10_000
_STUB = re.compile(
    r"(not|n't|kein\w*|nicht)\b.{0,60}\bhtml|html[ -]?(e-?mail|message|version|format)|view (it|this|the).{0,40}(browser|online)",
    re.I | re.S,
)
_LONGEST_STUB = 400


@dataclass(frozen=True, slots=True)
class Body:
    """What a mail says."""

    text: str
    html: str
    """As it came, unsafe."""
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    is_html: bool
    alternative: int
    """Which multipart/alternative it belongs to; 0 for none."""


def read_parts(message: Message) -> Body:
    """The words, the raw html and the files of this mail; what lies deeper than 50 or after 1,000 parts is left out."""
    pieces: list[_Piece] = []
    files: list[Attachment] = []
    for part, alternative in leaves(message):
        kind = content_type(part)
        if kind in {"text/plain", "text/html"} and len(pieces) < _MOST_TEXTS and not _is_file(part):
            pieces.append(_Piece(words_of(part), kind == "text/html", alternative))
        elif file := _file(part, kind, number=len(files) + 1):
            files.append(file)
    html = "\n".join(piece.text for piece in pieces if piece.is_html)
    return Body(_preferred(pieces), html, tuple(files))


def leaves(message: Message) -> Iterator[tuple[Message, int]]:
    """Each part that is not a multipart, in order, with the multipart/alternative it belongs to. Forwarded mails stay whole."""
    waiting: list[tuple[Message, int, int]] = [(message, 0, 0)]
    seen = alternatives = 0
    while waiting and seen < _MOST_PARTS:
        part, depth, alternative = waiting.pop()
        seen += 1
        if not _is_multipart(part):
            yield part, alternative
        elif depth < _DEEPEST:
            if content_type(part) == "multipart/alternative":
                alternatives += 1
                alternative = alternatives
            waiting += [(inner, depth + 1, alternative) for inner in reversed(inner_mails(part)[:_MOST_PARTS])]


def inner_mails(part: Message) -> list[Message]:
    """The mails or parts that this one is made of."""
    inner = part.get_payload() if part.is_multipart() else []
    return [one for one in inner if isinstance(one, Message)]


def content_type(part: Message) -> str:
    """Such as text/plain, in lower case; nonsense, and a multipart whose boundary never comes, count as text."""
    if part.get_content_maintype() == "multipart" and not part.is_multipart():
        return "text/plain"
    return clean_line(part.get_content_type(), limit=100)


def words_of(part: Message) -> str:
    """The text of a text part, with LF line ends and without NUL."""
    return clean_text(safe_text(_content(part), _parameter(part, "charset")))


def _is_multipart(part: Message) -> bool:
    return part.is_multipart() and part.get_content_maintype() == "multipart"


def _preferred(pieces: list[_Piece]) -> str:
    """All the text in order; of an alternative its plain half, unless that is empty or only says to look at the html."""
    has_html = {piece.alternative for piece in pieces if piece.is_html}
    spoken_for = set()
    for piece in pieces:
        if not piece.is_html and not (piece.alternative in has_html and _is_stub(piece.text)):
            spoken_for.add(piece.alternative)
    said = []
    for piece in pieces:
        if not piece.is_html:
            if piece.alternative == 0 or piece.alternative in spoken_for:
                said.append(piece.text.strip())
        elif piece.alternative == 0 or piece.alternative not in spoken_for:
            said.append(clean_text(text_of(piece.text[:_LONGEST_HTML])).strip())
    return "\n\n".join(one for one in said if one)


def _is_stub(text: str) -> bool:
    text = text.strip()
    return not text or (len(text) < _LONGEST_STUB and bool(_STUB.search(text)))


def _is_file(part: Message) -> bool:
    disposition = raw_header(part, "content-disposition").strip().lower()
    return disposition.startswith("attachment") or bool(_name(part))


def _file(part: Message, kind: str, *, number: int) -> Attachment | None:
    content = _content(part)
    name = _name(part)
    if not content and not name:
        return None
    return Attachment(name or f"part-{number}{mimetypes.guess_extension(kind) or '.bin'}", kind, content)


def _name(part: Message) -> str:
    """What the sender calls the file: a label without its path, never used as one."""
    name = _parameter(part, "filename", "content-disposition") or _parameter(part, "name")
    return clean_line(re.split(r"[\\/]", safe_header(name))[-1].strip(". "), limit=200)


def _parameter(part: Message, name: str, of: str = "content-type") -> str:
    """A parameter of a header, RFC 2231 undone; empty where it is missing or nonsense."""
    raw = raw_header(part, of)
    if ";" not in raw or len(raw) > _LONGEST_PARAMETERS:
        return ""
    try:
        value = part.get_param(name, "", of)
    except (ValueError, LookupError, TypeError):
        return ""
    if isinstance(value, tuple):  # RFC 2231: charset, language, value with the bytes as latin-1 characters
        charset, _, encoded = value
        return safe_text(encoded.encode("latin-1", "replace"), charset or "", guess=False)
    return value


def _content(part: Message) -> bytes:
    """The bytes of a part, its transfer encoding undone as far as it can be; a forwarded mail as a whole."""
    if part.is_multipart():
        return b"\n".join(_whole(one) for one in inner_mails(part))
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return b""
    if any(isinstance(defect, InvalidBase64LengthDefect) for defect in part.defects):
        letters = re.sub(rb"[^A-Za-z0-9+/]", b"", content)  # cut within a letter: the library gives up on all of it
        return binascii.a2b_base64(letters[: len(letters) // 4 * 4])
    return content


def _whole(mail: Message) -> bytes:
    try:
        return mail.as_bytes(policy=AS_RECEIVED)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):  # broken inside; the raw mail still has it
        return b""
