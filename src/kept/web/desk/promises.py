"""The promise ledger: what we said we would do, broken ones first."""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kept.accounts.policies import default_calendar
from kept.cases.models import Case
from kept.lib.clock import now
from kept.people.models import Employee
from kept.promises.keeping import keep
from kept.promises.models import Promise, PromiseQuerySet
from kept.web.desk.workroom import desk, show, worker

MOST = 50


@desk
@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """The ledger in four parts, ours or mine, and this month's count."""
    me, moment = worker(request), now()
    whose = "mine" if request.GET.get("whose") == "mine" else "all"
    zone = default_calendar().zone
    tomorrow = datetime.combine(moment.astimezone(ZoneInfo(zone)).date() + timedelta(days=1), time(), ZoneInfo(zone))
    seen = _seen_by(me, whose).select_related("case__customer", "by")
    context = {
        "whose": whose,
        "zone": zone,
        "broken": list(seen.filter(is_open=True, broken_at__isnull=False).order_by("due_at", "id")[:MOST]),
        "today": list(seen.filter(is_open=True, broken_at__isnull=True, due_at__lt=tomorrow).order_by("due_at", "id")[:MOST]),
        "later": list(seen.filter(is_open=True, broken_at__isnull=True, due_at__gte=tomorrow).order_by("due_at", "id")[:MOST]),
        "kept": list(seen.filter(kept_at__isnull=False).order_by("-kept_at", "-id")[:10]),
        "sum": _sum(_seen_by(me, whose), moment),
    }
    return show(request, "desk/promises.html", context, here="promises")


def _seen_by(me: Employee, whose: str) -> PromiseQuerySet:
    found = Promise.objects.binding().filter(case__in=Case.objects.visible_to(me))
    return found.filter(by=me) if whose == "mine" else found


def _sum(found: PromiseQuerySet, moment: datetime) -> dict[str, int]:
    lately = found.filter(made_at__gte=moment - timedelta(days=30))
    return lately.aggregate(
        made=Count("id"),
        kept=Count("id", filter=Q(kept_at__isnull=False, broken_at__isnull=True)),
        late=Count("id", filter=Q(kept_at__isnull=False, broken_at__isnull=False)),
        broken=Count("id", filter=Q(kept_at__isnull=True, broken_at__isnull=False)),
        open=Count("id", filter=Q(is_open=True, broken_at__isnull=True)),
    )


@desk
@require_POST
def keep_promise(request: HttpRequest, promise_id: uuid.UUID) -> HttpResponse:
    """It is kept, now."""
    me = worker(request)
    made = get_object_or_404(_seen_by(me, "all"), public_id=promise_id)
    keep(made, by=me, now=now())
    messages.success(request, _("Kept: %(what)s") % {"what": made.what})
    back = request.POST.get("back", "")
    return HttpResponseRedirect(reverse("case", args=[made.case.public_id]) if back == "case" else reverse("promises"))
