"""What stood in my way: one key on a case, and what becomes of each person a root hurt."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kept.cases.models import Case
from kept.causes.gathering import STOOD_IN_MY_WAY, gather, let_go, say_what_stood_in_the_way
from kept.causes.hearing_back import tell_by_hand
from kept.causes.models import Cause, Gathered
from kept.causes.promising import promise_word
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.web.desk.acting import on_a_case
from kept.web.desk.going_back import way_back
from kept.web.desk.workroom import desk, worker


@on_a_case("cause")
def say_it(request: HttpRequest, case: Case) -> None:
    """The root that was picked, or the one that was typed, has this case."""
    me, picked, typed = worker(request), request.POST.get("cause", ""), request.POST.get("title", "")
    if typed.strip():
        gathered = say_what_stood_in_the_way(case, typed, by=me, now=now())
    elif picked:
        known = _picked(picked, me)
        if known is None:
            raise Refusal(_("Choose one of them, or type what stood in your way."))
        gathered = gather(known, case, by=me, now=now(), why=STOOD_IN_MY_WAY)
    else:
        raise Refusal(_("Choose one of them, or type what stood in your way."))
    undo = f"{reverse('gathered_let_go', args=[gathered.pk])}?from=case"
    messages.success(request, _("Noted: %(title)s") % {"title": gathered.cause.title}, extra_tags=undo)


def _picked(key: str, me: Employee) -> Cause | None:
    try:
        return Cause.objects.visible_to(me).decided().filter(public_id=uuid.UUID(key)).first()
    except ValueError:
        return None


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
