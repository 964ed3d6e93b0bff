"""What every page of the desk shares: who is working, and the side bar's counts."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from kept.cases.models import Case
from kept.lib.clock import now
from kept.people.models import Employee, Notice
from kept.people.presence import house
from kept.promises.models import Promise

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
MANY = 99


def desk(view: View[P]) -> View[P]:
    """Only for people who work here; never cached."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not worker(request).is_active:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return login_required(never_cache(guarded))


def for_managers(view: View[P]) -> View[P]:
    """Only for managers and admins."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not worker(request).leads_others:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return desk(guarded)


def for_admins(view: View[P]) -> View[P]:
    """Only for admins."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not worker(request).is_admin:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return desk(guarded)


def worker(request: HttpRequest) -> Employee:
    """The employee who is signed in."""
    employee = request.user
    if not isinstance(employee, Employee):
        raise PermissionDenied
    return employee


def show(request: HttpRequest, template: str, context: dict[str, object], *, here: str, status: int = 200) -> HttpResponse:
    """The page with everything its frame needs; `here` is the side bar's current entry."""
    employee = worker(request)
    moment = now()
    return render(
        request,
        template,
        {
            "me": employee,
            "theme": employee.theme,
            "house": house(),
            "here": here,
            "counts": counts(employee),
            "toasts": list(get_messages(request)),
            "now": moment,
            **context,
        },
        status=status,
    )


def counts(employee: Employee) -> dict[str, str]:
    """How much waits, as the side bar says it; never counted beyond what can be shown."""
    mine = Case.objects.open().filter(owner=employee, next_due_at__isnull=False)[: MANY + 1].count()
    promises = Promise.objects.open().filter(by=employee)[: MANY + 1].count()
    notices = Notice.objects.filter(to=employee, seen_at__isnull=True)[: MANY + 1].count()
    return {
        name: f"{MANY}+" if n > MANY else str(n or "")
        for name, n in (("inbox", mine), ("promises", promises), ("notices", notices))
    }
