"""Add somebody to the house, and let them in for the first time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kept.lib.links import hash_secret, new_secret
from kept.lib.refusal import Refusal
from kept.people.models import Employee, House, Role, SignInLink, Team
from kept.people.presence import house
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

LINK_LASTS = timedelta(days=7)


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


@transaction.atomic
def make_sign_in_link(employee: Employee, *, now: datetime) -> str:
    """The secret of a one-time sign-in link, good for a week; only its hash is kept, and older ones no longer work."""
    SignInLink.objects.filter(employee=employee, used_at__isnull=True).update(used_at=now)
    record(employee, Happened.SIGN_IN_LINK_MADE, at=now, name=employee.name)
    return _new_link(employee, now=now)


@transaction.atomic
def make_first_link(*, now: datetime) -> str | None:  # no event: there is nobody yet whom it could be about
    """The secret with which the very first of us says who they are, older ones ending; None when somebody is here already."""
    if Employee.objects.exists():
        return None
    SignInLink.objects.filter(employee__isnull=True, used_at__isnull=True).update(used_at=now)
    return _new_link(None, now=now)


def _new_link(employee: Employee | None, *, now: datetime) -> str:  # no event: the callers record whose it is
    secret = new_secret()
    SignInLink.objects.create(employee=employee, token_hash=hash_secret(secret), made_at=now, expires_at=now + LINK_LASTS)
    return secret


def link_behind(secret: str, *, now: datetime) -> SignInLink | None:
    """The unused, unexpired link of this secret, if there is one and its employee has not left."""
    links = SignInLink.objects.filter(token_hash=hash_secret(secret), used_at__isnull=True, expires_at__gt=now)
    link = links.select_related("employee").first()
    return link if link is not None and (link.employee is None or link.employee.is_active) else None


@transaction.atomic
def use_link(link: SignInLink, *, now: datetime, first: Employee | None = None) -> Employee:
    """The link is used up and its employee (or `first`, the first of us) may be signed in. Refuses when it was used just now."""
    employee = link.employee or first
    if employee is None or not SignInLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=now):
        raise Refusal(_("This link has been used already. Ask for a new one."))
    record(employee, Happened.SIGNED_IN_FIRST, at=now, name=employee.name)
    return employee
