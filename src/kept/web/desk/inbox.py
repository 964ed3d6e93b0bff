"""Who is waiting on us, by what falls due next (R16). Nobody can re-sort this list into comfort."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kept.cases.models import Case
from kept.lib.clock import now
from kept.people.models import Employee, Notice
from kept.web.desk.rows import row
from kept.web.desk.workroom import desk, show, worker

PAGE = 20
VIEWS = {
    "waiting": _("Waiting on us"),
    "mine": _("Mine"),
    "customer": _("Waiting on the customer"),
    "ended": _("Ended"),
}


@desk
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """One page of one view, 20 cases; the next begins after the last row's key."""
    me, moment = worker(request), now()
    view = request.GET.get("view", "waiting")
    view = view if view in VIEWS else "waiting"
    found = list(page_of(me, view, after=request.GET.get("after", ""))[: PAGE + 1])
    rows = [row(case, now=moment) for case in found[:PAGE]]
    context = {
        "views": [(key, title) for key, title in VIEWS.items()],
        "view": view,
        "title": VIEWS[view],
        "rows": rows,
        "next": key_of(found[PAGE - 1], view) if len(found) > PAGE else "",
        "is_first_page": not request.GET.get("after"),
        "longest": longest_waiting(me) if view == "waiting" else None,
        "notices": list(Notice.objects.filter(to=me, seen_at__isnull=True).order_by("-id")[:5]),
    }
    return show(request, "desk/inbox.html", context, here="inbox")


def page_of(me: Employee, view: str, *, after: str) -> QuerySet[Case]:
    """The cases of a view in its one order, beginning after that key; everything a row shows comes with them."""
    cases = Case.objects.visible_to(me).select_related("customer", "owner", "place", "account", "policy__calendar")
    column = "-ended_at" if view == "ended" else "last_word_at" if view == "customer" else "next_due_at"
    if view == "ended":
        cases = cases.filter(ended_at__isnull=False)
    elif view == "customer":
        cases = cases.open().filter(next_due_at__isnull=True)
    else:
        cases = cases.open().filter(next_due_at__isnull=False)
        cases = cases.filter(owner=me) if view == "mine" else cases
    if (key := _read_key(after)) is not None:
        cases = cases.filter(_beyond(column, *key))
    return cases.order_by(column, "-id" if column.startswith("-") else "id")


def _beyond(column: str, moment: datetime, pk: int) -> Q:
    name, sign = column.removeprefix("-"), "lt" if column.startswith("-") else "gt"
    return Q(**{f"{name}__{sign}": moment}) | Q(**{name: moment, f"id__{sign}": pk})


def key_of(case: Case, view: str) -> str:
    """Where the next page begins."""
    moment = case.ended_at if view == "ended" else case.last_word_at if view == "customer" else case.next_due_at
    return urlsafe_b64encode(f"{moment.isoformat() if moment else ''}|{case.pk}".encode()).decode()


def _read_key(after: str) -> tuple[datetime, int] | None:
    try:
        moment, _bar, pk = urlsafe_b64decode(after).decode().partition("|")
        return datetime.fromisoformat(moment), int(pk)
    except ValueError:
        return None


def longest_waiting(me: Employee) -> Case | None:
    """Whom we have left alone the longest."""
    waiting: Sequence[Case] = (
        Case.objects.visible_to(me)
        .filter(silent_since__isnull=False)
        .select_related("customer")
        .order_by("silent_since", "id")[:1]
    )
    return waiting[0] if waiting else None
