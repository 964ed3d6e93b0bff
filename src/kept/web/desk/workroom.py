"""What every page of the desk shares: who is working, and the side bar's counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.contrib.auth.middleware import get_user
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.db.models import IntegerField, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from kept.accounts.policies import default_calendar
from kept.cases.models import Case
from kept.lib.clock import now
from kept.people.models import Employee, House
from kept.people.presence import house
from kept.promises.models import Promise
from kept.recognition.wall import looking_for

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
View = Callable[Concatenate[HttpRequest, P], R]
MANY = 99


def desk(view: View[P, R]) -> View[P, R]:
    """Only for people who work here; never cached."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if not worker(request).is_active:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return login_required(never_cache(guarded))


def for_managers(view: View[P, R]) -> View[P, R]:
    """Only for managers and admins."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if not worker(request).leads_others:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return desk(guarded)


def for_admins(view: View[P, R]) -> View[P, R]:
    """Only for admins."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if not worker(request).is_admin:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return desk(guarded)


def in_house_time(view: View[P, R]) -> View[P, R]:
    """Days and hours typed into this page's forms, and shown in them, are those of the house's own clock."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with timezone.override(ZoneInfo(default_calendar().zone)):
            return view(request, *args, **kwargs)

    return guarded


def worker(request: HttpRequest) -> Employee:
    """The employee who is signed in; the row itself, not Django's lazy stand-in, so that history knows their name."""
    employee = get_user(request)
    if not isinstance(employee, Employee):
        raise PermissionDenied
    return employee


def show(request: HttpRequest, template: str, context: Mapping[str, object], *, here: str, status: int = 200) -> HttpResponse:
    """The page with everything its frame needs; `here` is the side bar's current entry."""
    employee = worker(request)
    frame = {
        "me": employee,
        "theme": employee.theme,
        "here": here,
        "toasts": list(get_messages(request)),
        "now": now(),
        **({} if "counts" in context else counts(employee)),
    }
    return render(request, template, {**frame, **context}, status=status)


class Counted(Subquery):
    """How many rows a query finds, as one value of another query; cut short by the query's own slice."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


SIDE = "side_"
"""What the columns of the side bar begin with: one page reads them together with what it is about."""


def counts(employee: Employee) -> dict[str, object]:
    """The house's name and how much waits, in one query; never counted beyond what can be shown."""
    columns = side_columns(employee)
    return side_bar(House.objects.filter(pk=1).annotate(**columns).values(*columns).first() or {})


def side_columns(employee: Employee) -> dict[str, Subquery]:
    """The same as columns, for a page that asks the database for something anyway."""
    cases = Case.objects.visible_to(employee).open()
    owed = cases.filter(next_due_at__isnull=False)
    rows: dict[str, QuerySet[Any]] = {
        "waiting": owed,
        "mine": owed.filter(owner=employee),
        "customer": cases.filter(next_due_at__isnull=True),
        "promises": Promise.objects.open().filter(by=employee),
        "looking": looking_for().visible_to(employee),
    }
    counted: dict[str, Subquery] = {
        f"{SIDE}{name}": Counted(found.order_by().values("pk")[: MANY + 1]) for name, found in rows.items()
    }
    return {f"{SIDE}house": Subquery(House.objects.filter(pk=1).values("name")), **counted}


def side_bar(columns: Mapping[str, Any]) -> dict[str, object]:
    """What the frame shows, out of these columns."""
    found = {name.removeprefix(SIDE): value for name, value in columns.items() if name.startswith(SIDE)}
    name = found.pop("house", None) or house().name
    return {"house_name": name, "counts": {key: f"{MANY}+" if n > MANY else str(n or "") for key, n in found.items()}}
