"""Somebody leaves the house, or answers no longer: no case is ever without an owner (R3, I8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.cases.assigning import hand_on_what_they_own
from kept.lib.refusal import Refusal
from kept.people.changing import change_employee, is_last_admin
from kept.people.models import Employee, House
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def leave(employee: Employee, *, by: Employee, of_house: House, now: datetime) -> int:
    """They can no longer sign in, stand for no duty, and their cases have another owner. Returns how many were handed on."""
    if employee.is_admin and is_last_admin(employee):
        raise Refusal(_("%(name)s is the only admin; make somebody else one first.") % {"name": employee.name})
    if any(getattr(of_house, f"{duty}_id") == employee.pk for duty in ("duty_owner", "duty_manager", "head")):
        raise Refusal(
            _("%(name)s is still asked when nobody else is there; name somebody else for that first.") % {"name": employee.name}
        )
    employee.is_active = employee.answers = False
    employee.save(update_fields=["is_active", "answers"])
    why = _("%(name)s has left") % {"name": employee.name}
    handed = hand_on_what_they_own(employee, of_house=of_house, by=by, now=now, why=why)
    record(employee, Happened.EMPLOYEE_CHANGED, at=now, by=by, name=employee.name, what=_("has left"))
    return handed


@transaction.atomic
def change(employee: Employee, to: Mapping[str, object], *, by: Employee, of_house: House, now: datetime) -> int:
    """They are as `to` says; whoever no longer answers customers owns no open case. Returns how many were handed on."""
    change_employee(employee, to, by=by, now=now)
    if employee.answers:
        return 0
    why = _("%(name)s no longer answers customers") % {"name": employee.name}
    return hand_on_what_they_own(employee, of_house=of_house, by=by, now=now, why=why)
