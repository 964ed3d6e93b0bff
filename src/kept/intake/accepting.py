"""Keep the bytes, and nothing else: one writer a process commits all that waits as a group; only then anybody says yes (R1).

`accept` is for every door of a running house: many callers share one synced commit (docs/decisions/0003-group-commit.md).
`accept_here` writes in the caller's own transaction, for one-shot commands and the sample house.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections import deque
from collections.abc import Mapping
from concurrent.futures import Future, TimeoutError
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, connection, transaction

from kept.accounts.models import ChannelAccount
from kept.due import ringing
from kept.files import keeping
from kept.intake.keeping_rows import Row, insert
from kept.intake.models import Arrival, ArrivalState
from kept.lib.ids import new_id

log = logging.getLogger(__name__)
MOST_WAITING = 2_000
MOST_IN_A_GROUP = 256
PATIENCE = 15.0
"""Seconds a caller waits for the disk before the sender is asked to try again."""
LARGEST_ROW = 256 * 1024
"""Bytes; a larger body lies in files/, synced before its row names it."""
REST_AFTER = 60.0
CUT_SHORT = "kept.cut_short"
"""Marks a request (WSGI environ) whose body is only the beginning of what was sent: to be shown again, never to be kept."""


class Busy(Exception):
    """Nothing was kept: the disk is full, slow or gone. The sender is asked to try again."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is kept: the first receipt of this occurrence, whether or not it came before."""

    receipt: uuid.UUID
    arrival_id: int
    is_new: bool


def accept(
    account: ChannelAccount,
    body: bytes,
    envelope: Mapping[str, str],
    *,
    key: str,
    reached_us_at: datetime,
    state: str = ArrivalState.WAITING,
) -> Receipt:
    """The bytes are committed and synced. Raises Busy when they are not; then the sender must try again."""
    kept: Future[Receipt] = Future()
    try:
        row = _row(account, body, envelope, key, reached_us_at, state)
    except OSError as trouble:
        raise Busy(str(trouble)) from trouble
    _writer.take(row, kept)
    try:
        return kept.result(timeout=PATIENCE)
    except TimeoutError:
        if kept.cancel():
            raise Busy("the disk does not answer") from None
        return _last_moment(kept)


def _last_moment(kept: Future[Receipt]) -> Receipt:
    """Its group is being written just now: what becomes of it is known in a moment."""
    try:
        return kept.result(timeout=PATIENCE)
    except TimeoutError:
        raise Busy("the disk does not answer") from None


def accept_here(
    account: ChannelAccount,
    body: bytes,
    envelope: Mapping[str, str],
    *,
    key: str,
    reached_us_at: datetime,
    state: str = ArrivalState.WAITING,
) -> Receipt:
    """The bytes are kept as soon as the caller's transaction is committed; without one they are committed now."""
    row = _row(account, body, envelope, key, reached_us_at, state)
    with transaction.atomic(), connection.cursor() as cursor:
        receipt, arrival_id, is_new = insert(cursor, row)
    ringing.wake(Arrival)
    return Receipt(receipt, arrival_id, is_new)


def _row(account: ChannelAccount, body: bytes, envelope: Mapping[str, str], key: str, at: datetime, state: str) -> Row:
    receipt = new_id()
    lies_in = keeping.keep(body) if len(body) > LARGEST_ROW else ""
    return Row(
        receipt=receipt,
        account_id=account.pk,
        key=_storable(key)[:255] or receipt.hex,
        body=b"" if lies_in else body,
        body_file=lies_in,
        envelope={name: _storable(value) for name, value in envelope.items()},
        reached_us_at=at,
        state=state,
    )


def _storable(text: str) -> str:
    """Without what PostgreSQL refuses, NUL and halves of characters: a header may not turn its contact away."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


class _Writer:
    """The one thread of this process that writes arrivals. Started by the first of them, gone after a minute without any."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[Row, Future[Receipt]]] = deque()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def take(self, row: Row, kept: Future[Receipt]) -> None:
        """The row is in the next group. Raises Busy when too many wait already."""
        with self._changed:
            if len(self._waiting) >= MOST_WAITING:
                raise Busy("too much arrives at once")
            self._waiting.append((row, kept))
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._write, name="arrivals", daemon=True)
                self._thread.start()
            self._changed.notify()

    def rest(self) -> None:
        """The thread has written what waited and let its connection go; the next arrival starts another."""
        with self._changed:
            thread, self._thread = self._thread, None
            self._changed.notify_all()
        if thread is not None:
            thread.join()

    def _write(self) -> None:
        while group := self._next_group():
            _commit(group)
        connection.close()

    def _next_group(self) -> list[tuple[Row, Future[Receipt]]]:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._is_dismissed(), timeout=REST_AFTER)
            group = [self._waiting.popleft() for _one in range(min(len(self._waiting), MOST_IN_A_GROUP))]
            if not group and not self._is_dismissed():
                self._thread = None
        return [(row, kept) for row, kept in group if kept.set_running_or_notify_cancel()] or (
            [] if not group else self._next_group()
        )

    def _is_dismissed(self) -> bool:
        return self._thread is not threading.current_thread()


def _commit(group: list[tuple[Row, Future[Receipt]]]) -> None:
    """One synced commit for the whole group. Where it fails, each alone: one bad row must not turn away its neighbours."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            written = [insert(cursor, row) for row, _kept in group]
    except Exception as trouble:
        log.warning("A group of %s arrivals could not be kept: %s", len(group), trouble)
        _start_afresh(trouble)
        if len(group) > 1:
            for one in group:
                _commit([one])
        else:
            group[0][1].set_exception(Busy(str(trouble)))
        return
    for (_, kept), (receipt, arrival_id, is_new) in zip(group, written, strict=True):
        kept.set_result(Receipt(receipt, arrival_id, is_new))
    ringing.ring(Arrival)


def _start_afresh(trouble: Exception) -> None:
    if isinstance(trouble, DatabaseError):
        connection.close()


_writer = _Writer()


def rest() -> None:
    """For whoever stops: nothing waits to be written, and the writer's connection is closed."""
    _writer.rest()


def check_durability() -> list[str]:
    """Plain words for each setting of the database with which a yes would not be kept through a power cut."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            wanted = [("journal_mode", "PRAGMA journal_mode", {"wal"}), ("synchronous", "PRAGMA synchronous", {"2", "3"})]
        else:
            safe = {"on", "remote_apply", "remote_write", "local"}
            wanted = [(name, f"SHOW {name}", safe) for name in ("fsync", "synchronous_commit", "full_page_writes")]
        found = []
        for name, question, good in wanted:
            cursor.execute(question)
            value = str(cursor.fetchone()[0]).lower()
            if value not in good:
                found.append(f"The database runs with {name} = {value}: what we said yes to could be lost in a power cut.")
    return found
