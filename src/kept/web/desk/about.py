"""`/desk/about/KIND:KEY`: from the name of a thing on the timeline, as it stands in notices and their mails, to its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from kept.cases.models import Case
from kept.causes.models import Cause
from kept.journeys.models import JourneyMap
from kept.observations.models import Observation
from kept.people.models import Employee
from kept.recognition.models import Recognition
from kept.stories.models import Story
from kept.surveys.models import Survey
from kept.web.desk.workroom import desk, worker

LARGEST_KEY = 18
PAGES: Final[dict[str, tuple[str, Callable[[Employee], QuerySet[Any]]]]] = {
    "case": ("case", lambda me: Case.objects.visible_to(me)),
    "cause": ("cause", lambda me: Cause.objects.visible_to(me)),
    "observation": ("small_thing", lambda me: Observation.objects.visible_to(me)),
    "story": ("story", lambda me: Story.objects.visible_to(me)),
    "journeymap": ("journey", lambda me: JourneyMap.objects.visible_to(me)),
    "recognition": ("recognition_card", lambda me: Recognition.objects.visible_to(me)),
    "survey": ("survey", lambda _me: Survey.objects.all()),
}
"""Kind: the page, and which of them this employee sees."""


@desk
@require_safe
def about(request: HttpRequest, thing: str) -> HttpResponse:
    """The page of the thing of that name, as far as this employee sees it."""
    kind, _colon, key = thing.partition(":")
    if kind not in PAGES or not key.isdecimal() or len(key) > LARGEST_KEY:
        raise Http404
    page, visible = PAGES[kind]
    found = get_object_or_404(visible(worker(request)), pk=int(key))
    return HttpResponseRedirect(reverse(page, args=[found.public_id]))
