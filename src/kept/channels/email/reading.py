"""A mail becomes an Incoming: whose words, which words, to which matter, and whether a person wrote them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.parser import BytesHeaderParser

from kept.channels.base import Handle, Incoming, Raw
from kept.channels.email.automatic import wants_no_automatic_answer, why_automatic
from kept.channels.email.bounces import read_bounce
from kept.channels.email.headers import AS_RECEIVED, message_id
from kept.channels.email.mail import Mail, open_mail
from kept.channels.email.parts import read_parts
from kept.channels.email.proving import dmarc_verdict
from kept.channels.email.threads import people_copied, thread_keys

_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")


def read(raw: Raw, settings: Mapping[str, str]) -> Incoming:
    """What this mail says. Raises Unreadable where the bytes are no mail."""
    mail = open_mail(raw, settings)
    automatic = why_automatic(mail)
    if automatic == "bounce":
        return _report(mail, raw)
    body, verdict = read_parts(mail.message), dmarc_verdict(mail)
    return Incoming(
        sender=_sender(mail, is_proven=verdict == "pass"),
        name=mail.author.name,
        text=body.text,
        html=body.html,
        attachments=body.attachments,
        subject=mail.subject,
        medium="email",
        began_at=_began_at(raw),
        external_id=message_id(mail.message),
        content_hash=content_hash(raw),
        reply_to=_reply_to(mail),
        copied=tuple(Handle("email", address) for address in people_copied(mail)),
        thread_keys=thread_keys(mail),
        automatic=automatic,
        may_acknowledge=not automatic and verdict != "fail" and not wants_no_automatic_answer(mail),
    )


def dedupe_key(raw: Raw) -> str:
    """Names this one delivery: a mailbox's own number, else Message-ID with content and recipient; empty without either."""
    where = raw.envelope
    if where.get("uid") and where.get("uidvalidity"):
        return f"imap:{where.get('folder', '')}:{where['uidvalidity']}:{where['uid']}"
    content = content_hash(raw)
    return f"mail:{content}:{where.get('rcpt_to', '').lower()}"[:400] if content else ""


def content_hash(raw: Raw) -> str:
    """Of Message-ID and body: the same for every copy of one mail, whose headers differ. Empty without a Message-ID."""
    end = _END_OF_HEADER.search(raw.body)
    head, body = (raw.body[: end.end()], raw.body[end.end() :]) if end else (raw.body, b"")
    own_id = message_id(BytesHeaderParser(policy=AS_RECEIVED).parsebytes(head))
    if not own_id:
        return ""
    return hashlib.sha256(own_id.encode() + b"\n" + body.replace(b"\r\n", b"\n").rstrip()).hexdigest()


def _report(mail: Mail, raw: Raw) -> Incoming:
    bounce = read_bounce(mail)
    return Incoming(
        kind="status" if bounce.did_arrive else "bounce",
        automatic="robot" if bounce.did_arrive else "bounce",
        may_acknowledge=False,
        bounced_message_id=bounce.message_id,
        bounced_address=bounce.address,
        bounce_is_final=bounce.is_final,
        sender=_sender(mail, is_proven=False),
        name=mail.author.name,
        subject=mail.subject,
        text=read_parts(mail.message).text,
        medium="email",
        began_at=_began_at(raw),
        external_id=message_id(mail.message),
        content_hash=content_hash(raw),
        thread_keys=thread_keys(mail),
    )


def _sender(mail: Mail, *, is_proven: bool) -> tuple[Handle, ...]:
    address = mail.author.address
    return (Handle("email", address, proven=is_proven),) if address else ()


def _reply_to(mail: Mail) -> tuple[Handle, ...]:
    """Other addresses they want the answer at. One of ours would lead the answer back to us."""
    wanted = dict.fromkeys(one.address for one in mail.reply_to if not mail.is_ours(one.address))
    return tuple(Handle("email", address) for address in list(wanted)[:10] if address != mail.author.address)


def _began_at(raw: Raw) -> datetime:
    """When it reached the first mailbox of ours; its Date header is the sender's word and starts no clock."""
    try:
        kept_since = datetime.fromisoformat(raw.envelope.get("internaldate", ""))
        return min(kept_since if kept_since.tzinfo else kept_since.replace(tzinfo=UTC), raw.reached_us_at)
    except (ValueError, OverflowError):
        return raw.reached_us_at
