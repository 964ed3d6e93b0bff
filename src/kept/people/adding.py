"""Somebody is added to the house; the first of us has every duty until settings say otherwise."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.lib.refusal import Refusal
from kept.people.models import Employee, House, Role, Team
from kept.people.presence import house
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def add_employee(
    name: str, *, now: datetime, email: str = "", role: str = Role.EMPLOYEE, team: str = "", by: Employee | None = None
) -> Employee:
    """The person is one of us; the first one is duty owner, duty manager and head of the house until settings say otherwise."""
    name, email = name.strip(), email.strip().lower()
    if not name:
        raise Refusal(_("Say the person’s name."))
    if role not in Role.values:
        raise Refusal(_("A role is one of: %(roles)s.") % {"roles": ", ".join(Role.values)})
    if email and Employee.objects.filter(email__iexact=email).exists():
        raise Refusal(_("Somebody with %(email)s is already here.") % {"email": email})
    employee = Employee(name=name, email=email or None, role=role, joined_at=now)
    if team:
        employee.team = Team.objects.get_or_create(name=team)[0]
    employee.set_unusable_password()
    employee.save()
    record(employee, Happened.EMPLOYEE_ADDED, at=now, by=by, name=name, role=role)
    _give_the_first_all_duties(employee)
    return employee


def _give_the_first_all_duties(employee: Employee) -> None:  # no event: EMPLOYEE_ADDED tells it
    ours: House = house()
    missing = [duty for duty in ("duty_owner", "duty_manager", "head") if getattr(ours, f"{duty}_id") is None]
    for duty in missing:
        setattr(ours, duty, employee)
    ours.is_settled = True
    ours.save(update_fields=[*missing, "is_settled"])
