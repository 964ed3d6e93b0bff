"""The next hop: an SMTP server in the process of the test, which keeps every mail it takes and when it took it."""

from __future__ import annotations

import email
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.counterparts.patience import free_port


@dataclass(frozen=True)
class Posted:
    """One mail of ours as it left the house."""

    to: str
    mail_from: str
    mail: EmailMessage
    at: float

    @property
    def text(self) -> str:
        body = self.mail.get_body(("plain",))
        return str(body.get_content()) if body else ""

    @property
    def links(self) -> list[str]:
        return [word.strip("<>.,()") for word in self.text.split() if word.startswith(("http://", "https://", "<http"))]


class PostOffice:
    """`posted` grows while the block lasts."""

    def __init__(self) -> None:
        self.posted: list[Posted] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        mail = cast(EmailMessage, email.message_from_bytes(bytes(envelope.original_content or b""), policy=default))
        self.posted += [Posted(to, envelope.mail_from or "", mail, time.time()) for to in envelope.rcpt_tos]
        return "250 2.0.0 Taken"

    @property
    def url(self) -> str:
        """What --smtp wants to hear."""
        return f"smtp://127.0.0.1:{self._controller.port}"

    def to(self, address: str) -> list[Posted]:
        """Every mail to this address so far, oldest first."""
        return [one for one in self.posted if one.to == address]

    def after(self, seen: int, address: str) -> Callable[[], Posted | None]:
        """For `eventually`: the first mail to this address beyond those seen."""
        return lambda: next(iter(self.to(address)[seen:]), None)

    def __enter__(self) -> PostOffice:
        self._controller.start()
        return self

    def __exit__(self, *_trouble: object) -> None:
        self._controller.stop()
