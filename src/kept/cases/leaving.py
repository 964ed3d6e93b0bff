"""Somebody leaves the house: no case is ever without an owner (R3, I8)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.cases.assigning import hand_on_what_they_own
from kept.lib.refusal import Refusal
from kept.people.changing import is_last_admin
from kept.people.models import Employee, House
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def leave(employee: Employee, *, by: Employee, of_house: House, now: datetime) -> int:
    """They cannot sign in any more, stand for no duty, and every case of theirs has another owner. Returns how many were handed on."""
    if employee.is_admin and is_last_admin(employee):
        raise Refusal(_("%(name)s is the only admin; make somebody else one first.") % {"name": employee.name})
    duties = [duty for duty in ("duty_owner", "duty_manager", "head") if getattr(of_house, f"{duty}_id") == employee.pk]
    if duties:
        raise Refusal(
            _("%(name)s is still asked when nobody else is there; name somebody else for that first.") % {"name": employee.name}
        )
    employee.is_active = employee.answers = False
    employee.save(update_fields=["is_active", "answers"])
    handed = hand_on_what_they_own(employee, by=by, now=now)
    record(employee, Happened.EMPLOYEE_CHANGED, at=now, by=by, name=employee.name, what=_("has left"))
    return handed
