"""Somebody is let in for the first time: the one-time link by which they say who they are."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kept.lib.links import hash_secret, new_secret
from kept.lib.refusal import Refusal
from kept.people.models import Employee, SignInLink
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

LINK_LASTS = timedelta(days=7)


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
