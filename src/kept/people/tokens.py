"""Keys for programs: shown once, stored as a hash."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.lib.links import hash_secret, new_secret
from kept.lib.refusal import Refusal
from kept.people.models import ApiToken, Employee
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

SCOPES = ("read", "write", "all")


@transaction.atomic
def make_token(
    name: str, *, scopes: tuple[str, ...], now: datetime, employee: Employee | None = None, by: Employee | None = None
) -> str:
    """A program may speak to the API with the returned secret, for `employee` where one is given."""
    wrong = [scope for scope in scopes if scope not in SCOPES]
    if wrong or not scopes:
        raise Refusal(_("A scope is one of: %(scopes)s.") % {"scopes": ", ".join(SCOPES)})
    if ApiToken.objects.filter(name=name).exists():
        raise Refusal(_("There is a token named %(name)s already; revoke it or choose another name.") % {"name": name})
    secret = new_secret("kept_")
    token = ApiToken.objects.create(
        name=name, token_hash=hash_secret(secret), scopes=",".join(scopes), employee=employee, made_at=now
    )
    record(token, Happened.TOKEN_MADE, at=now, by=by, name=name, scopes=list(scopes))
    return secret


def token_behind(secret: str) -> ApiToken | None:
    """The token with this secret, unless it was revoked or its employee has left."""
    token = ApiToken.objects.select_related("employee").filter(token_hash=hash_secret(secret), revoked_at__isnull=True).first()
    if token is None or (token.employee is not None and not token.employee.is_active):
        return None
    return token


@transaction.atomic
def revoke(token: ApiToken, *, now: datetime, by: Employee | None = None) -> None:
    """The token opens nothing any more."""
    token.revoked_at = now
    token.save(update_fields=["revoked_at"])
    record(token, Happened.TOKEN_REVOKED, at=now, by=by, name=token.name)
