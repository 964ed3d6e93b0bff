"""Who is here, and who stands in for whom."""

from __future__ import annotations

from datetime import datetime

from kept.people.models import Employee, House


def house() -> House:
    """The one row about all of us."""
    return House.objects.select_related("duty_owner", "duty_manager", "head").get_or_create(pk=1)[0]


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
    """Whom the customer is told of: the employee's manager, the team's, or the duty manager; never the employee themself if avoidable."""
    team_manager = employee.team.manager if employee.team else None
    for candidate in (employee.manager, team_manager, of_house.duty_manager, of_house.head):
        if candidate is not None and candidate.pk != employee.pk and not candidate.is_away(at):
            return candidate
    return None
