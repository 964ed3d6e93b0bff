"""What was set aside, with its reason; anything here can be brought back (R14)."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kept.intake.bringing_back import bring_back, release
from kept.intake.models import Arrival, ArrivalState, Fate, Filed
from kept.lib.clock import now
from kept.web.desk.workroom import desk, show, worker
from kept.web.newest_first import newest_first

PAGE = 50


VIEWS = {"": Fate.SET_ASIDE, "before": Fate.BEFORE_KEPT}
LOCKED = "locked"


@desk
@require_safe
def aside(request: HttpRequest) -> HttpResponse:
    """The newest 50, and older ones by key."""
    view = request.GET.get("view", "")
    locked = Arrival.objects.filter(state=ArrivalState.QUARANTINED)
    found: QuerySet[Any] = locked.select_related("account") if view == LOCKED else _filed(VIEWS.get(view, Fate.SET_ASIDE))
    rows, further = newest_first(found, request, at_once=PAGE)
    context = {
        "rows": rows,
        "next": further,
        "view": view if view in {*VIEWS, LOCKED} else "",
        "quarantined": locked.count(),
    }
    return show(request, "desk/set_aside.html", context, here="set_aside")


def _filed(fate: Fate) -> QuerySet[Filed]:
    return Filed.objects.filter(fate=fate).select_related("message__case")


@desk
@require_POST
def back(request: HttpRequest, filed_id: int) -> HttpResponse:
    """It was somebody's word after all: it is on a case with an owner and a clock."""
    filed = get_object_or_404(Filed, pk=filed_id)
    message = bring_back(filed, by=worker(request), now=now())
    messages.success(request, _("Brought back; %(name)s has it.") % {"name": message.case.owner.known_as})
    return HttpResponseRedirect(reverse("case", args=[message.case.public_id]))


@desk
@require_POST
def take_in_after_all(request: HttpRequest, receipt: uuid.UUID) -> HttpResponse:
    """What failed its proof of origin is genuine, says a person: it is filed like everything else."""
    arrival = get_object_or_404(Arrival, receipt=receipt, state=ArrivalState.QUARANTINED)
    release(arrival, by=worker(request), now=now())
    messages.success(request, _("It is taken in, and stands in the inbox in a moment."))
    return HttpResponseRedirect(f"{reverse('set_aside')}?view={LOCKED}")
