"""Who is here, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db.models import QuerySet

from kept.lib.ready import ready
from kept.people.models import Employee, House

_at_hand: ContextVar[list[House] | None] = ContextVar("at_hand", default=None)


def house() -> House:  # no event: the row that every house begins with
    """The one row about all of us."""
    # Asked several times for every contact: whom it names is read only when somebody wants to know.
    at_hand = _at_hand.get()
    if at_hand:
        return at_hand[0]
    found = _the_one_row.first() or House.objects.get_or_create(pk=1)[0]
    if at_hand is not None:
        at_hand.append(found)
    return found


@ready
def _the_one_row() -> QuerySet[House]:
    return House.objects.filter(pk=1)


@contextmanager
def one_look() -> Iterator[None]:
    """Inside, the house is read once: for one contact, or one mail, from its beginning to its end, however it is nested."""
    before = _at_hand.set([] if _at_hand.get() is None else _at_hand.get())
    try:
        yield
    finally:
        _at_hand.reset(before)


def stand_in_for(employee: Employee, *, at: datetime) -> Employee | None:
    """Who acts for somebody who is away: their stand-in, that one's stand-in, and so on; None when nobody is there."""
    passed: set[int] = set()
    current: Employee | None = employee
    while current is not None and current.pk not in passed:
        if not current.is_away(at):
            return current
        passed.add(current.pk)
        current = current.stand_in
    return None


def manager_of(employee: Employee, *, of_house: House, at: datetime) -> Employee | None:
    """Whom the customer is told of: the employee's manager, the team's, the duty manager or the head; never themself."""
    for candidate in _above(employee, of_house):
        if candidate is not None and candidate.pk != employee.pk and not candidate.is_away(at):
            return candidate
    return None


def _above(employee: Employee, of_house: House) -> Iterator[Employee | None]:
    yield employee.manager
    yield employee.team.manager if employee.team else None
    yield of_house.duty_manager
    yield of_house.head
