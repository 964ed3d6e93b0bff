"""What goes wrong with a mail server, in plain words for whoever sets up the account."""

from __future__ import annotations

import imaplib
import smtplib
import socket
import ssl
from collections.abc import Callable

from django.utils.translation import gettext as _

from kept.channels.email.servers import NotEncrypted, Server


def in_words(server: Server, attempt: Callable[[Server], str]) -> str:
    """What the attempt found wrong; empty if nothing."""
    where = {"host": server.host, "port": server.port}
    try:
        return attempt(server)
    except socket.gaierror:
        return _("there is no server called %(host)s.") % where
    except ConnectionRefusedError:
        return _("%(host)s refuses connections on port %(port)s.") % where
    except TimeoutError:
        return _("%(host)s does not answer on port %(port)s.") % where
    except ssl.SSLCertVerificationError as trouble:
        return _("the certificate of %(host)s is not valid: %(why)s.") % {**where, "why": trouble.verify_message}
    except ssl.SSLError:
        return _("%(host)s does not speak TLS on port %(port)s.") % where
    except NotEncrypted:
        return _("%(host)s offers no encryption, so the password is not sent.") % where
    except (smtplib.SMTPAuthenticationError, imaplib.IMAP4.error):
        return _("%(host)s does not accept this user and password.") % where
    except (smtplib.SMTPException, OSError) as trouble:
        return _("%(host)s cannot be used: %(why)s") % {**where, "why": trouble}
