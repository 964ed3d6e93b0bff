"""The ways that people really took: the flow on one page, the people behind each stream, and the event log for other tools."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kept.accounts.policies import default_calendar
from kept.cases.models import Case, Message
from kept.journeys.activities import in_words
from kept.journeys.flowing import ENDS, OPEN, WENT, Stretch, efforts, flow_of, narrowed, stretch_until, ways_in
from kept.journeys.log import as_csv, as_xes, event_log, every_case
from kept.journeys.models import JourneyMap, Walked
from kept.journeys.sankey import drawing_of
from kept.journeys.variants import variants_of, where_black_begins
from kept.journeys.ways import AGAIN, MOVED, NOT_YET, THERE, steps_of
from kept.lib.clock import now
from kept.places.models import Place, Touchpoint
from kept.web.desk.workroom import desk, for_managers, show, worker
from kept.web.media import medium

PAGE, FIRST_WORDS, MOST_MAPS = 50, 240, 200
HOW = {
    THERE: gettext_lazy("Answered where they asked"),
    MOVED: gettext_lazy("Moved to another channel"),
    AGAIN: gettext_lazy("Had to ask again"),
    NOT_YET: gettext_lazy("Not answered so far"),
}
ENDED = {
    "white": gettext_lazy("Solved, they said so"),
    OPEN: gettext_lazy("Still open"),
    "no_word": gettext_lazy("Ended without a word"),
    "black": gettext_lazy("Ended badly"),
}
LOGS = {"csv": (as_csv, "text/csv; charset=utf-8"), "xes": (as_xes, "application/xml")}
PARTS = ("began", "went", "end", "variant", "step", "at", "side")
SIDES = {"hurt": gettext_lazy("hurt"), "praised": gettext_lazy("praised")}


@desk
@require_safe
def journeys(request: HttpRequest) -> HttpResponse:
    """The maps, and twelve weeks of what people went through."""
    me = worker(request)
    stretch = stretch_asked(request)
    ways = ways_in(stretch, Case.objects.visible_to(me))
    flow = flow_of(ways)
    context = {
        "maps": list(
            JourneyMap.objects.visible_to(me).filter(retired_at=None).select_related("owner").order_by("name")[:MOST_MAPS]
        ),
        "stretch": stretch,
        "places": list(Place.objects.order_by("name")),
        "flow": flow,
        "drawing": drawing_of(flow),
        "variants": variants_of(ways),
        "beginnings": where_black_begins(ways),
        "efforts": efforts(ways),
        "link": linker(stretch),
        "again": _again(ways),
        **_words(),
    }
    return show(request, "desk/journeys.html", context, here="journeys")


def _words() -> dict[str, object]:
    return {"how": HOW, "ended": ENDED, "went_codes": WENT, "end_codes": ENDS, "in_words": in_words, "took": _took}


def _took(seconds: float) -> timedelta:
    return timedelta(seconds=round(seconds))


def stretch_asked(request: HttpRequest) -> Stretch:
    """The last twelve weeks, at one place where one is asked for."""
    place = request.GET.get("place", "")
    known = int(place) if place.isdecimal() and len(place) < 10 else None
    return stretch_until(now(), place=known)


def linker(stretch: Stretch) -> Callable[..., str]:
    """The address of the people behind one stream, variant or step."""

    def link(**parts: str) -> str:
        where = {"place": str(stretch.place)} if stretch.place is not None else {}
        return f"{reverse('journey_people')}?{urlencode(parts | where)}"

    return link


def _again(ways: QuerySet[Walked]) -> dict[str, object]:
    """The sentence on top: how many had to ask again, how many of them ended badly, and by what most of them had begun."""
    flow = flow_of(ways.filter(went=AGAIN))
    first = flow.media[0] if flow.media else ""
    by_first = sum(one.count for one in flow.firsts if one.source == first)
    return {"people": flow.people, "black": flow.through(target="black"), "first": first, "by_first": by_first}


@desk
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody behind one stream, one variant or one step, the newest first."""
    me, stretch = worker(request), stretch_asked(request)
    asked = {name: request.GET[name] for name in PARTS if name in request.GET}
    ways = _after(narrowed(ways_in(stretch, Case.objects.visible_to(me)), asked), request.GET.get("after", ""))
    first = Message.objects.filter(case=OuterRef("case"), is_theirs=True).order_by("id")
    words = Subquery(first.annotate(begin=Left("text", FIRST_WORDS)).values("begin")[:1])
    rows = list(
        ways.select_related("case__customer", "case__owner").annotate(said=words).order_by("-first_at", "-pk")[: PAGE + 1]
    )
    shown, more = rows[:PAGE], ""
    if len(rows) > PAGE:
        more = f"?{urlencode({**request.GET.dict(), 'after': f'{shown[-1].first_at.isoformat()}|{shown[-1].pk}'})}"
    context = {
        "title": _title(asked),
        "rows": [(one, steps_of(one.trace)) for one in shown],
        "more": more,
        "zone": default_calendar().zone,
        **_words(),
    }
    return show(request, "desk/journey_people.html", context, here="journeys")


def _title(asked: dict[str, str]) -> str:
    """What these people have in common."""
    told = [str(medium(asked["began"]).name)] if asked.get("began") else []
    told += [str(table[asked[name]]) for name, table in (("went", HOW), ("end", ENDED)) if asked.get(name) in table]
    told += [str(SIDES[asked["side"]])] if asked.get("side") in SIDES else []
    told += list(Touchpoint.objects.filter(key=asked["at"]).values_list("name", flat=True)) if asked.get("at") else []
    told += [_("the same way")] if asked.get("variant") else []
    told += [in_words(asked["step"])] if asked.get("step") else []
    return ", ".join(told) or _("Everybody")


def _after(ways: QuerySet[Walked], spot: str) -> QuerySet[Walked]:
    """The page after the one that ended there; from the beginning where the spot cannot be read."""
    moment, _bar, pk = spot.partition("|")
    try:
        at, key = datetime.fromisoformat(moment), int(pk[:18])
    except ValueError:
        return ways
    return ways.filter(Q(first_at__lt=at) | Q(first_at=at, pk__lt=key)) if at.tzinfo else ways


@for_managers
@require_safe
def log(request: HttpRequest, form: str) -> StreamingHttpResponse:  # noqa: ARG001 - every view gets it
    """Every step of every matter, without words and names, a line at a time."""
    if form not in LOGS:
        raise Http404
    write, content_type = LOGS[form]
    answer = StreamingHttpResponse(write(event_log(every_case())), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="event-log.{form}"'
    return answer
