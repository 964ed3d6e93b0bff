"""Hands a mail to an SMTP server (RFC 5321) and says honestly what became of it: taken, later, never, or perhaps."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.utils.translation import gettext as _

from kept.channels.base import MaybeSent, TryLater, Undeliverable
from kept.channels.cleaning import clean_line
from kept.channels.email.servers import NotEncrypted, Server, open_smtp

_PATIENCE = 30.0  # seconds for each word of the server
_TAKEN_AS = re.compile(r"(?:queued as|\bid=|^(?:\d\.\d\.\d )?ok:?(?! queued))\s*<?([\w.@+/=-]{6,})", re.I)


def hand_over(mail: bytes, *, sender: str, recipient: str, server: Server, patience: float = _PATIENCE) -> str:
    """The server has the mail; returns its own id for it, or empty. Raises TryLater, MaybeSent or Undeliverable."""
    with _talk(server, our_name=sender.rpartition("@")[2], patience=patience) as smtp:
        _give_envelope(smtp, sender, recipient)
        return _give_mail(smtp, mail)


@contextmanager
def _talk(server: Server, *, our_name: str, patience: float) -> Iterator[smtplib.SMTP]:
    """A conversation in which every trouble of the line is a TryLater."""
    smtp = None
    try:
        smtp = open_smtp(server, our_name=our_name, timeout=patience)
        yield smtp
    except smtplib.SMTPAuthenticationError:
        raise TryLater(_("The outgoing mail server %(host)s refuses our user or password.") % {"host": server.host}) from None
    except smtplib.SMTPResponseException as trouble:
        raise TryLater(_words(trouble.smtp_code, trouble.smtp_error)) from None
    except NotEncrypted:
        raise TryLater(
            _("The outgoing mail server %(host)s offers no encryption for our password.") % {"host": server.host}
        ) from None
    except (smtplib.SMTPException, OSError, ssl.SSLError) as trouble:
        raise TryLater(_("The outgoing mail server %(host)s: %(trouble)s") % {"host": server.host, "trouble": trouble}) from None
    finally:
        if smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()


def _give_envelope(smtp: smtplib.SMTP, sender: str, recipient: str) -> None:
    """A refused sender is our own set-up and may be mended; a refused recipient is not."""
    code, words = smtp.mail(sender)
    if code != 250:
        raise TryLater(_words(code, words))
    _judge(*smtp.rcpt(recipient))


def _give_mail(smtp: smtplib.SMTP, mail: bytes) -> str:
    code, words = smtp.docmd("DATA")
    if code != 354:
        _judge(code, words)
    smtp.send(re.sub(rb"(?m)^\.", b"..", mail) + b"\r\n.\r\n")
    try:
        code, words = smtp.getreply()
    except (smtplib.SMTPException, OSError):
        raise MaybeSent(_("The line broke after the whole mail was given: it may have been sent.")) from None
    _judge(code, words)
    found = _TAKEN_AS.search(words.decode("utf-8", "replace"))
    return found[1] if found else ""


def _judge(code: int, words: bytes) -> None:
    """2xx passes; 5xx is for good (RFC 5321, section 4.2.1); everything else is worth another try."""
    if 200 <= code < 300:
        return
    if 500 <= code < 600:
        raise Undeliverable(_words(code, words))
    raise TryLater(_words(code, words))


def _words(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return clean_line(f"{code} {text}", limit=500)
