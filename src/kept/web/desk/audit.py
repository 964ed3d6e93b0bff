"""Is anybody unanswered? The sum, who waits too long, and whether every way in still hears."""

from __future__ import annotations

from django.db.models import Max, OuterRef
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kept.accounts.models import ChannelAccount
from kept.audit.counting import ARRIVAL_IN_TIME, count
from kept.audit.models import Statement
from kept.cases.models import Case, Message, Settled
from kept.intake.models import Arrival, ArrivalState
from kept.lib.clock import now
from kept.people.presence import house
from kept.timeline.models import Event
from kept.web.desk.rows import row
from kept.web.desk.workroom import Counted, desk, show, worker

LISTED = 50


@desk
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """The page."""
    moment = now()
    late = Case.objects.visible_to(worker(request)).overdue(moment)
    waiting = Message.objects.filter(case=OuterRef("pk"), is_theirs=True, settled=Settled.WAITING)
    listed = late.select_related("customer", "owner", "policy__calendar").annotate(words=Counted(waiting.values("pk")))
    unfiled = Arrival.objects.filter(state=ArrivalState.WAITING, reached_us_at__lte=moment - ARRIVAL_IN_TIME)
    accounts = list(ChannelAccount.objects.filter(closed_at__isnull=True).order_by("pk"))
    heard = dict(Arrival.objects.values_list("account").annotate(last=Max("reached_us_at")).order_by())
    context = {
        "audit": count(moment),
        "late": [row(case, now=moment) for case in listed.order_by("answer_due_at", "id")[:LISTED]],
        "matters": late.count(),
        "unfiled": unfiled.count(),
        "ears": [(account, account.heard_at or heard.get(account.pk)) for account in accounts],
        "statements": list(Statement.objects.order_by("-day")[:30]),
        "is_public": house().audit_is_public,
        "sealed": Event.objects.aggregate(number=Max("number"))["number"] or 0,
    }
    return show(request, "desk/audit.html", context, here="audit")
