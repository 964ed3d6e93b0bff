"""Mail servers saying that ours did not arrive: which mail, to whom, for good or not yet (RFC 3464, and those who ignore it)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from kept.channels.email.headers import AS_RECEIVED, addresses, header, message_id, message_ids, raw_header
from kept.channels.email.mail import Mail
from kept.channels.email.parts import content_type, inner_mails, leaves, words_of
from kept.channels.handles import email_address

_MAILERS = re.compile(
    r"(mailer[-_.]?daemon|postmaster|microsoftexchange[0-9a-f]*|mail[-_.]?(delivery|system|server)|bounces?|mdaemon)([+=-].*)?@",
    re.I,
)
_MAILER_NAMES = re.compile(
    r"mail(er)? ?(delivery|system|daemon|administrator)|postmaster|delivery (sub)?system|microsoft outlook", re.I
)
_SUBJECTS = re.compile(
    r"undeliver(able|ed)|deliver(y|ed)? (status|failure|failed|report|has failed)|fail(ed|ure) (to deliver|notice|delivery)"
    r"|failure notice|returned (mail|e-?mail|to sender)|mail (delivery|system error|could not)"
    r"|could not (be )?(send|sent|deliver)|message (blocked|not delivered|rejected|undeliverable)"
    r"|unzustellbar|nicht zugestellt|non remis|échec de la remise|onbestelbaar|no entregado|mancato recapito",
    re.I,
)
_LOOSER_SUBJECTS = re.compile(
    r"deliver|delay|reject|blocked|returned|fail|warning|quota|mailbox|zustell|remise|entreg|recapito", re.I
)
_DELAYED = re.compile(r"\b(delay(ed)?|warning|will retry|still (be )?(trying|being retried)|verz[öo]ger)", re.I)
_FINAL = re.compile(
    r"\b5\.\d{1,3}\.\d{1,3}\b|\b55\d\b|permanent|fatal|does ?n.t exist|unknown user|user unknown|gave up|giving up", re.I
)
_DIFFERENT_REPORT = frozenset({"delivered", "relayed", "expanded"})
_ANY_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"']{1,100}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}", re.I)
_ANY_ID = re.compile(r"^[>\s]{0,10}message-id:\s{0,10}<([^<>\s]{1,500})>", re.I | re.M)
_LOOKED_AT = 20_000  # characters of a report's prose


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a report says; empty fields where it does not."""

    message_id: str
    address: str
    is_final: bool
    did_arrive: bool
    """A report of success, which some people ask their server for."""


def is_bounce(mail: Mail) -> bool:
    """A mail server reports on a mail of ours: by form (RFC 3462), or by sender and subject together."""
    if _report_type(mail) == "delivery-status":
        return True
    author = mail.written_from[0] if mail.written_from else None
    address = author.address if author else ""
    if re.match(r"mailer[-_.]?daemon\b", address, re.I):
        return True
    is_mailer = bool(_MAILERS.match(address)) or bool(author and _MAILER_NAMES.search(author.name))
    if not (is_mailer or mail.has_null_sender):
        return False  # a person may write "delivery failure", or be the postmaster: one sign alone says nothing
    if "x-failed-recipients" in mail.message or _has_delivery_status(mail):
        return True
    subjects = _LOOSER_SUBJECTS if is_mailer and mail.has_null_sender else _SUBJECTS
    return bool(subjects.search(mail.subject))


def is_report(mail: Mail) -> bool:
    """Any machine's report: read receipts (RFC 8098), abuse feedback (RFC 5965), TLS statistics."""
    return bool(_report_type(mail))


def read_bounce(mail: Mail) -> Bounce:
    """The mail it is about, from its fields where it has them, else from the prose of the report."""
    fields = _Fields(mail)
    prose = fields.prose[:_LOOKED_AT]
    action = fields.action
    is_late = action == "delayed" or (not action and bool(_DELAYED.search(mail.subject)))
    is_failed = action == "failed" or fields.status.startswith("5") or (not action and _sounds_final(mail, prose))
    return Bounce(
        message_id=fields.returned_id or _id_in(prose) or _id_referred_to(mail),
        address=fields.recipient or _failed_recipient(mail) or fields.returned_to or _address_in(prose, mail),
        is_final=is_failed and not is_late and action not in _DIFFERENT_REPORT,
        did_arrive=action in _DIFFERENT_REPORT,
    )


class _Fields:
    """What the parts of a report hold, the failed recipient before any other."""

    def __init__(self, mail: Mail) -> None:
        self.recipient = self.action = self.status = self.returned_id = self.returned_to = self.prose = ""
        for part, _ in leaves(mail.message):
            kind = content_type(part)
            if kind in {"message/delivery-status", "message/global-delivery-status"}:
                self._read_status(part)
            elif kind in {"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"}:
                self._read_returned(part)
            elif kind.startswith("text/"):
                self.prose += words_of(part)

    def _read_status(self, part: Message) -> None:
        for block in inner_mails(part):
            action = header(block, "action").lower().split(" ")[0]
            if not action or self.action == "failed":
                continue
            recipient = _typed(block, "original-recipient") or _typed(block, "final-recipient")
            self.action, self.status, self.recipient = action, header(block, "status"), recipient or self.recipient

    def _read_returned(self, part: Message) -> None:
        inner = inner_mails(part)
        returned = inner[0] if inner else message_from_bytes(words_of(part).lstrip().encode(), policy=AS_RECEIVED)
        self.returned_id = self.returned_id or message_id(returned)
        people = [one.address for one in addresses(returned, "to") if one.address]
        self.returned_to = self.returned_to or (people[0] if len(people) == 1 else "")


def _typed(block: Message, name: str) -> str:
    """The address in a field such as `rfc822; john@example.org`."""
    return email_address(header(block, name).rpartition(";")[2])


def _report_type(mail: Mail) -> str:
    if content_type(mail.message) != "multipart/report":
        return ""
    found = re.search(r"report-type\s*=\s*\"?\s*([a-z-]+)", raw_header(mail.message, "content-type"), re.I)
    if found:
        return found[1].lower()
    return "delivery-status" if _has_delivery_status(mail) else "unknown"


def _has_delivery_status(mail: Mail) -> bool:
    return any(content_type(part) == "message/delivery-status" for part, _ in leaves(mail.message))


def _failed_recipient(mail: Mail) -> str:
    """Exim and Gmail name them in a header of their own."""
    return next((one.address for one in addresses(mail.message, "x-failed-recipients")), "")


def _sounds_final(mail: Mail, prose: str) -> bool:
    return "x-failed-recipients" in mail.message or bool(_FINAL.search(prose)) or bool(_SUBJECTS.search(mail.subject))


def _id_in(prose: str) -> str:
    found = _ANY_ID.search(prose)
    return found[1] if found else ""


def _id_referred_to(mail: Mail) -> str:
    ids = message_ids(mail.message, "in-reply-to") + message_ids(mail.message, "references")[::-1]
    return ids[0] if ids else ""


def _address_in(prose: str, mail: Mail) -> str:
    """The first address that is neither ours nor the reporting server's."""
    found = (email_address(one.strip(".")) for one in _ANY_ADDRESS.findall(prose))
    return next((one for one in found if one and not mail.is_ours(one) and not _MAILERS.match(one)), "")
