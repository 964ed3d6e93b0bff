"""Machines that open every link of a mail: noticed in memory, since opening a page changes nothing, and put down by the clock.

Where pages and clock run in processes of their own nothing is put down: the figure is then 0, and no answer is the worse for it.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F

from kept.surveys.models import Invitation

AT_ONCE: Final = timedelta(seconds=10)
TOO_MANY_SCORES: Final = 3
"""Nobody presses so many different numbers of one mail within ten seconds."""
MOST_REMEMBERED: Final = 10_000
"""Links at a time; whatever is older is forgotten, and beyond so many no further one is counted until the clock comes by."""
MOST_COUNTED: Final = 30_000
CHUNK: Final = 500


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


def count_machine_looks(now: datetime) -> int:  # noqa: ARG001 - every duty gets it  # no event: nobody said anything
    """What machines looked at stands on the invitations, apart from every answer. Returns how many looks."""
    found = LOOKS.take()
    by_count: dict[int, list[int]] = {}
    for invitation, looks in found.items():
        by_count.setdefault(min(looks, 1_000), []).append(invitation)
    for looks, invitations in by_count.items():
        for start in range(0, len(invitations), CHUNK):
            with transaction.atomic():
                some = Invitation.objects.filter(pk__in=invitations[start : start + CHUNK], machine_looks__lt=MOST_COUNTED)
                some.update(machine_looks=F("machine_looks") + looks)
    return sum(found.values())
