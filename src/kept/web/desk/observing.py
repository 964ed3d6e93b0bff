"""What is done about a small thing: see to it, hand it on, say what came of it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kept.cases.models import Case
from kept.causes.models import Gathered
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.observations.linking import link, link_many, refuse, unlink
from kept.observations.models import Observation
from kept.observations.settling import hand_on, settle
from kept.people.models import Employee
from kept.people.telling import has_seen
from kept.web.desk.causes import find_cause
from kept.web.desk.going_back import way_back
from kept.web.desk.observations import MOST_PROPOSED, find_seen, show_small_thing
from kept.web.desk.workroom import desk, worker


@desk
@require_POST
def told(request: HttpRequest, seen_id: uuid.UUID) -> HttpResponse:
    """What this person was told about it is read."""
    seen = find_seen(request, seen_id)
    has_seen(worker(request), about=seen.about, at=now())
    return HttpResponse(status=204) if request.headers.get("HX-Request") else _to(seen)


@desk
@require_POST
def settle_it(request: HttpRequest, seen_id: uuid.UUID) -> HttpResponse:
    """It is done, or left as it is; whoever saw it is told."""
    seen, became = find_seen(request, seen_id), request.POST.get("became", "")
    try:
        settled = settle(seen, became, by=worker(request), now=now(), left=request.POST.get("do") == "left")
    except Refusal as refusal:
        return show_small_thing(request, seen, status=409, refusal=refusal, typed={"became": became})
    if settled.told_at is not None and settled.by is not None and settled.by_id != worker(request).pk:
        messages.success(request, _("%(name)s knows what became of it.") % {"name": settled.by.name})
    else:
        messages.success(request, _("What became of it stands here."))
    return _to(seen)


@desk
@require_POST
def hand_it_on(request: HttpRequest, seen_id: uuid.UUID) -> HttpResponse:
    """Somebody else sees to it; without a name whoever presses does."""
    seen, me, chosen = find_seen(request, seen_id), worker(request), request.POST.get("to", "")
    to = Employee.objects.filter(public_id=chosen).first() if is_id(chosen) else me
    try:
        hand_on(seen, to=to or me, by=me, now=now())
    except Refusal as refusal:
        return show_small_thing(request, seen, status=409, refusal=refusal)
    says = (
        _("It is yours to see to.")
        if to in (me, None)
        else _("%(name)s sees to it now, and knows.") % {"name": to.name if to else ""}
    )
    messages.success(request, says)
    return _to(seen)


@desk
@require_POST
def came_before(request: HttpRequest, seen_id: uuid.UUID) -> HttpResponse:
    """The ticked matters came of it, says a person, or, with `no`, they did not; `back` leads to the case where that was said."""
    seen, me = find_seen(request, seen_id), worker(request)
    ticked = [one for one in request.POST.getlist("case") if is_id(one)][:MOST_PROPOSED]
    cases = list(Case.objects.visible_to(me).filter(public_id__in=ticked).select_related("customer"))
    try:
        if not cases:
            raise Refusal(_("Tick who suffered it."))
        if "no" in request.POST:
            return _refused(request, seen, cases)
        number = link_many(seen, cases, by=me, now=now())
    except Refusal as refusal:
        return show_small_thing(request, seen, status=409, refusal=refusal)
    messages.success(request, _linked(number))
    return HttpResponseRedirect(way_back(request) or reverse("small_thing", args=[seen.public_id]))


def _refused(request: HttpRequest, seen: Observation, cases: list[Case]) -> HttpResponse:
    for case in cases:
        refuse(seen, case, by=worker(request), now=now())
    messages.success(request, _("It is not proposed any more."))
    return HttpResponseRedirect(way_back(request) or reverse("small_thing", args=[seen.public_id]))


@desk
@require_POST
def not_before(request: HttpRequest, seen_id: uuid.UUID) -> HttpResponse:
    """It has nothing to do with that matter, says a person."""
    seen, wanted = find_seen(request, seen_id), request.POST.get("case", "")
    if is_id(wanted):
        unlink(seen, get_object_or_404(Case.objects.visible_to(worker(request)), public_id=wanted), by=worker(request), now=now())
    return HttpResponseRedirect(way_back(request) or reverse("small_thing", args=[seen.public_id]))


@desk
@require_POST
def before_a_root(request: HttpRequest, cause_id: uuid.UUID) -> HttpResponse:
    """This small thing came before everybody gathered there who wrote after it."""
    cause, me, wanted = find_cause(request, cause_id), worker(request), request.POST.get("seen", "")
    seen = get_object_or_404(Observation.objects.visible_to(me), public_id=wanted if is_id(wanted) else None)
    taken = Gathered.objects.taken().filter(cause=cause, case__in=Case.objects.visible_to(me), case__joined_into__isnull=True)
    later = taken.filter(case__opened_at__gte=seen.seen_at).select_related("case__customer").order_by("id")
    number = len([link(seen, one.case, by=me, now=now()) for one in later])
    messages.success(request, _linked(number))
    return HttpResponseRedirect(reverse("cause", args=[cause.public_id]))


def _linked(number: int) -> str:
    if not number:
        return _("Nobody gathered here wrote after it was seen.")
    return ngettext("It came before what one customer wrote.", "It came before what %(num)s customers wrote.", number) % {
        "num": number
    }


def _to(seen: Observation) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("small_thing", args=[seen.public_id]))


def is_id(text: str) -> bool:
    """Whether this can be the public id of anything."""
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
