"""Public posts from a list: each row is kept like any other contact, and filed by the worker; told again it is a repeat."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from kept.accounts.opening import account_of_kind
from kept.intake.accepting import accept_here
from kept.intake.models import Arrival
from kept.intake.reading_posts import PostRow
from kept.people.models import Employee
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

Thing = TypeVar("Thing")
AT_ONCE = 250
"""So many in one transaction: whoever else wants to write waits no longer than that."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a list."""

    new: int
    repeats: int
    left_out: int


def known_keys(rows: Sequence[PostRow], *, now: datetime) -> set[str]:
    """Which of these posts were brought before."""
    account = account_of_kind("by_hand", now=now)
    keys = [row.key for row in rows if row.told is not None]
    kept = Arrival.objects.filter(account=account)
    return {key for some in _some(keys) for key in kept.filter(key__in=some).values_list("key", flat=True)}


def bring_posts(rows: Sequence[PostRow], *, waited_since_then: bool, by: Employee, now: datetime) -> Brought:
    """Every row that can be used is kept and is given to somebody in a moment; what was kept before is counted as a repeat.

    `waited_since_then`: their clocks run from the day in the list. Else from now, and that day only stands beside their words.
    """
    account, new, usable = account_of_kind("by_hand", now=now), 0, [row for row in rows if row.told is not None]
    for some in _some(usable):
        with transaction.atomic():
            for row in some:
                body, envelope = _contact(row, waited_since_then=waited_since_then, by=by)
                new += accept_here(account, body, envelope, key=row.key, reached_us_at=now).is_new
    brought = Brought(new, len(usable) - new, len(rows) - len(usable))
    record(account, Happened.POSTS_BROUGHT, at=now, by=by, rows=len(rows), new=new, repeats=brought.repeats)
    return brought


def _some(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    return (things[first : first + AT_ONCE] for first in range(0, len(things), AT_ONCE))


def _contact(row: PostRow, *, waited_since_then: bool, by: Employee) -> tuple[bytes, dict[str, str]]:
    told = dict(row.told or {})
    if row.said_at is not None:
        told["at"] = row.said_at.isoformat()
    envelope = {"content-type": "application/json", "written_by": str(by.pk)}
    if row.views is not None:
        told["views"] = row.views
    if not waited_since_then:
        envelope["clock"] = "now"
    return json.dumps(told).encode(), envelope
