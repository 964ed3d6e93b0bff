"""What was read by machine is looked at like any other words: is it the third time, is somebody praised, is there danger?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kept.intake.noticing import notice_everything
from kept.letters.reading import read_what_waits


def read_letters_that_wait(now: datetime, *, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Every letter in line was read, and what it says was noticed. Returns how many."""
    return read_what_waits(now, should_stop=should_stop, then=notice_everything)
