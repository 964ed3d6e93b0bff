"""The catalogue of numbers for programs: each figure with its definition, how sure it is, and the people it counts."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import BaseModel, Field

from kept.accounts.policies import default_calendar
from kept.api.entering import token_of
from kept.api.paging import USUAL, Cursor, Limit
from kept.api.problems import Wrong
from kept.api.values import Moment
from kept.lib import clock
from kept.numbers.catalogue import BY_NAME, read_all
from kept.numbers.facts import Facts
from kept.numbers.lens import lens_of
from kept.numbers.metric import Metric, Reading, read
from kept.numbers.our_hours import middle_in_our_hours
from kept.numbers.people_behind import Person, Spot, meet, some_of
from kept.numbers.wording import parts_in_words

router = Router(tags=["metrics"])
Time = Annotated[
    Literal["1", "week", "month", "13", "52"],
    Field(description="Weeks up to now, last week, or this month; beside as much before."),
]


class PartOfFigure(BaseModel):
    """How many of its people count as this."""

    part: str
    name: str
    people: int


class MetricOut(BaseModel):
    """One number. `value` null: fewer than 30, who are people only. `low`, `high`: the truth lies within 95 times of 100."""

    name: str
    title: str
    definition: str
    population: str
    reopened: str
    unit: Literal["percent", "points", "minutes", "people", "money"]
    estimate: str
    since: Moment
    until: Moment
    people: int
    value: float | None
    low: float | None
    high: float | None
    nine_of_ten: float | None
    in_our_hours: float | None = Field(description="The same middle in our own business hours, for how long somebody waited.")
    before: float | None
    people_before: int
    beside_before: Literal["above", "below", "chance", "too_few"] | None
    parts: list[PartOfFigure]


class MetricList(BaseModel):
    """Every number that opens somebody; one that opens nobody is not in it."""

    items: list[MetricOut]


class StoryBehind(BaseModel):
    """One of the people a figure counts. `words` null: kept for whoever looks after it."""

    key: str
    at: Moment
    part: str
    amount: float | None
    who: str
    words: str | None
    case: str | None


class StoryPage(BaseModel):
    """Some of the people behind a figure, the newest first; `people` says how many there are."""

    people: int
    items: list[StoryBehind]
    next: str | None


@router.get("/metrics", response=MetricList)
def list_metrics(request: HttpRequest, time: Time = "13") -> MetricList:  # noqa: ARG001
    """Every number of the catalogue, with its definition and how many stand behind it."""
    return MetricList(items=[_out(reading, facts) for facts in [_facts(time)] for reading in read_all(facts)])


@router.get("/metrics/{slug:name}", response=MetricOut)
def show_metric(request: HttpRequest, name: str, time: Time = "13") -> MetricOut:  # noqa: ARG001
    """One number."""
    facts = _facts(time)
    return _out(read(_known(name), facts), facts)


@router.get("/metrics/{slug:name}/stories", response=StoryPage)
def list_metric_stories(
    request: HttpRequest,
    name: str,
    time: Time = "13",
    part: Annotated[str, Field(max_length=20, description="Only those who count as this part.")] = "",
    cursor: Cursor = "",
    limit: Limit = USUAL,
) -> StoryPage:
    """Exactly the people this number counts; words and names as far as each of them allowed this reader."""
    members = read(_known(name), _facts(time)).of_part(part)
    shown, following = some_of(members, after=_spot(cursor), most=limit)
    people = meet(shown, token_of(request).employee)
    return StoryPage(people=len(members), items=[_story(one) for one in people], next=str(following) if following else None)


def _facts(time: str) -> Facts:
    return Facts(lens_of(time, zone=default_calendar().zone, now=clock.now()))


def _known(name: str) -> Metric:
    if name not in BY_NAME:
        raise Http404
    return BY_NAME[name]


def _spot(cursor: str) -> Spot | None:
    try:
        return Spot.read(cursor) if cursor else None
    except ValueError:
        raise Wrong("cursor", _("this is no cursor of this list")) from None


def _out(reading: Reading, facts: Facts) -> MetricOut:
    metric, figure = reading.metric, reading.figure
    return MetricOut(
        name=metric.name,
        title=str(metric.title),
        definition=str(metric.definition),
        population=str(metric.population),
        reopened=str(metric.reopens),
        unit=metric.unit,
        estimate=reading.source,
        since=facts.lens.begins,
        until=facts.lens.ends,
        people=figure.n,
        value=_rounded(figure.value),
        low=_rounded(figure.low),
        high=_rounded(figure.high),
        nine_of_ten=_rounded(figure.high_end),
        in_our_hours=_rounded(middle_in_our_hours(reading, facts)),
        before=_rounded(figure.before),
        people_before=figure.n_before,
        beside_before=figure.verdict.value if figure.verdict is not None else None,
        parts=[
            PartOfFigure(part=part, name=str(called), people=people) for part, called, people in parts_in_words(metric, figure)
        ],
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _story(person: Person) -> StoryBehind:
    one = person.member
    case = str(person.case.public_id) if person.case is not None else None
    return StoryBehind(key=person.key, at=one.at, part=one.part, amount=one.amount, who=person.who, words=person.words, case=case)
