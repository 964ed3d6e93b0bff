"""Mail from a mail server of ours by LMTP (RFC 2033): an answer per recipient, 250 only after the commit, 451 for our faults."""

from __future__ import annotations

import asyncio
import logging
import threading
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import Envelope, Session
from django.conf import settings
from django.db import DatabaseError, close_old_connections

from kept.accounts.opening import account_for_address
from kept.accounts.translating import channel_of
from kept.channels.base import Raw
from kept.intake.accepting import Busy, accept
from kept.lib.clock import now

log = logging.getLogger(__name__)
LONGEST_LINE = 1024 * 1024
"""RFC 5321 allows 1,000 octets; real mail does not keep to it, and a refusal would lose it."""
IDLE_FOR = 120.0
UNKNOWN = "550 5.1.1 Nobody is reached by this address here"
NOT_NOW = "451 4.3.0 Not just now: nothing was kept, please try again"
KEPT = "250 2.0.0 Kept"


class OurLMTP(LMTP):
    """aiosmtpd's LMTP with lines as long as real mail has them."""

    line_length_limit = LONGEST_LINE


class LmtpDoor:
    """What the mail server is answered. Whatever touches the database does so in a thread."""

    async def handle_RCPT(self, _server: LMTP, _session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        """250 for an address of ours, 550 for any other, 451 when we cannot tell just now."""
        try:
            account_id = await asyncio.to_thread(_account_of, address)
        except (DatabaseError, Busy) as trouble:
            log.warning("Whether %s is ours could not be told: %s", address, trouble)
            return NOT_NOW
        if account_id is None:
            return UNKNOWN
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: LMTP, _session: Session, envelope: Envelope) -> str:
        """One line per recipient, in their order (RFC 2033, 4.2)."""
        body = bytes(envelope.original_content or b"")
        sender = envelope.mail_from or ""
        answers = await asyncio.gather(*(asyncio.to_thread(_keep, body, sender, address) for address in envelope.rcpt_tos))
        return "\r\n".join(answers)


def _account_of(address: str) -> int | None:
    try:
        account = account_for_address(address)
    finally:
        close_old_connections()
    return account.pk if account else None


def _keep(body: bytes, sender: str, recipient: str) -> str:
    """Committed and synced before 250 is said."""
    try:
        account = account_for_address(recipient)
        if account is None:
            return UNKNOWN
        raw = Raw(body, {"mail_from": sender, "rcpt_to": recipient}, now())
        key = channel_of(account).dedupe_key(raw)
        accept(account, body, raw.envelope, key=key, reached_us_at=raw.reached_us_at)
    except (Busy, DatabaseError) as trouble:
        log.warning("A mail to %s could not be kept and was asked to come again: %s", recipient, trouble)
        return NOT_NOW
    except Exception:
        log.exception("A mail to %s could not be kept.", recipient)
        return NOT_NOW
    finally:
        close_old_connections()
    return KEPT


def listen(host: str, port: int, stop: threading.Event, is_up: threading.Event | None = None) -> None:
    """Until `stop`: mail is taken at this port. Runs an event loop of its own; call it in a thread."""
    asyncio.run(_listen(host, port, stop, is_up))


async def _listen(host: str, port: int, stop: threading.Event, is_up: threading.Event | None) -> None:
    loop = asyncio.get_running_loop()

    def session() -> Any:
        return OurLMTP(
            LmtpDoor(),
            data_size_limit=settings.MAX_CONTACT_BYTES,
            enable_SMTPUTF8=True,
            hostname="kept",
            ident="Kept",
            timeout=IDLE_FOR,
            loop=loop,
        )

    server = await loop.create_server(session, host, port)
    if is_up is not None:
        is_up.set()
    try:
        await asyncio.to_thread(stop.wait)
    finally:
        server.close()
