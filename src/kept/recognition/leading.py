"""Whose page of good words this is to see: one's own, and one's people's (R10: theirs and their manager's)."""

from __future__ import annotations

from datetime import datetime

from kept.people.models import Employee
from kept.people.presence import house, manager_of


def leaders_of(employee: Employee, *, now: datetime) -> list[Employee]:
    """Their manager and their team's; where there is neither, whoever the house would tell instead."""
    named = [employee.manager, employee.team.manager if employee.team else None]
    found = {one.pk: one for one in named if one is not None and one.is_active and one.pk != employee.pk}
    if not found and (other := manager_of(employee, of_house=house(), at=now)) is not None:
        found = {other.pk: other}
    return list(found.values())


def may_see_page_of(employee: Employee, me: Employee, *, now: datetime) -> bool:
    """It is their own page, or that of somebody they lead."""
    return me.pk == employee.pk or any(leader.pk == me.pk for leader in leaders_of(employee, now=now))
