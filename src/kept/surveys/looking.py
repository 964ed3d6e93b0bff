"""Machines that open every link of a mail: noticed in memory, since opening a page changes nothing.

What counting_looks.py puts down stands in this memory alone: where the clock has a process of its own, the figure is 0.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

AT_ONCE: Final = timedelta(seconds=10)
TOO_MANY_SCORES: Final = 3
"""Nobody presses so many different numbers of one mail within ten seconds."""
MOST_REMEMBERED: Final = 10_000
"""Links at a time; whatever is older is forgotten, and beyond so many no further one is counted until the clock comes by."""


@dataclass(slots=True)
class _Link:
    """How one link was opened lately."""

    since: datetime
    scores: set[str] = field(default_factory=set)
    looks: int = 0
    """Not counted as a machine's yet."""


class Looks:
    """Who looked at which link lately, in this process alone: what no GET may write down."""

    def __init__(self) -> None:
        self._links: OrderedDict[int, _Link] = OrderedDict()
        self._machines: Counter[int] = Counter()
        self._lock = threading.Lock()

    def note(self, invitation: int, *, score: str, is_head: bool, at: datetime) -> None:
        """This link was opened. A HEAD is a machine's at once, a page once so many scores were fetched that no person can be."""
        with self._lock:
            if is_head:
                self._count(invitation, 1)
                return
            link = self._links.get(invitation)
            if link is None or at - link.since > AT_ONCE:
                link = self._links[invitation] = _Link(at)
            self._links.move_to_end(invitation)
            link.looks += 1
            if score:
                link.scores.add(score)
            if len(link.scores) >= TOO_MANY_SCORES:
                self._count(invitation, link.looks)
                link.looks = 0
            while len(self._links) > MOST_REMEMBERED:
                self._links.popitem(last=False)

    def _count(self, invitation: int, looks: int) -> None:
        if invitation in self._machines or len(self._machines) < MOST_REMEMBERED:
            self._machines[invitation] += looks

    def take(self) -> Mapping[int, int]:
        """How often machines looked at which invitation since this was asked last."""
        with self._lock:
            found, self._machines = self._machines, Counter()
        return found


LOOKS = Looks()
