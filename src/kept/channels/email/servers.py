"""The mail servers of an account, out of its settings, and how to reach them safely."""

from __future__ import annotations

import imaplib
import ipaddress
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

_PORTS = {"imap": 143, "imaps": 993, "smtp": 587, "smtps": 465}

LOGIN_PATIENCE = 20.0
"""Seconds: Dovecot holds its answer to a wrong password back for up to 17, and nobody may call that a dead server."""


class WrongAddress(ValueError):
    """A server's address cannot be used; the sentence says what it should look like."""


class NotEncrypted(Exception):
    """The server offers no encryption, and a password would cross the network in the clear."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where a mail server is and who we are there."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    folder: str = "INBOX"

    @property
    def is_encrypted_at_once(self) -> bool:
        """TLS before the first word (imaps, smtps)."""
        return self.scheme.endswith("s")

    @property
    def is_on_this_machine(self) -> bool:
        """No network lies between: nothing to encrypt."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def imap_server(settings: Mapping[str, str]) -> Server | None:
    """The mailbox that is fetched from, or None. Raises WrongAddress."""
    url = settings.get("imap", "")
    return _server(url, settings.get("imap_password", ""), schemes=("imaps", "imap")) if url else None


def smtp_server(settings: Mapping[str, str]) -> Server | None:
    """The server that takes our mail: the account's, else the installation's ("smtp_default"), else None. Raises WrongAddress."""
    if url := settings.get("smtp", ""):
        return _server(url, settings.get("smtp_password", ""), schemes=("smtps", "smtp"))
    url = settings.get("smtp_default", "")
    return _server(url, "", schemes=("smtps", "smtp")) if url else None


def open_imap(server: Server, *, timeout: float) -> imaplib.IMAP4:
    """A connection that is logged in. Raises OSError, imaplib.IMAP4.error or NotEncrypted."""
    if server.is_encrypted_at_once:
        imap: imaplib.IMAP4 = imaplib.IMAP4_SSL(
            server.host, server.port, ssl_context=ssl.create_default_context(), timeout=timeout
        )
    else:
        imap = imaplib.IMAP4(server.host, server.port, timeout=timeout)
        if not server.is_on_this_machine:
            if "STARTTLS" not in imap.capabilities:
                raise NotEncrypted
            imap.starttls(ssl.create_default_context())
    imap.sock.settimeout(max(timeout, LOGIN_PATIENCE))
    imap.login(server.user, server.password)
    return imap


def open_smtp(server: Server, *, our_name: str, timeout: float) -> smtplib.SMTP:
    """A connection that has said hello and is logged in. Raises OSError, smtplib.SMTPException or NotEncrypted.

    `our_name` is what we call ourselves: looking up this machine's own name can hang for seconds.
    """
    if server.is_encrypted_at_once:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, local_hostname=our_name, timeout=timeout, context=ssl.create_default_context()
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, local_hostname=our_name, timeout=timeout)
    smtp.ehlo_or_helo_if_needed()
    if not server.is_encrypted_at_once and not server.is_on_this_machine:
        if smtp.has_extn("starttls"):
            smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo()
        elif server.user:
            raise NotEncrypted
    if server.user:
        smtp.login(server.user, server.password)
    return smtp


def _server(url: str, password: str, *, schemes: tuple[str, ...]) -> Server:
    wanted = _("%(scheme)s://user@host") % {"scheme": schemes[0]}
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        raise WrongAddress(_("The server's address should look like %(wanted)s.") % {"wanted": wanted}) from None
    if parts.scheme not in schemes or not parts.hostname:
        raise WrongAddress(_("The server's address should look like %(wanted)s.") % {"wanted": wanted})
    return Server(
        scheme=parts.scheme,
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=password or unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
    )
