"""Our words as a mail: alternative text and html, one author, and no header but those we mean (RFC 5322)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email.charset import QP, Charset
from email.encoders import encode_base64
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr

from django.utils.translation import gettext as _

from kept.channels.base import Attachment, Outgoing, Undeliverable
from kept.channels.cleaning import clean_line, clean_text
from kept.channels.email.automatic import LOOP_HEADER
from kept.channels.handles import email_address

# Headers on single lines: folded ones break the signature over List-Unsubscribe at some servers; we fold the long ones ourselves.
_ON_THE_WIRE = compat32.clone(linesep="\r\n", max_line_length=None)
_UTF8 = Charset("utf-8")
_UTF8.body_encoding = QP  # every line under 77 bytes of ASCII, which any server carries
_MAY_BE_ADDED = re.compile(r"(list-[a-z-]+|x-[a-z0-9-]+|feedback-id|organization|importance|precedence)", re.I)
_LONGEST_LINE = 990
_MOST_REFERENCES = 12


def write(outgoing: Outgoing, *, now: datetime, with_reply_to: bool = True) -> bytes:
    """The mail with CRLF line ends, all ASCII. Raises Undeliverable where an address cannot be written."""
    mail = _body(outgoing)
    for name, value in _headers(outgoing, now=now, with_reply_to=with_reply_to):
        mail[name] = value
    return mail.as_bytes(policy=_ON_THE_WIRE)


def wire_address(address: str) -> str:
    """The address as SMTP wants it, its domain in ASCII (RFC 5891). Raises Undeliverable."""
    local, _at, domain = email_address(address).rpartition("@")
    try:
        local.encode("ascii")
        wire = f"{local}@{domain.encode('idna').decode()}" if local else ""
    except UnicodeError:
        wire = ""
    if not wire:
        raise Undeliverable(
            _("%(address)s is not an address that mail can be sent to.") % {"address": clean_line(address, limit=100)}
        )
    return wire


def _headers(outgoing: Outgoing, *, now: datetime, with_reply_to: bool) -> Iterator[tuple[str, str]]:
    yield "Date", format_datetime(now)
    yield "From", _mailbox(outgoing.author, outgoing.from_address)
    yield "To", _mailbox(outgoing.to_name, outgoing.to.value)
    yield "Subject", _phrase(clean_line(outgoing.subject, limit=300), header_name="Subject")
    yield "Message-ID", f"<{_bare_id(outgoing.message_id)}>"
    if outgoing.reply_to and with_reply_to:
        yield "Reply-To", _mailbox(outgoing.author, outgoing.reply_to)
    if references := [f"<{_bare_id(one)}>" for one in outgoing.references if _bare_id(one)]:
        yield "In-Reply-To", references[-1]
        yield "References", "\r\n ".join(references[:1] + references[1:][-_MOST_REFERENCES:])
    if outgoing.automatic:
        yield "Auto-Submitted", "auto-replied"
        yield "X-Auto-Response-Suppress", "All"
        yield LOOP_HEADER, "1"
    for name, value in outgoing.headers.items():
        if _MAY_BE_ADDED.fullmatch(name):
            yield name, _ascii(clean_line(value, limit=_LONGEST_LINE - len(name) - 2))


def _body(outgoing: Outgoing) -> Message:
    plain = MIMEText(clean_text(outgoing.text), "plain", _UTF8)  # type: ignore[arg-type]  # the documents allow a Charset here
    words: Message = plain
    if outgoing.html:
        words = MIMEMultipart("alternative", None, [plain, MIMEText(clean_text(outgoing.html), "html", _UTF8)])  # type: ignore[arg-type]
    if not outgoing.attachments:
        return words
    return MIMEMultipart("mixed", None, [words, *map(_file, outgoing.attachments)])


def _file(attachment: Attachment) -> Message:
    """Mails and parts travel as plain bytes: RFC 2046 allows no base64 inside message/ and multipart/."""
    kind = attachment.content_type.lower()
    if not re.fullmatch(r"(application|audio|font|image|model|text|video)/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}", kind):
        kind = "application/octet-stream"
    part = MIMEBase(*kind.split("/"))
    part.set_payload(attachment.content)
    encode_base64(part)
    name = clean_line(attachment.name, limit=120)
    part.add_header("Content-Disposition", "attachment", filename=name if name.isascii() else ("utf-8", "", name))
    return part


def _mailbox(name: str, address: str) -> str:
    name = clean_line(name, limit=100)
    if _is_plain(name):
        return formataddr((name, wire_address(address)))
    return f"{_phrase(name)} <{wire_address(address)}>"


def _phrase(text: str, *, header_name: str = "From") -> str:
    """Words for a header. What already looks like an encoded word is encoded, lest it be read as something else."""
    if _is_plain(text) and len(text) < _LONGEST_LINE:
        return text
    return Header(text, "utf-8", header_name=header_name).encode(linesep="\r\n")


def _is_plain(text: str) -> bool:
    return text.isascii() and "=?" not in text


def _bare_id(message_id: str) -> str:
    return re.sub(r"[^\x21-\x7e]|[<>]", "", message_id)[:250]


def _ascii(text: str) -> str:
    return text.encode("ascii", "replace").decode()
