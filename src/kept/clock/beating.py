"""The loop that does the duties: each one that has bells in a thread of its own, so that a slow mail server delays no clock."""

from __future__ import annotations

import logging
import threading
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, close_old_connections, connection

from kept.clock.duties import DUTIES
from kept.clock.periods import Duty
from kept.due import heartbeats, ringing
from kept.due.heartbeats import CLOCK, WORK
from kept.lib.clock import now

log = logging.getLogger(__name__)
AFTER_TROUBLE = 5.0


def lanes(roles: Iterable[str]) -> list[tuple[str, list[Duty]]]:
    """The threads these roles need: (role, its duties). Work is whatever has bells, each alone; the clock is all the rest."""
    wanted = set(roles)
    work = [(WORK, [duty]) for duty in DUTIES if duty.bells and WORK in wanted]
    clock = [(CLOCK, [duty for duty in DUTIES if not duty.bells])] if CLOCK in wanted else []
    return [*work, *clock]


def run(role: str, duties: list[Duty], stop: threading.Event) -> None:
    """Until `stop`: each duty is done when its time has come or its bell rings. A fault is logged and never ends the lane."""
    due = dict.fromkeys(range(len(duties)), 0.0)
    bells = tuple(bell for duty in duties for bell in duty.bells)
    next_beat = 0.0
    while not stop.is_set():
        for index, duty in enumerate(duties):
            if bells or due[index] <= time.monotonic():
                due[index] = time.monotonic() + (duty.seconds if _do(duty, stop) else AFTER_TROUBLE)
        if next_beat <= time.monotonic():
            _beat(role)
            next_beat = time.monotonic() + heartbeats.EVERY.total_seconds()
        pause = max(0.0, min(*due.values(), next_beat) - time.monotonic())
        if bells:
            ringing.wait(bells, seconds=pause)
        else:
            stop.wait(pause)
    connection.close()


def _do(duty: Duty, stop: threading.Event) -> bool:
    try:
        with _alone(duty) as is_ours:
            if is_ours:
                duty.do(now(), stop.is_set)
    except Exception:
        log.exception("%s could not be done; it is tried again in a moment.", duty.name)
        close_old_connections()
        return False
    return True


@contextmanager
def _alone(duty: Duty) -> Iterator[bool]:
    """One clock at a time where several processes may run one (PostgreSQL). Work shares its rows by leases instead."""
    if connection.vendor != "postgresql" or duty.bells:
        yield True
        return
    key = zlib.crc32(f"kept duty {duty.name}".encode())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        is_ours = bool(cursor.fetchone()[0])
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def _beat(role: str) -> None:
    try:
        heartbeats.beat(role, at=now())
    except DatabaseError:
        log.exception("The database does not take a sign of life.")
        close_old_connections()
