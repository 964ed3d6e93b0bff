"""Which time and which part of the house the Pulse is about: the address says it, and every link on the page carries it on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeVar
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from kept.accounts.policies import default_calendar
from kept.lib.clock import now
from kept.numbers.lens import CODES, SMALLEST_TEAM, USUAL, Lens, lens_of
from kept.people.models import Employee, Team
from kept.places.models import Place
from kept.web.desk.score_words import Words
from kept.web.media import MEDIA

Row = TypeVar("Row", Place, Team)
STRETCHES: Final[Mapping[str, Words]] = {
    "1": _("This week"),
    "week": _("Last week"),
    "month": _("This month"),
    "13": _("13 weeks"),
    "52": _("52 weeks"),
}


@dataclass(frozen=True, slots=True)
class Looking:
    """A lens, what there is to choose from, and what was chosen."""

    lens: Lens
    zone: str
    place: Place | None
    team: Team | None
    places: list[Place]
    teams: list[Team]

    def address(self, **other: object) -> str:
        """The query that leads to the same choice, but for what is given; None leaves it out."""
        kept: dict[str, object] = {
            "time": self.lens.code if self.lens.code != USUAL else None,
            "place": self.place.pk if self.place else None,
            "team": self.team.pk if self.team else None,
            "medium": self.lens.medium or None,
        }
        known = {name: value for name, value in (kept | other).items() if value not in (None, "")}
        return f"?{urlencode(known)}" if known else "?"


def looking(request: HttpRequest, me: Employee) -> Looking:
    """What the address asks for. 404 for what there is not, and for a team too small to be looked at by this one."""
    code, medium = request.GET.get("time", USUAL) or USUAL, request.GET.get("medium", "")
    if code not in CODES or (medium and medium not in MEDIA):
        raise Http404
    zone = default_calendar().zone
    places, teams = list(Place.objects.order_by("name")), _teams(me)
    place, team = _one_of(places, request.GET.get("place", "")), _one_of(teams, request.GET.get("team", ""))
    within = frozenset(_parts_of(place, places)) if place is not None else None
    lens = lens_of(code, zone=zone, now=now()).narrowed(places=within, team=team.pk if team else None, medium=medium)
    return Looking(lens, zone, place, team, places, teams)


def _teams(me: Employee) -> list[Team]:
    """Those of five and more, and the one that this manager leads (R15)."""
    counted = Team.objects.annotate(people=Count("members", filter=Q(members__is_active=True)))
    return list(counted.filter(Q(people__gte=SMALLEST_TEAM) | Q(manager=me)).order_by("name"))


def _one_of(rows: list[Row], asked: str) -> Row | None:
    if not asked:
        return None
    found = next((one for one in rows if str(one.pk) == asked), None)
    if found is None:
        raise Http404
    return found


def _parts_of(place: Place, places: list[Place]) -> set[int]:
    found, edge = {place.pk}, {place.pk}
    while edge:
        edge = {one.pk for one in places if one.parent_id in edge} - found
        found |= edge
    return found
