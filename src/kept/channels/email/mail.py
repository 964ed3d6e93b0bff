"""One mail with the facts that every rule asks for: who wrote it, to which address of ours, with or without a sender."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from kept.channels.base import Raw, Unreadable
from kept.channels.email.headers import AS_RECEIVED, Named, addresses, header, message_ids, raw_header
from kept.channels.handles import email_address

_NO_REPLY = re.compile(r"(do[._-]?)?(no|not)[._-]?reply|wordpress|www-data|apache|nobody")


@dataclass(frozen=True, slots=True)
class Mail:
    """A parsed mail, its envelope, and the address of ours that the account has."""

    message: Message
    envelope: Mapping[str, str]
    our_address: str
    our_authserv_id: str
    written_from: tuple[Named, ...]
    """Everybody in From; more than one is lawful but proves nothing."""
    reply_to: tuple[Named, ...]

    @property
    def author(self) -> Named:
        """Whom to answer as the sender. A form on a website writes as itself and names the customer in Reply-To."""
        if self.is_by_a_form:
            return self.reply_to[0]
        named = next((one for one in self.written_from if one.address), None)
        if named:
            return named
        name = self.written_from[0].name if self.written_from else ""
        fallback = addresses(self.message, "sender")
        address = next((one.address for one in fallback if one.address), email_address(self.envelope.get("mail_from", "")))
        return Named(name, address)

    @property
    def is_by_a_form(self) -> bool:
        """Our own address, or one that takes no answers, wrote it for the person in Reply-To."""
        if not self.written_from or not self.reply_to:
            return False
        sender, wanted = self.written_from[0].address, self.reply_to[0].address
        if not wanted or wanted == sender or self.is_ours(wanted) or takes_no_answers(wanted):
            return False
        return self.is_ours(sender) or takes_no_answers(sender)

    @property
    def is_by_our_form(self) -> bool:
        """Such a form, on our own website."""
        return self.is_by_a_form and self.written_from[0].address.rpartition("@")[2] == self.our_address.rpartition("@")[2]

    @property
    def has_null_sender(self) -> bool:
        """The envelope said `<>`. Mailboxes have no envelope: there only the Return-Path that was written counts."""
        said = self.envelope.get("mail_from")
        if said is not None and "uid" not in self.envelope and said.strip() in {"", "<>"}:
            return True
        return raw_header(self.message, "return-path").strip() == "<>"

    @property
    def subject(self) -> str:
        """The subject in words, on one line."""
        return header(self.message, "subject")

    @property
    def answers_us(self) -> bool:
        """It carries a Message-ID of our domain as its reference, or came to a signed address of ours."""
        domain = self.our_address.rpartition("@")[2]
        if self.token_of(self.envelope.get("rcpt_to", "")):
            return True
        ids = message_ids(self.message, "in-reply-to") + message_ids(self.message, "references")
        return bool(domain) and any(one.lower().endswith(f"@{domain}") for one in ids)

    def is_ours(self, address: str) -> bool:
        """The account's address, with or without a token after a plus."""
        return bool(address) and (address == self.our_address or bool(self.token_of(address)))

    def token_of(self, address: str) -> str:
        """What stands after the plus in an address of ours, in the spelling it came in; else empty."""
        local, _, domain = address.strip().strip("<>").rpartition("@")
        base, _, token = local.partition("+")
        return token if f"{base}@{domain}".lower() == self.our_address else ""


def open_mail(raw: Raw, settings: Mapping[str, str]) -> Mail:
    """The mail in these bytes. Raises Unreadable where there is none."""
    try:
        message: Message = message_from_bytes(raw.body, policy=AS_RECEIVED)
    except RecursionError:
        raise Unreadable("Its parts are packed into each other too deeply.") from None
    if not message.keys():
        raise Unreadable("These bytes have no mail header.")
    return Mail(
        message=message,
        envelope=raw.envelope,
        our_address=email_address(settings.get("address", "")),
        our_authserv_id=settings.get("trusted_authserv_id", "").strip().lower(),
        written_from=tuple(addresses(message, "from")),
        reply_to=tuple(one for one in addresses(message, "reply-to") if one.address),
    )


def takes_no_answers(address: str) -> bool:
    """The local part says that nobody reads what is sent there."""
    return bool(_NO_REPLY.match(address.rpartition("@")[0]))
