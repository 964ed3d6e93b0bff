"""One map beside what really happened: its stages, who came there and how it ended for them, and what it said before."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kept.cases.models import Case
from kept.journeys.comparing import changes
from kept.journeys.exporting import as_csv, as_json, as_svg
from kept.journeys.flowing import stretch_until, ways_in
from kept.journeys.keeping import may_change
from kept.journeys.models import JourneyMap, MapVersion
from kept.journeys.side_by_side import laid_beside
from kept.lib.clock import now
from kept.lib.picture import png_of
from kept.people.models import Employee
from kept.stories.models import Story, StoryState
from kept.web.desk.journeys import linker
from kept.web.desk.workroom import desk, show, worker

MOST_VERSIONS, MOST_STORIES = 20, 60
FORMS = {"json": "application/json", "csv": "text/csv; charset=utf-8", "svg": "image/svg+xml", "png": "image/png"}
DOTS = 2000
"""How wide a map is as a PNG: enough for a page of A4."""


def find_map(request: HttpRequest, map_id: uuid.UUID) -> JourneyMap:
    """The map, as far as this employee may see it. Raises Http404."""
    return get_object_or_404(JourneyMap.objects.visible_to(worker(request)).select_related("owner"), public_id=map_id)


@desk
@require_safe
def journey(request: HttpRequest, map_id: uuid.UUID) -> HttpResponse:
    """What was drawn and what was walked, side by side; `version` shows what the map said before."""
    me, found = worker(request), find_map(request, map_id)
    versions = list(found.versions.select_related("by").order_by("-number")[: MOST_VERSIONS + 1])
    shown = _chosen(found, versions, request.GET.get("version", ""))
    stretch = stretch_until(now())
    beside = laid_beside(shown.drawn, ways_in(stretch, Case.objects.visible_to(me)))
    context = {
        "map": found,
        "shown": shown,
        "latest": versions[0],
        "beside": beside,
        "stretch": stretch,
        "stories": _stories(me, [one.at.key for one in beside.moments_of_truth if one.at is not None]),
        "versions": _with_changes(versions),
        "may_change": may_change(found, me),
        "story": story_named(found.began_with, me),
        "link": linker(stretch),
    }
    return show(request, "desk/journey.html", context, here="journeys")


def story_named(about: str, reader: Employee) -> Story | None:
    """The story of that name ("story:3"), as far as this employee may read it; nothing once it was withdrawn."""
    kind, _colon, key = about.partition(":")
    return Story.objects.visible_to(reader).filter(pk=int(key)).first() if kind == "story" and key.isdecimal() else None


def _chosen(found: JourneyMap, versions: list[MapVersion], number: str) -> MapVersion:
    """The version of that number; the latest where none is asked for."""
    if not number:
        return versions[0]
    if not number.isdecimal() or len(number) > 4:
        raise Http404
    return get_object_or_404(found.versions.select_related("by"), number=int(number))


def _with_changes(versions: list[MapVersion]) -> list[tuple[MapVersion, list[str]]]:
    """Each with what it changed in the one before; the first says that it was drawn."""
    rows = []
    for place, one in enumerate(versions[:MOST_VERSIONS]):
        before = versions[place + 1] if place + 1 < len(versions) else None
        rows.append((one, changes(before.drawn, one.drawn) if before else [_("drawn")]))
    return rows


def _stories(me: Employee, keys: list[str]) -> dict[str, list[Story]]:
    """Shared stories at these touchpoints, in one question, the newest first."""
    rows = Story.objects.visible_to(me).filter(state=StoryState.SHARED, touchpoint__key__in=keys)
    found: dict[str, list[Story]] = {}
    for story in rows.select_related("touchpoint").order_by("-chosen_at")[:MOST_STORIES]:
        if story.touchpoint is not None:
            found.setdefault(story.touchpoint.key, []).append(story)
    return {key: stories[:3] for key, stories in found.items()}


@desk
@require_safe
def on_one_page(request: HttpRequest, map_id: uuid.UUID) -> HttpResponse:
    """The map as one table, to print and hang up."""
    found = find_map(request, map_id)
    shown = _chosen(found, list(found.versions.select_related("by").order_by("-number")[:1]), request.GET.get("version", ""))
    return show(request, "desk/journey_print.html", {"map": found, "shown": shown}, here="journeys")


@desk
@require_safe
def export(request: HttpRequest, map_id: uuid.UUID, form: str) -> HttpResponse:
    """The map to take away: JSON, CSV, or one picture, as SVG or PNG."""
    if form not in FORMS:
        raise Http404
    found = find_map(request, map_id)
    drawn = _chosen(found, list(found.versions.order_by("-number")[:1]), request.GET.get("version", "")).drawn
    write: dict[str, Callable[[], str | bytes]] = {
        "json": lambda: as_json(found.name, drawn),
        "csv": lambda: as_csv(drawn),
        "svg": lambda: as_svg(found.name, drawn),
        "png": lambda: png_of(as_svg(found.name, drawn), width=DOTS),
    }
    return to_take_away(write[form](), f"{slugify(found.name) or 'map'}.{form}", FORMS[form])


def to_take_away(content: str | bytes, name: str, content_type: str) -> HttpResponse:
    """A file of that name, for the browser to keep."""
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
