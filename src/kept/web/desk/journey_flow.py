"""The flow to take away as one picture, of whatever stretch its page shows."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kept.cases.models import Case
from kept.journeys.flowing import flow_of, ways_in
from kept.journeys.picturing import flow_as_svg
from kept.lib.picture import png_of
from kept.places.models import Place
from kept.web.desk.journey_map import FORMS, to_take_away
from kept.web.desk.journeys import ENDED, HOW, stretch_asked
from kept.web.desk.workroom import desk, worker
from kept.web.media import medium

PICTURES, DOTS = frozenset({"svg", "png"}), 1800


@desk
@require_safe
def flow_picture(request: HttpRequest, form: str) -> HttpResponse:
    """Twelve weeks of what people went through, as SVG or PNG, with the place and the days in its title."""
    if form not in PICTURES:
        raise Http404
    stretch = stretch_asked(request)
    flow = flow_of(ways_in(stretch, Case.objects.visible_to(worker(request))))
    place = Place.objects.filter(pk=stretch.place).first() if stretch.place else None
    told = {"place": place.name if place else _("Everywhere"), "since": stretch.since.date(), "until": stretch.until.date()}
    title = _("%(place)s: the ways people really took, %(since)s to %(until)s") % told
    svg = flow_as_svg(flow, title=title, heads=(_("First reached us by"), _("Then"), _("And it ended")), name_of=_name_of)
    return to_take_away(png_of(svg, width=DOTS) if form == "png" else svg, f"flow.{form}", FORMS[form])


def _name_of(column: int, key: str) -> str:
    """As on the page."""
    if column == 0:
        return str(medium(key).name) or _("not known any more")
    return str((HOW if column == 1 else ENDED)[key])
