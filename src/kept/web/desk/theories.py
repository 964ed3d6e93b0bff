"""Theories: one sentence each, with the stories that speak for it and against it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kept.accounts.policies import default_calendar
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.stories.library import LONGEST_SEARCH, Wanted, look_for
from kept.stories.models import Evidence, Story, Theory
from kept.stories.theories import give_up, say, theories_for, weigh
from kept.web.desk.chosen import id_in
from kept.web.desk.workroom import desk, show, worker
from kept.web.newest_first import newest_first

AT_ONCE = 50
MOST_STORIES = 100


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def theories(request: HttpRequest) -> HttpResponse:
    """All of them; POST says another one."""
    if request.method != "POST":
        return _list(request)
    try:
        theory = say(request.POST.get("says", ""), by=worker(request), now=now())
    except Refusal as refusal:
        return _list(request, status=409, refusal=refusal, typed=request.POST.get("says", ""))
    return HttpResponseRedirect(reverse("theory", args=[theory.public_id]))


def _list(request: HttpRequest, *, status: int = 200, **more: object) -> HttpResponse:
    found, further = newest_first(theories_for(worker(request)), request, at_once=AT_ONCE)
    return show(request, "desk/theories.html", {"found": found, "further": further, **more}, here="stories", status=status)


@desk
@require_safe
def theory(request: HttpRequest, theory_id: uuid.UUID) -> HttpResponse:
    """One sentence with its stories; q looks for another story to weigh."""
    return _show(request, _found(theory_id))


def _found(theory_id: uuid.UUID) -> Theory:
    return get_object_or_404(Theory.objects.select_related("by"), public_id=theory_id)


def _show(request: HttpRequest, theory: Theory, *, status: int = 200, **more: object) -> HttpResponse:
    me, looked_for = worker(request), request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    weighed = Evidence.objects.filter(theory=theory, story__in=Story.objects.visible_to(me))
    stories = list(weighed.select_related("story__touchpoint", "story__place").order_by("id")[:MOST_STORIES])
    context = {
        "theory": theory,
        "sides": [[one for one in stories if one.speaks_for is side] for side in (True, False)],
        "looked_for": looked_for,
        "offered": look_for(Wanted(words=looked_for), reader=me)[0],
        "may_give_up": theory.by_id == me.pk or me.leads_others,
        "zone": default_calendar().zone,
        **more,
    }
    return show(request, "desk/theory.html", context, here="stories", status=status)


@desk
@require_POST
def weigh_it(request: HttpRequest, theory_id: uuid.UUID) -> HttpResponse:
    """A story speaks for it, or against it."""
    theory, me = _found(theory_id), worker(request)
    try:
        story = Story.objects.visible_to(me).filter(public_id=id_in(request.POST.get("story", ""))).first()
        if story is None or request.POST.get("side") not in {"for", "against"}:
            raise Refusal(_("Choose a story, and whether it speaks for it or against it."))
        weigh(theory, story, speaks_for=request.POST["side"] == "for", by=me, now=now())
    except Refusal as refusal:
        return _show(request, theory, status=409, refusal=refusal)
    return HttpResponseRedirect(reverse("theory", args=[theory.public_id]))


@desk
@require_POST
def give_it_up(request: HttpRequest, theory_id: uuid.UUID) -> HttpResponse:
    """Nobody goes by it any more."""
    theory = _found(theory_id)
    try:
        give_up(theory, by=worker(request), now=now())
    except Refusal as refusal:
        return _show(request, theory, status=409, refusal=refusal)
    messages.success(request, _("Given up. Its stories stay."))
    return HttpResponseRedirect(reverse("theories"))
