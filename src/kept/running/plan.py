"""What one process group of Kept does: which roles, at which addresses."""

from __future__ import annotations

from dataclasses import dataclass

WEB, WORK, CLOCK, MAIL = "web", "work", "clock", "mail"
EVERYTHING = (WEB, WORK, CLOCK, MAIL)


@dataclass(frozen=True, slots=True)
class Plan:
    """Handed from the main process to the worker it forks. `lmtp_port` 0: no LMTP."""

    roles: tuple[str, ...] = EVERYTHING
    host: str = "127.0.0.1"
    port: int = 8000
    lmtp_port: int = 0
    lmtp_host: str = "127.0.0.1"
    processes: int = 1
    threads: int = 16
