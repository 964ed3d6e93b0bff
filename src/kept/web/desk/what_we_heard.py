"""What we heard, kept by managers: you said, we did; shown to everybody or not, and who joined."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kept.accounts.policies import default_calendar
from kept.causes.models import DECIDED, Cause
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.people.presence import house
from kept.stories.hearing import hear_it, say_what_we_did, show_to_everybody, take_down
from kept.stories.models import Heard, Story
from kept.web.desk.chosen import id_in
from kept.web.desk.workroom import for_managers, show, worker
from kept.web.newest_first import newest_first

AT_ONCE, MOST_OFFERED = 20, 50


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def what_we_heard(request: HttpRequest) -> HttpResponse:
    """The entries, the newest first; POST adds one from a root, a story, or as typed."""
    if request.method != "POST":
        return _list(request)
    typed = {name: request.POST.get(name, "") for name in ("said", "did", "cause", "story")}
    try:
        cause = Cause.objects.filter(public_id=id_in(typed["cause"]), state__in=DECIDED).first()
        story = Story.objects.public().filter(public_id=id_in(typed["story"])).first()
        said = typed["said"].strip() or (story.words if story else "")
        hear_it(said, did=typed["did"], cause=cause, story=story, by=worker(request), now=now())
    except Refusal as refusal:
        return _list(request, status=409, refusal=refusal, typed=typed)
    messages.success(request, _("Written down. Only managers see it until you show it."))
    return HttpResponseRedirect(reverse("what_we_heard"))


def _list(request: HttpRequest, *, status: int = 200, **more: object) -> HttpResponse:
    readable = Q(story__isnull=True) | Q(story__in=Story.objects.public())
    rows = (
        Heard.objects.filter(readable).select_related("cause", "by").annotate(too=Count("me_too"), told=Count("me_too__told_at"))
    )
    found, further = newest_first(rows, request, at_once=AT_ONCE)
    context = {
        "found": found,
        "further": further,
        "is_public": house().heard_is_public,
        "causes": list(Cause.objects.decided().order_by("-id")[:MOST_OFFERED]),
        "stories": list(Story.objects.public().order_by("-id")[:MOST_OFFERED]),
        "typed": {},
        "zone": default_calendar().zone,
        **more,
    }
    return show(request, "desk/what_we_heard.html", context, here="what_we_heard", status=status)


def _found(heard_id: uuid.UUID) -> Heard:
    readable = Q(story__isnull=True) | Q(story__in=Story.objects.public())
    return get_object_or_404(Heard.objects.filter(readable), public_id=heard_id)


@for_managers
@require_POST
def did(request: HttpRequest, heard_id: uuid.UUID) -> HttpResponse:
    """What we did stands beside it, and who joined is told."""
    heard, text = _found(heard_id), request.POST.get("did", "")
    try:
        say_what_we_did(heard, text, by=worker(request), now=now())
    except Refusal as refusal:
        return _list(request, status=409, refusal=refusal)
    messages.success(request, _("Whoever joined is told, once it stands there for everybody."))
    return HttpResponseRedirect(reverse("what_we_heard"))


@for_managers
@require_POST
def show_it(request: HttpRequest, heard_id: uuid.UUID) -> HttpResponse:
    """It stands on the page for everybody."""
    try:
        show_to_everybody(_found(heard_id), by=worker(request), now=now())
    except Refusal as refusal:
        return _list(request, status=409, refusal=refusal)
    return HttpResponseRedirect(reverse("what_we_heard"))


@for_managers
@require_POST
def take_it_down(request: HttpRequest, heard_id: uuid.UUID) -> HttpResponse:
    """It stands there no longer."""
    take_down(_found(heard_id), by=worker(request), now=now())
    return HttpResponseRedirect(reverse("what_we_heard"))
