"""A mailbox by IMAP: IDLE and UIDs, never Seen flags or dates. Each mail is committed before anything is moved (R1, I5).

The cursor (UIDVALIDITY and last UID, RFC 3501 2.3.1.1) is saved after the commit; a crash in between fetches one mail again,
and its key, which is that very UID, finds the first copy.
"""

from __future__ import annotations

import imaplib
import logging
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from django.db import close_old_connections, transaction
from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError

from kept.accounts.models import ChannelAccount
from kept.accounts.translating import channel_of
from kept.channels.base import Channel, Raw
from kept.channels.email.servers import NotEncrypted, Server, WrongAddress, imap_server, open_imap
from kept.intake.accepting import Busy, accept
from kept.lib.clock import now

log = logging.getLogger(__name__)
TIMEOUT = 30.0
IDLE_FOR = timedelta(minutes=20)
"""RFC 2177 asks for less than 29 minutes."""
LOOK_UP = 2.0
"""Seconds between two looks at `stop` while nothing happens."""
RETRY = (2, 10, 30, 60)
_ANSWER = re.compile(rb'UID (\d+)|INTERNALDATE "([^"]+)"')
BROKEN = (OSError, imaplib.IMAP4.error, ImapToolsError, NotEncrypted, WrongAddress)


class OurMailBox(BaseMailBox):
    """imap-tools over a connection that the channel's own rules opened (TLS, no password in the clear)."""

    def __init__(self, server: Server) -> None:
        self.server = server
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return open_imap(self.server, timeout=TIMEOUT)


@dataclass(frozen=True, slots=True)
class Fetched:
    """One mail as it lay in the mailbox."""

    uid: int
    body: bytes
    internaldate: datetime


def watch(account_id: int, stop: threading.Event) -> None:
    """Until `stop`: whatever reaches this mailbox is kept within moments; a lost connection is built up again for ever."""
    failures = 0
    while not stop.is_set():
        try:
            _listen(account_id, stop)
            failures = 0
        except (*BROKEN, Busy) as trouble:
            _say(account_id, trouble)
            stop.wait(RETRY[min(failures, len(RETRY) - 1)])
            failures += 1
        except Exception:
            log.exception("The mailbox of account %s could not be read; trying again.", account_id)
            stop.wait(RETRY[-1])
        finally:
            close_old_connections()


def _listen(account_id: int, stop: threading.Event) -> None:
    account = ChannelAccount.objects.get(pk=account_id)
    server = imap_server(channel_of(account).settings)
    if server is None:
        stop.wait(RETRY[-1])
        return
    box = OurMailBox(server)
    try:
        while not stop.is_set():
            account.refresh_from_db()
            if account.closed_at is not None:
                return
            collect(box, account, server.folder)
            _idle(box, stop)
    finally:
        _leave(box)


def collect(box: BaseMailBox, account: ChannelAccount, folder: str) -> int:
    """Every mail with a higher UID than the last is kept, in order, and then moved if the account says so. Returns how many."""
    channel = channel_of(account)
    box.folder.set(folder)
    uidvalidity = int(box.folder.status(folder, ["UIDVALIDITY"])["UIDVALIDITY"])
    cursor = account.cursors.get(folder, {})
    last = cursor.get("uid", 0) if cursor.get("uidvalidity") == uidvalidity else 0
    kept = 0
    for mail in _newer(box, last):
        _keep(account, channel, mail, folder, uidvalidity)
        _remember(account, folder, uidvalidity, mail.uid)
        _move(box, account, channel, mail)
        kept += 1
    _heard(account)
    return kept


def _newer(box: BaseMailBox, last: int) -> Iterator[Fetched]:
    # "UID n:*" always matches the newest mail, even when its UID is below n (RFC 3501 6.4.8).
    for uid in sorted(int(uid) for uid in box.uids(f"UID {last + 1}:*")):
        if uid > last and (mail := _fetch(box, uid)) is not None:
            yield mail


def _fetch(box: BaseMailBox, uid: int) -> Fetched | None:
    """BODY.PEEK leaves the Seen flag alone. None: somebody took the mail away meanwhile."""
    answer, parts = box.client.uid("FETCH", str(uid), "(UID INTERNALDATE BODY.PEEK[])")
    if answer != "OK":
        raise imaplib.IMAP4.error(f"FETCH {uid} was answered {answer}")
    for part in parts:
        if isinstance(part, tuple):
            return Fetched(uid, part[1], _internaldate(b" ".join(p if isinstance(p, bytes) else p[0] for p in parts if p)))
    return None


def _internaldate(answer: bytes) -> datetime:
    for _uid, date in _ANSWER.findall(answer):
        if date:
            return parsedate_to_datetime(date.decode().strip().replace("-", " ")).astimezone(UTC)
    return now()


def _keep(account: ChannelAccount, channel: Channel, mail: Fetched, folder: str, uidvalidity: int) -> None:
    moment = now()
    envelope = {
        "rcpt_to": account.address,
        "folder": folder,
        "uid": str(mail.uid),
        "uidvalidity": str(uidvalidity),
        "internaldate": mail.internaldate.isoformat(),
    }
    key = channel.dedupe_key(Raw(mail.body, envelope, moment))
    accept(account, mail.body, envelope, key=key, reached_us_at=moment)


@transaction.atomic
def _remember(account: ChannelAccount, folder: str, uidvalidity: int, uid: int) -> None:  # no event: how far we have read
    account.cursors = {**account.cursors, folder: {"uidvalidity": uidvalidity, "uid": uid}}
    account.save(update_fields=["cursors"])


def _move(  # no event: a folder in their mailbox, no row of ours
    box: BaseMailBox, account: ChannelAccount, channel: Channel, mail: Fetched
) -> None:
    """Only out of an open mailbox, and only what came after its start line: everything else is still somebody else's to sort."""
    target = channel.settings.get("moved_to") or "Kept"
    if channel.settings.get("move", "yes") != "yes" or not account.is_open or mail.internaldate < account.start_line_at:
        return
    if not box.folder.exists(target):
        box.folder.create(target)
    box.move([str(mail.uid)], target)


def _idle(box: BaseMailBox, stop: threading.Event) -> None:
    """Returns when the server says that something changed, when it is time to look anyway, or at `stop`."""
    if b"IDLE" not in b" ".join(_capabilities(box)):
        stop.wait(RETRY[0])
        return
    box.idle.start()  # type: ignore[no-untyped-call]
    try:
        until = now() + IDLE_FOR
        while not stop.is_set() and now() < until and not box.idle.poll(timeout=LOOK_UP):
            continue
    finally:
        box.idle.stop()  # type: ignore[no-untyped-call]


def _capabilities(box: BaseMailBox) -> list[bytes]:
    return [str(capability).upper().encode() for capability in box.client.capabilities]


def _heard(account: ChannelAccount) -> None:  # no event: the ear is open
    moment = now()
    if account.trouble or account.heard_at is None or moment - account.heard_at > timedelta(minutes=1):
        ChannelAccount.objects.filter(pk=account.pk).update(heard_at=moment, trouble="")


def _say(account_id: int, trouble: Exception) -> None:  # no event: the settings page and the doctor show it
    account = ChannelAccount.objects.filter(pk=account_id).first()
    if account is None:
        return
    says = "; ".join(channel_of(account).problems()) or f"{type(trouble).__name__}: {trouble}"
    ChannelAccount.objects.filter(pk=account_id).update(trouble=says[:1000])
    log.warning("The mailbox of %s cannot be read: %s", account.name, says)


def _leave(box: BaseMailBox) -> None:
    try:
        box.logout()
    except BROKEN:
        log.debug("The mailbox was gone before we said goodbye.")
