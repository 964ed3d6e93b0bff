"""Who is waiting on us, by what falls due next (R16). Nobody can re-sort this list into comfort."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from itertools import pairwise

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kept.accounts.policies import default_calendar
from kept.cases.models import Case
from kept.causes.models import Cause
from kept.lib.clock import now
from kept.people.models import Employee, Notice
from kept.web.desk.on_offer import asked_of
from kept.web.desk.rows import grouped, row
from kept.web.desk.workroom import desk, show, worker

PAGE = 20
VIEWS = {
    "waiting": _("Waiting on us"),
    "mine": _("Mine"),
    "customer": _("Waiting on the customer"),
    "ended": _("Ended"),
}
ORDERS = {"waiting": "next_due_at", "mine": "next_due_at", "customer": "id", "ended": "-ended_at"}
"""Each view's one order. Those who owe us a word stand as they came: nothing falls due there."""


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
        "views": VIEWS,
        "view": view,
        "title": VIEWS[view],
        "groups": grouped(rows, now=moment) if view in {"waiting", "mine"} else [(VIEWS[view], rows)] if rows else [],
        "neighbours": {one.case.pk: other.case.public_id for one, other in pairwise(rows)},
        "next": key_of(found[PAGE - 1], view) if len(found) > PAGE else "",
        "is_first_page": not request.GET.get("after"),
        "longest": longest_waiting(me) if view == "waiting" else None,
        "notices": news_for(me),
        "asked": asked_of(me) if view in {"waiting", "mine"} else [],
        "zone": rows[0].case.policy.calendar.zone if rows else default_calendar().zone,
    }
    return show(request, "desk/inbox.html", context, here="inbox")


def page_of(me: Employee, view: str, *, after: str) -> QuerySet[Case]:
    """The cases of a view in its one order, beginning after that key; everything a row shows comes with them."""
    cases = Case.objects.visible_to(me).select_related("customer", "owner", "place", "account", "policy__calendar")
    if view == "ended":
        cases = cases.filter(ended_at__isnull=False)
    else:
        cases = cases.open().filter(next_due_at__isnull=view == "customer")
        cases = cases.filter(owner=me) if view == "mine" else cases
    order = ORDERS[view]
    column, sign = order.removeprefix("-"), "lt" if order.startswith("-") else "gt"
    if (key := _read_key(after)) is not None:
        moment, pk = key
        beyond = Q(**{column: moment, f"id__{sign}": pk}) | Q(**{f"{column}__{sign}": moment})
        cases = cases.filter(id__gt=pk) if order == "id" else cases.filter(beyond)
    return cases.order_by(order) if order == "id" else cases.order_by(order, "-id" if sign == "lt" else "id")


def key_of(case: Case, view: str) -> str:
    """Where the next page begins."""
    moment: datetime = case.opened_at if ORDERS[view] == "id" else getattr(case, ORDERS[view].removeprefix("-"))
    return urlsafe_b64encode(f"{moment.isoformat()}|{case.pk}".encode()).decode()


def _read_key(after: str) -> tuple[datetime, int] | None:
    try:
        moment, _bar, pk = urlsafe_b64decode(after).decode().partition("|")
        key = datetime.fromisoformat(moment), int(pk[:18])
    except ValueError:
        return None
    return key if key[0].tzinfo else None


def longest_waiting(me: Employee) -> Case | None:
    """Whom we have left alone the longest."""
    silent = Case.objects.visible_to(me).filter(silent_since__isnull=False).select_related("customer")
    return silent.order_by("silent_since", "id").first()


def news_for(me: Employee) -> list[tuple[Notice, Case | None, Cause | None]]:
    """The newest things they were told and have not seen yet, three at most, each with the case or the root it is about."""
    unseen = Notice.objects.filter(to=me, seen_at__isnull=True)
    told = (unseen.exclude(kind="gift_asked") if me.leads_others else unseen).order_by("-id")[:20]
    newest = list({notice.about: notice for notice in reversed(told)}.values())[::-1][:3]
    keys = [notice.about.removeprefix("case:") for notice in newest if notice.about.startswith("case:")]
    cases = {case.about: case for case in Case.objects.visible_to(me).filter(pk__in=keys)} if keys else {}
    keys = [notice.about.removeprefix("cause:") for notice in newest if notice.about.startswith("cause:")]
    roots = {cause.about: cause for cause in Cause.objects.visible_to(me).filter(pk__in=keys)} if keys else {}
    return [(notice, cases.get(notice.about), roots.get(notice.about)) for notice in newest]
