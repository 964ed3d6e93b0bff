"""For whoever watches the machine: alive, and ready (KEPT.md 4)."""

from __future__ import annotations

from datetime import datetime

from django.db import DatabaseError
from django.db.models import Min
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from kept.due.heartbeats import standing_still
from kept.intake.models import Arrival, ArrivalState
from kept.lib.clock import now
from kept.replies.models import Delivery


@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """200 while the process answers at all."""
    return JsonResponse({"alive": True})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database can be reached and the clock beats; with the ages of what waits longest, in seconds."""
    moment = now()
    try:
        arrival = Arrival.objects.filter(state=ArrivalState.WAITING).aggregate(first=Min("reached_us_at"))["first"]
        delivery = Delivery.objects.filter(next_try_at__lte=moment).aggregate(first=Min("made_at"))["first"]
    except DatabaseError:
        return JsonResponse({"ready": False, "why": "the database does not answer"}, status=503)
    still = standing_still(moment)
    told = {
        "ready": not still,
        "oldest_waiting_arrival_seconds": _age(arrival, moment),
        "oldest_waiting_delivery_seconds": _age(delivery, moment),
    }
    return JsonResponse({**told, "why": f"standing still: {', '.join(still)}"} if still else told, status=503 if still else 200)


def _age(moment: datetime | None, at: datetime) -> int:
    return int((at - moment).total_seconds()) if moment else 0
