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
from kept.cases.models import Case, Message
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.promises.keeping import renegotiate
from kept.promises.models import Promise, PromiseQuerySet
from kept.remedies.doing import keep_the_word
from kept.replies.sending import KINDS
from kept.web.desk.case import find, show_case
from kept.web.desk.dots import dots_by_day
from kept.web.desk.reading_back import in_zone
from kept.web.desk.workroom import desk, show, worker

MOST = 50


@desk
@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """The ledger in four parts, everyone's or mine, and the last 30 days in one sentence."""
    me, moment = worker(request), now()
    whose = "mine" if request.GET.get("whose") == "mine" else "all"
    zone = default_calendar().zone
    tomorrow = datetime.combine(moment.astimezone(ZoneInfo(zone)).date() + timedelta(days=1), time(), ZoneInfo(zone))
    seen = _seen_by(me, whose)
    rows = seen.select_related("case__customer", "by", "standing")
    due = rows.filter(is_open=True, broken_at__isnull=True).order_by("due_at", "id")
    parts = [
        (
            "broken",
            _("Broken, and not yet mended"),
            rows.filter(is_open=True, broken_at__isnull=False).order_by("due_at", "id")[:MOST],
        ),
        ("today", _("Today"), due.filter(due_at__lt=tomorrow)[:MOST]),
        ("later", _("Later"), due.filter(due_at__gte=tomorrow)[:MOST]),
        ("waits", _("Waits for the customer"), due.filter(due_at__isnull=True)[:MOST]),
        ("kept", _("Lately kept"), rows.filter(kept_at__isnull=False).order_by("-kept_at", "-id")[:10]),
    ]
    context = {
        "whose": whose,
        "zone": zone,
        "parts": [(key, title, list(found)) for key, title, found in parts],
        "days": dots_by_day(seen, zone=zone, now=moment),
        "sum": _sum(seen, moment),
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
        renegotiated=Count("id", filter=Q(renegotiated_at__isnull=False, kept_at__isnull=True, broken_at__isnull=True)),
        open=Count("id", filter=Q(is_open=True, broken_at__isnull=True)),
    )


@desk
@require_POST
def agree_new_hour(request: HttpRequest, promise_id: uuid.UUID) -> HttpResponse:
    """The customer was told of another hour before this one was over: in the last words of ours that went to them since."""
    me = worker(request)
    made = get_object_or_404(_seen_by(me, "all").select_related("case"), public_id=promise_id)
    told = Message.objects.filter(case=made.case, is_theirs=False, kind__in=KINDS, is_held=False, failed_at__isnull=True)
    told_in = told.filter(taken_back_at__isnull=True, at__gt=made.made_at).order_by("-id").first()
    try:
        due_at = in_zone(request.POST.get("due", ""), default_calendar().zone)
        renegotiate(made, due_at=due_at, by=me, now=now(), told_in=told_in)
    except Refusal as refusal:
        case = find(request, made.case.public_id)
        return show_case(request, case, status=409, refusal=refusal, typed=request.POST, moving=made.pk)
    messages.success(request, _("The new hour is in the ledger: %(what)s") % {"what": made.what})
    return HttpResponseRedirect(reverse("case", args=[made.case.public_id]))


@desk
@require_POST
def keep_promise(request: HttpRequest, promise_id: uuid.UUID) -> HttpResponse:
    """It is kept, now."""
    me = worker(request)
    made = get_object_or_404(_seen_by(me, "all").select_related("case"), public_id=promise_id)
    keep_the_word(made, by=me, now=now())
    messages.success(request, _("Kept: %(what)s") % {"what": made.what})
    back = request.POST.get("back", "")
    return HttpResponseRedirect(reverse("case", args=[made.case.public_id]) if back == "case" else reverse("promises"))
