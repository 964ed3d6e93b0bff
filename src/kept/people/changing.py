"""Change what is known of somebody who works here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.lib.refusal import Refusal
from kept.people.models import Employee, House, Role
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

CHANGEABLE = (
    *("name", "email", "public_name", "job", "role", "team", "manager", "stand_in"),
    *("answers", "follow_ups_a_week", "away_from", "away_until"),
    *("place", "nicknames", "is_listed"),
)
HOUSE_CHANGEABLE = (
    *("name", "duty_owner", "duty_manager", "head", "audit_is_public", "heard_is_public", "stories_are_public"),
    *("told_if_good", "told_if_bad", "told_source"),
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
    began, back = wanted.get("away_from", employee.away_from), wanted.get("away_until", employee.away_until)
    if isinstance(began, datetime) and isinstance(back, datetime) and back <= began:
        raise Refusal(_("They cannot be back before they go."))
    changed = [name for name, value in wanted.items() if getattr(employee, name) != value]
    for name in changed:
        setattr(employee, name, wanted[name])
    if changed:
        employee.save(update_fields=changed)
        record(employee, Happened.EMPLOYEE_CHANGED, at=now, by=by, name=employee.name, what=", ".join(changed))


def is_last_admin(employee: Employee) -> bool:
    """No other active admin is here."""
    return not Employee.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk=employee.pk).exists()


LONGEST_PART = 600


@transaction.atomic
def say_own_part(employee: Employee, words: str, *, now: datetime) -> None:
    """This is their part in what customers live through, in their own words; only they say it, and they may take it back."""
    words = words.strip()
    if len(words) > LONGEST_PART:
        raise Refusal(_("Say it in %(most)d letters at most; it is to be said aloud.") % {"most": LONGEST_PART})
    if words == employee.part:
        return
    employee.part = words
    employee.save(update_fields=["part"])
    record(employee, Happened.EMPLOYEE_CHANGED, at=now, by=employee, name=employee.name, what=_("their part in their own words"))


@transaction.atomic
def change_house(of_house: House, to: Mapping[str, object], *, by: Employee, now: datetime) -> None:
    """The house has this name, these people to turn to, and its audit is public or not; only HOUSE_CHANGEABLE names count."""
    wanted = {name: to[name] for name in HOUSE_CHANGEABLE if name in to}
    nobody = [name for name in ("duty_owner", "duty_manager", "head") if name in wanted and wanted[name] is None]
    if nobody:
        raise Refusal(_("Somebody must be there for each of these; choose a person."))
    changed = [name for name, value in wanted.items() if getattr(of_house, name) != value]
    for name in changed:
        setattr(of_house, name, wanted[name])
    if changed:
        of_house.save(update_fields=changed)
        record(of_house, Happened.HOUSE_CHANGED, at=now, by=by, what=", ".join(changed))
