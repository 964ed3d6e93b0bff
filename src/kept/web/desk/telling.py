"""A story on its way to its readers: chosen, read as it will be shown, our side told, its customer asked."""

from __future__ import annotations

import uuid
from contextlib import suppress

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kept.cases.models import Case, Message
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.observations.models import Observation
from kept.people.models import Employee
from kept.promises.models import Promise
from kept.recognition.models import Recognition
from kept.stories.asking_consent import ask, write_down_what_they_said
from kept.stories.choosing import choose, name_it, tell_our_side, told_already
from kept.stories.covering import change_what_is_covered
from kept.stories.library import OUTCOMES
from kept.stories.models import Story
from kept.stories.redacting import see
from kept.stories.sources import Source
from kept.surveys.behind import may_read
from kept.surveys.models import Response
from kept.web.desk.stories import find_story, show_story
from kept.web.desk.workroom import desk, worker


@desk
@require_POST
def choose_it(request: HttpRequest, kind: str, said_id: uuid.UUID) -> HttpResponse:
    """These words wait as a story, on a page where they are read as they will be shown."""
    me = worker(request)
    source = _source(kind, said_id, me)
    title, outcome = request.POST.get("title", ""), request.POST.get("outcome", "")
    try:
        story = choose(source, title=title, by=me, now=now(), outcome=outcome if outcome in OUTCOMES else "")
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _to_the_one_there_is(source, me) or HttpResponseRedirect(_where(source))
    return _back(story)


def _to_the_one_there_is(source: Source, me: Employee) -> HttpResponse | None:
    """Words that are a story already lead to it, if this employee may read it."""
    with suppress(Refusal):
        there = told_already(source)
        if there is not None and Story.objects.visible_to(me).filter(pk=there.pk).exists():
            return _back(there)
    return None


def _source(kind: str, said_id: uuid.UUID, me: Employee) -> Source:
    """The words, as far as this employee sees them where they stand. Raises Http404."""
    cases = Case.objects.visible_to(me)
    if kind == "message":
        return get_object_or_404(
            Message.objects.filter(case__in=cases).select_related("case__customer", "customer"), public_id=said_id
        )
    if kind == "response":
        related = ("case__customer", "case__owner", "after_case", "customer", "owner", "place", "touchpoint")
        response = get_object_or_404(Response.objects.select_related(*related), public_id=said_id)
        if not may_read(response, me):
            raise Http404
        return response
    if kind == "recognition":
        praise = Recognition.objects.visible_to(me)
        return get_object_or_404(praise.select_related("case__customer", "customer"), public_id=said_id)
    if kind == "observation":
        return get_object_or_404(Observation.objects.visible_to(me).select_related("customer", "touchpoint"), public_id=said_id)
    if kind == "promise":
        kept = Promise.objects.filter(case__in=cases, kept_at__isnull=False)
        return get_object_or_404(kept.select_related("case__customer"), public_id=said_id)
    raise Http404


def _where(source: Source) -> str:
    if isinstance(source, Observation):
        return reverse("small_thing", args=[source.public_id])
    if isinstance(source, Recognition) and source.employee:
        return f"{reverse('person_praise', args=[source.employee.public_id])}#p-{source.public_id}"
    return reverse("case", args=[source.case.public_id]) if source.case else reverse("stories")


def _mine_to_change(request: HttpRequest, story_id: uuid.UUID) -> Story:
    story = find_story(request, story_id)
    if not story.may_change(worker(request)):
        raise PermissionDenied
    return story


@desk
@require_POST
def seen_as_shown(request: HttpRequest, story_id: uuid.UUID) -> HttpResponse:
    """They read these words as they will be shown, and stand for them."""
    story, words = _mine_to_change(request, story_id), request.POST.get("words", "")
    try:
        see(story, words, by=worker(request), now=now())
    except Refusal as refusal:
        return show_story(request, story, status=409, refusal=refusal)
    messages.success(request, _("Read as it will be shown."))
    return _back(story)


@desk
@require_POST
def leave_out(request: HttpRequest, story_id: uuid.UUID) -> HttpResponse:
    """also=phrases, one a line, are left out; back=numbers of covered places are shown again. The words are read anew."""
    story, also = _mine_to_change(request, story_id), request.POST.get("also", "")
    back = {int(number) for number in request.POST.getlist("back") if number.isdecimal() and len(number) < 6}
    try:
        change_what_is_covered(story, bring_back=back, also=also.splitlines(), by=worker(request), now=now())
    except Refusal as refusal:
        return show_story(request, story, status=409, refusal=refusal, typed={"also": also, "back": back})
    messages.success(request, _("Changed. Read it once more as it will be shown."))
    return _back(story)


@desk
@require_POST
def both_sides(request: HttpRequest, story_id: uuid.UUID) -> HttpResponse:
    """What happened at ours, and what should have been different."""
    story = _mine_to_change(request, story_id)
    try:
        name_it(story, request.POST.get("title", story.title), by=worker(request), now=now())
    except Refusal as refusal:
        typed = {name: request.POST.get(name, "") for name in ("ours", "different")}
        return show_story(request, story, status=409, refusal=refusal, typed=typed)
    tell_our_side(
        story,
        ours=request.POST.get("ours", "")[:20_000],
        different=request.POST.get("different", "")[:20_000],
        by=worker(request),
        now=now(),
    )
    messages.success(request, _("Both sides are told."))
    return _back(story)


@desk
@require_POST
def ask_them(request: HttpRequest, story_id: uuid.UUID) -> HttpResponse:
    """A mail with the very words is on its way to them."""
    story = _mine_to_change(request, story_id)
    try:
        ask(story, by=worker(request), now=now())
    except Refusal as refusal:
        return show_story(request, story, status=409, refusal=refusal)
    messages.success(request, _("They are asked, with the very words."))
    return _back(story)


@desk
@require_POST
def they_said(request: HttpRequest, story_id: uuid.UUID) -> HttpResponse:
    """A spoken yes or no is written down, in their words."""
    story, far, said = _mine_to_change(request, story_id), request.POST.get("far", ""), request.POST.get("said", "")
    named = bool(request.POST.get("named"))
    try:
        if not far:
            raise Refusal(_("Say how far their words may go."))
        scope = "" if far == "no" else far
        write_down_what_they_said(story, scope=scope, with_name=named, said=said, by=worker(request), now=now())
    except Refusal as refusal:
        return show_story(request, story, status=409, refusal=refusal, typed={"said": said, "far": far, "named": named})
    if far == "no":
        messages.success(request, _("Written down. Nobody else reads it."))
        return HttpResponseRedirect(reverse("stories"))
    messages.success(request, _("Written down."))
    return _back(story)


def _back(story: Story) -> HttpResponse:
    return HttpResponseRedirect(reverse("story", args=[story.public_id]))
