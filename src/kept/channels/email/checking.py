"""Tries the servers of an account and says in plain words what is wrong."""

from __future__ import annotations

import imaplib
import smtplib
from collections.abc import Callable, Mapping
from contextlib import suppress

from django.utils.translation import gettext as _

from kept.channels.email.servers import Server, WrongAddress, imap_server, open_imap, open_smtp, smtp_server
from kept.channels.email.troubles import in_words

_PATIENCE = 5.0  # seconds; somebody waits for the page


def problems_of(settings: Mapping[str, str]) -> list[str]:
    """One sentence for each thing that keeps mail from coming in or going out; empty when both work."""
    return [*_of("mailbox", lambda: imap_server(settings), _try_imap), *_outgoing(settings)]


def _outgoing(settings: Mapping[str, str]) -> list[str]:
    if not settings.get("smtp") and not settings.get("smtp_default"):
        return [_("No outgoing mail server is set: answers wait until there is one.")]
    our_name = settings.get("address", "").rpartition("@")[2] or "localhost"
    return _of("outgoing", lambda: smtp_server(settings), lambda server: _try_smtp(server, our_name))


def _of(which: str, find: Callable[[], Server | None], attempt: Callable[[Server], str]) -> list[str]:
    what = _("Mailbox") if which == "mailbox" else _("Outgoing server")
    try:
        server = find()
    except WrongAddress as trouble:
        return [f"{what}: {trouble}"]
    if server is None:
        return []
    trouble_found = in_words(server, attempt)
    return [f"{what}: {trouble_found}"] if trouble_found else []


def _try_imap(server: Server) -> str:
    imap = open_imap(server, timeout=_PATIENCE)
    try:
        folder = server.folder.replace("\\", "\\\\").replace('"', '\\"')
        answer, _found = imap.select(f'"{folder}"', readonly=True)
        return "" if answer == "OK" else _("it has no folder %(folder)s.") % {"folder": server.folder}
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            imap.logout()


def _try_smtp(server: Server, our_name: str) -> str:
    smtp = open_smtp(server, our_name=our_name, timeout=_PATIENCE)
    with suppress(smtplib.SMTPException, OSError):
        smtp.quit()
    return ""
