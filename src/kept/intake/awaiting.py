"""For a request whose answer needs to know who has it: filed by itself, or by whoever took it first, within two seconds."""

from __future__ import annotations

import time
from datetime import datetime

from kept.intake.filing import file_now
from kept.people.presence import house

PATIENCE = 2.0
"""Seconds; after that "your words are kept", and owner and hour show on reload (KEPT.md 4)."""
LOOK_AGAIN = 0.02


def file_within(arrival_id: int, *, now: datetime, seconds: float = PATIENCE) -> bool:
    """True when it is filed; False when it waits its turn still, or until somebody is here who could own it."""
    last = time.monotonic() + seconds
    while not file_now(arrival_id, now=now):
        if time.monotonic() > last or not house().is_settled:
            return False
        time.sleep(LOOK_AGAIN)
    return True
