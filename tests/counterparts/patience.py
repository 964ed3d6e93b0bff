"""Waiting for something outside that has to happen, and a free port for it to happen at."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE = 30.0
"""Seconds until a test gives up; nothing is said about how fast it has to be."""
T = TypeVar("T")


def eventually(happens: Callable[[], T], *, within: float = PATIENCE) -> T:
    """What `happens` returns as soon as it is true of the world; fails when that never comes."""
    last = time.monotonic() + within
    while time.monotonic() < last:
        if found := happens():
            return found
        time.sleep(0.02)
    raise AssertionError(f"This never came true: {happens}")


def free_port() -> int:
    """A port nobody listens at just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
