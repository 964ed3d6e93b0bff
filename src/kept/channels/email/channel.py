"""The mail channel itself: reads what a mailbox, LMTP or a pipe was given, and sends by SMTP."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kept.channels.base import Channel, Incoming, NotSetUp, Outgoing, Raw, Undeliverable, Unreadable
from kept.channels.email.checking import problems_of
from kept.channels.email.form import EmailSettings
from kept.channels.email.reading import dedupe_key, read
from kept.channels.email.sending import hand_over
from kept.channels.email.servers import WrongAddress, smtp_server
from kept.channels.email.writing import wire_address, write
from kept.lib.clock import now


class EmailChannel(Channel):
    """Mail in by any of our mail doors, mail out by SMTP."""

    kind = "email"
    label = gettext_noop("E-mail")
    proven = gettext_noop("Proven against Dovecot as the mailbox, Postfix as the one who hands it over, and SMTP servers.")
    Settings = EmailSettings

    def is_pulled(self) -> bool:
        """With a mailbox; without one another server hands the mail to us."""
        return bool(self.settings.get("imap"))

    def dedupe_key(self, raw: Raw) -> str:
        """The mailbox's number, or Message-ID and content for each recipient."""
        return dedupe_key(raw)

    def parse(self, raw: Raw) -> list[Incoming]:
        """One mail, one Incoming."""
        try:
            return [read(raw, self.settings)]
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as trouble:
            # The library's parser is known to raise these on real mail; the customer must not be lost for it.
            raise Unreadable(f"{type(trouble).__name__}: {trouble}") from trouble

    def send(self, outgoing: Outgoing) -> str:
        """The outgoing server has it. Raises TryLater, one of its subclasses MaybeSent and NotSetUp, or Undeliverable."""
        if outgoing.to.kind != "email":
            raise Undeliverable(_("%(address)s is not an e-mail address.") % {"address": outgoing.to.value})
        mail = write(outgoing, now=now(), with_reply_to=self.settings.get("reply_to") != "none")
        try:
            server = smtp_server(self.settings)
        except WrongAddress as trouble:
            raise NotSetUp(str(trouble)) from None
        if server is None:
            raise NotSetUp(_("No outgoing mail server is set. It is sent as soon as there is one."))
        sender = wire_address(self.settings.get("bounce_to") or outgoing.from_address)
        return hand_over(mail, sender=sender, recipient=wire_address(outgoing.to.value), server=server) or outgoing.message_id

    def problems(self) -> list[str]:
        """What is wrong with the mailbox or the outgoing server, after trying both."""
        return problems_of(self.settings)
