"""Drawing a map by plain forms: every stage and step is a group of fields; buttons add, move and remove them without a script."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kept.journeys.arranging import arranged, where_to_go_on
from kept.journeys.drawing import MAP_WORDS, MOST_STAGES, MOST_STEPS, STEP_WORDS, Drawn, empty
from kept.journeys.exporting import LONGEST_FILE, from_json
from kept.journeys.keeping import draw, latest, may_change, redraw, retire
from kept.journeys.models import JourneyMap
from kept.journeys.starting import STARTS, start_from
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.places.models import Touchpoint
from kept.stories.models import Story, StoryState
from kept.web.desk.journey_map import find_map
from kept.web.desk.observing import is_id
from kept.web.desk.workroom import desk, show, worker
from kept.web.media import MEDIA

MOST_STORIES = 100


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A map from nothing, from one of three beginnings, or from a file that was exported here."""
    if request.method != "POST":
        start = request.GET.get("start", "")
        name, drawn = start_from(start) if start in STARTS else ("", empty())
        return _form(request, None, name, drawn)
    if "file" in request.FILES or "bring" in request.POST:
        return _bring_in(request)
    drawn, began = drawn_in(request.POST), _began_with(request)
    if pressed := request.POST.get("press"):
        return _rearranged(request, None, drawn, pressed)
    try:
        made = draw(request.POST.get("name", ""), drawn, by=worker(request), now=now(), began_with=began)
    except Refusal as refusal:
        return _form(request, None, request.POST.get("name", ""), drawn, status=409, refusal=refusal, began_with=began)
    messages.success(request, _("The map is drawn."))
    return HttpResponseRedirect(reverse("journey", args=[made.public_id]))


def _bring_in(request: HttpRequest) -> HttpResponse:
    """A map from a file."""
    upload = request.FILES.get("file")
    try:
        if upload is None:
            raise Refusal(_("Choose the file first."))
        name, drawn = from_json(upload.read(LONGEST_FILE + 1).decode("utf-8", "replace"))
        made = draw(name or str(upload.name), drawn, by=worker(request), now=now())
    except Refusal as refusal:
        return _form(request, None, "", empty(), status=409, refusal=refusal)
    messages.success(request, _("The map is here."))
    return HttpResponseRedirect(reverse("journey", args=[made.public_id]))


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, map_id: uuid.UUID) -> HttpResponse:
    """What the map says from now on; what it said before stays."""
    found = _mine(request, map_id)
    if request.method != "POST":
        last = latest(found)
        return _form(request, found, found.name, last.drawn, saw=last.number, began_with=found.began_with)
    drawn, began, saw = drawn_in(request.POST), _began_with(request), _number(request.POST.get("saw", ""))
    if pressed := request.POST.get("press"):
        return _rearranged(request, found, drawn, pressed)
    name, what = request.POST.get("name", ""), request.POST.get("what", "")
    try:
        redraw(found, name, drawn, by=worker(request), now=now(), saw=saw, what=what, began_with=began)
    except Refusal as refusal:
        saw = latest(found).number
        return _form(request, found, name, drawn, status=409, refusal=refusal, saw=saw, what=what, began_with=began)
    messages.success(request, _("The map says this from now on."))
    return HttpResponseRedirect(reverse("journey", args=[found.public_id]))


@desk
@require_POST
def put_away(request: HttpRequest, map_id: uuid.UUID) -> HttpResponse:
    """It stands on no list any more, or, with `again`, it does."""
    found = _mine(request, map_id)
    retire(found, by=worker(request), now=now(), again="again" in request.POST)
    messages.success(
        request, _("It is in use again.") if "again" in request.POST else _("It is put away; nothing of it is lost.")
    )
    return HttpResponseRedirect(reverse("journey", args=[found.public_id]))


def _mine(request: HttpRequest, map_id: uuid.UUID) -> JourneyMap:
    found = find_map(request, map_id)
    if not may_change(found, worker(request)):
        raise PermissionDenied
    return found


def _stories(request: HttpRequest) -> QuerySet[Story]:
    """Those that others may read, the newest first."""
    return Story.objects.visible_to(worker(request)).filter(state=StoryState.SHARED).order_by("-shared_at", "-id")


def _began_with(request: HttpRequest) -> str:
    """The chosen story by its name on the timeline; empty for none, and for one that they may not read."""
    chosen = request.POST.get("began_with", "")
    story = _stories(request).filter(public_id=chosen).first() if is_id(chosen) else None
    return story.about if story else ""


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 5 else 0


def drawn_in(typed: QueryDict) -> Drawn:
    """The map as it was typed, right or wrong; never more of it than a map may have."""
    drawn: Drawn = {name: typed.get(name, "") for name in MAP_WORDS}
    drawn["stages"] = [
        {"name": typed.get(f"stage-{stage}", ""), "steps": _steps_in(typed, stage)}
        for stage in range(MOST_STAGES)
        if f"stage-{stage}" in typed
    ]
    return drawn


def _steps_in(typed: QueryDict, stage: int) -> list[Drawn]:
    steps = []
    for place in range(MOST_STEPS):
        prefix = f"step-{stage}.{place}-"
        if f"{prefix}name" in typed:
            step: Drawn = {word: typed.get(f"{prefix}{word}", "") for word in STEP_WORDS}
            steps.append({**step, "moment_of_truth": f"{prefix}moment_of_truth" in typed})
    return steps


def _rearranged(request: HttpRequest, found: JourneyMap | None, drawn: Drawn, pressed: str) -> HttpResponse:
    """Nothing is kept yet; everything typed is still there, and the keyboard is where the button was."""
    name, what, saw = request.POST.get("name", ""), request.POST.get("what", ""), _number(request.POST.get("saw", ""))
    drawn = arranged(drawn, pressed)
    focus = where_to_go_on(drawn, pressed)
    return _form(request, found, name, drawn, saw=saw, what=what, focus=focus, began_with=_began_with(request))


def _form(
    request: HttpRequest, found: JourneyMap | None, name: str, drawn: Drawn, *, status: int = 200, **more: object
) -> HttpResponse:
    context = {
        "map": found,
        "name": name,
        "drawn": drawn,
        "touchpoints": list(Touchpoint.objects.order_by("name")),
        "media": MEDIA,
        "starts": {key: start[0] for key, start in STARTS.items()},
        "focus": "",
        "stories": list(_stories(request)[:MOST_STORIES]),
        "began_with": "",
        **more,
    }
    return show(request, "desk/journey_form.html", context, here="journeys", status=status)
