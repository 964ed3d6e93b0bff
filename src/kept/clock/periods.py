"""How often something happens because time passed."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}


@dataclass(frozen=True, slots=True)
class Duty:
    """One entry of clock/duties.py: what to call, at least every `seconds`, and at once when a bell rings."""

    seconds: float
    call: Callable[..., Any]
    bells: tuple[type[models.Model], ...] = ()

    @property
    def name(self) -> str:
        """Under which it reports."""
        return self.call.__name__

    def do(self, now: datetime, should_stop: Callable[[], bool] = lambda: False) -> Any:
        """Whatever is due at that moment is done."""
        if "should_stop" in inspect.signature(self.call).parameters:
            return self.call(now, should_stop=should_stop)
        return self.call(now)


def every(period: str, call: Callable[..., Any], *, bells: tuple[type[models.Model], ...] = ()) -> Duty:
    """`every("5 seconds", file_what_waits)`."""
    count, _space, unit = period.partition(" ")
    return Duty(int(count) * UNITS[unit.removesuffix("s")], call, bells)
