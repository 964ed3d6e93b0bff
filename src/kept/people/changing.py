"""Change what is known of somebody who works here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.lib.refusal import Refusal
from kept.people.models import Employee, Role
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

CHANGEABLE = (
    *("name", "email", "public_name", "job", "role", "team", "manager", "stand_in"),
    *("answers", "away_from", "away_until"),
)


@transaction.atomic
def change_employee(employee: Employee, to: Mapping[str, object], *, by: Employee, now: datetime) -> None:
    """The employee is as `to` says; only CHANGEABLE names count. The last admin stays one."""
    wanted = {name: to[name] for name in CHANGEABLE if name in to}
    if "email" in wanted:
        wanted["email"] = str(wanted["email"] or "").lower() or None
    if wanted.get("email") and Employee.objects.filter(email__iexact=wanted["email"]).exclude(pk=employee.pk).exists():
        raise Refusal(_("Somebody with %(email)s is already here.") % {"email": wanted["email"]})
    if employee.is_admin and wanted.get("role", Role.ADMIN) != Role.ADMIN and is_last_admin(employee):
        raise Refusal(_("%(name)s is the only admin; make somebody else one first.") % {"name": employee.name})
    if employee in (wanted.get("manager"), wanted.get("stand_in")):
        raise Refusal(_("Nobody is their own manager or stand-in."))
    changed = [name for name, value in wanted.items() if getattr(employee, name) != value]
    for name in changed:
        setattr(employee, name, wanted[name])
    if changed:
        employee.save(update_fields=changed)
        record(employee, Happened.EMPLOYEE_CHANGED, at=now, by=by, name=employee.name, what=", ".join(changed))


def is_last_admin(employee: Employee) -> bool:
    """No other active admin is here."""
    return not Employee.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk=employee.pk).exists()
