"""What becomes of each person whom a root hurt: let go, told, or given our word."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kept.cases.models import Case
from kept.causes.gathering import let_go
from kept.causes.hearing_back import tell_by_hand
from kept.causes.models import Gathered
from kept.causes.promising import promise_word
from kept.lib.clock import now
from kept.web.desk.going_back import way_back
from kept.web.desk.workroom import desk, worker


def _find(request: HttpRequest, gathered_id: int) -> Gathered:
    mine = Gathered.objects.filter(case__in=Case.objects.visible_to(worker(request)))
    return get_object_or_404(mine.select_related("cause", "case__customer"), pk=gathered_id)


def _back(request: HttpRequest, gathered: Gathered) -> HttpResponseRedirect:
    if request.GET.get("from") == "case":
        return HttpResponseRedirect(reverse("case", args=[gathered.case.public_id]))
    return HttpResponseRedirect(way_back(request) or reverse("cause", args=[gathered.cause.public_id]))


@desk
@require_POST
def take_out(request: HttpRequest, gathered_id: int) -> HttpResponse:
    """This is not what stood in their way."""
    gathered = _find(request, gathered_id)
    let_go(gathered, by=worker(request), now=now())
    messages.success(request, _("%(name)s does not stand there any more.") % {"name": gathered.case.customer.known_as})
    return _back(request, gathered)


@desk
@require_POST
def told_by_hand(request: HttpRequest, gathered_id: int) -> HttpResponse:
    """Somebody told them that it is mended."""
    gathered = _find(request, gathered_id)
    tell_by_hand(gathered, by=worker(request), now=now())
    messages.success(request, _("%(name)s knows.") % {"name": gathered.case.customer.known_as})
    return _back(request, gathered)


@desk
@require_POST
def give_word(request: HttpRequest, gathered_id: int) -> HttpResponse:
    """Our word to tell them stands in the ledger; whoever looks after them says so in their next reply."""
    gathered = _find(request, gathered_id)
    word = promise_word(gathered, now=now())
    messages.success(request, _("In the ledger: %(what)s. Say so in your next words to them.") % {"what": word.what})
    return _back(request, gathered)
