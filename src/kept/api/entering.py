"""Who is calling: bearer tokens and what their scopes open."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import AuthorizationError
from ninja.security import HttpBearer

from kept.cases.models import Case
from kept.people.models import ApiToken, Employee
from kept.people.tokens import token_behind


class Bearer(HttpBearer):
    """A token with scope read for GET, write for everything else; all opens both."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The token; None (401) when nobody knows it. Raises AuthorizationError (403) where its scopes do not reach."""
        found = token_behind(token.strip())
        if found is not None and not self.reaches(found, request):
            raise AuthorizationError(message=_("This token’s scope does not reach this."))
        return found

    def reaches(self, token: ApiToken, request: HttpRequest) -> bool:
        """Its scopes open this request."""
        needed = "read" if request.method == "GET" else "write"
        return bool({needed, "all"} & set(token.scopes.split(",")))


class AdminBearer(Bearer):
    """A token with scope all; one that speaks for somebody needs that person to be an admin."""

    def reaches(self, token: ApiToken, request: HttpRequest) -> bool:  # noqa: ARG002
        """Settings are for admins."""
        return "all" in token.scopes.split(",") and (token.employee is None or token.employee.is_admin)


def token_of(request: HttpRequest) -> ApiToken:
    """The token that `Bearer` let in."""
    return cast(ApiToken, request.auth)  # type: ignore[attr-defined]


def speaker(request: HttpRequest, case: Case) -> Employee:
    """The person whose words these are: the token's employee, else the owner of the case."""
    return token_of(request).employee or case.owner
