"""Maps as they are drawn, with what was walked beside them, and the ways that people took alike."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel

from kept.api.entering import token_of
from kept.api.finding import by_public_id, visible_cases
from kept.api.schemas import Named
from kept.api.showing import named
from kept.api.values import Moment
from kept.journeys.flowing import Stretch, flow_of, stretch_until, ways_in
from kept.journeys.keeping import latest
from kept.journeys.models import JourneyMap, JourneyMapQuerySet, Walked
from kept.journeys.side_by_side import At, laid_beside
from kept.journeys.variants import variants_of
from kept.lib import clock

router = Router(tags=["journeys"])
MOST = 200


class JourneyOut(BaseModel):
    """A map, without what stands on it."""

    id: str
    name: str
    owner: Named
    made_at: Moment


class Journeys(BaseModel):
    """The maps in use."""

    items: list[JourneyOut]


class WalkedAt(BaseModel):
    """Who came to one touchpoint in the last twelve weeks, and how it ended for them; hurt: it ended badly, or an hour passed."""

    touchpoint: str
    name: str
    people: int
    white: int
    black: int
    no_word: int
    hurt: int
    praised: int
    media: list[str]


class JourneyDetail(JourneyOut):
    """What the map says, and beside it what was walked: where nobody came, where people came though nothing is drawn."""

    version: int
    drawn: dict[str, Any]
    walked: list[WalkedAt]
    never_walked: list[str]
    never_drawn: list[WalkedAt]


class StreamOut(BaseModel):
    """So many people went from the one to the other."""

    source: str
    target: str
    people: int


class VariantOut(BaseModel):
    """One way, step by step, that so many took; `seconds`: how long it took them on average."""

    steps: list[str]
    people: int
    seconds: float
    white: int
    black: int
    no_word: int


class Ways(BaseModel):
    """Twelve weeks: first medium to how they were answered, that to how it ended, and the ways most took alike."""

    since: Moment
    until: Moment
    people: int
    firsts: list[StreamOut]
    lasts: list[StreamOut]
    variants: list[VariantOut]


@router.get("/journeys", response=Journeys)
def list_journeys(request: HttpRequest) -> Journeys:
    """The maps in use, by name."""
    rows = _maps(request).filter(retired_at=None).order_by("name")[:MOST]
    return Journeys(items=[_out(found) for found in rows])


@router.get("/journeys/ways", response=Ways)
def show_ways(request: HttpRequest) -> Ways:
    """The ways that people really took."""
    stretch = stretch_until(clock.now())
    ways = _ways(request, stretch)
    flow = flow_of(ways)
    return Ways(
        since=stretch.since,
        until=stretch.until,
        people=flow.people,
        firsts=[StreamOut(source=one.source, target=one.target, people=one.count) for one in flow.firsts],
        lasts=[StreamOut(source=one.source, target=one.target, people=one.count) for one in flow.lasts],
        variants=[
            VariantOut(
                steps=one.steps, people=one.count, seconds=one.seconds, white=one.white, black=one.black, no_word=one.no_word
            )
            for one in variants_of(ways)
        ],
    )


@router.get("/journeys/{id}", response=JourneyDetail)
def show_journey(request: HttpRequest, id: str) -> JourneyDetail:
    """One map beside what was walked."""
    found = by_public_id(_maps(request), id)
    version = latest(found)
    beside = laid_beside(version.drawn, _ways(request, stretch_until(clock.now())))
    return JourneyDetail(
        **_out(found).model_dump(exclude={"owner"}),
        owner=named(found.owner),
        version=version.number,
        drawn=version.drawn,
        walked=[_at(one.at) for one in beside.steps if one.at is not None and one.at.people],
        never_walked=[one.step["name"] for one in beside.never_walked],
        never_drawn=[_at(at) for at in beside.never_drawn],
    )


def _maps(request: HttpRequest) -> QuerySet[JourneyMap]:
    maps, employee = JourneyMapQuerySet(JourneyMap), token_of(request).employee
    return (maps.visible_to(employee) if employee else maps).select_related("owner")


def _ways(request: HttpRequest, stretch: Stretch) -> QuerySet[Walked]:
    return ways_in(stretch, visible_cases(request))


def _out(found: JourneyMap) -> JourneyOut:
    return JourneyOut(id=str(found.public_id), name=found.name, owner=named(found.owner), made_at=found.made_at)


def _at(at: At) -> WalkedAt:
    told = ("name", "people", "white", "black", "no_word", "hurt", "praised", "media")
    return WalkedAt.model_validate({"touchpoint": at.key, **{name: getattr(at, name) for name in told}})
