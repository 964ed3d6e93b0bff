"""The shapes of surveys, scores and responses, and how rows become them."""

from __future__ import annotations

from datetime import date
from typing import Literal, cast

from pydantic import BaseModel

from kept.api.schemas import Named
from kept.api.values import Moment
from kept.people.models import Employee
from kept.surveys.behind import may_know_who, may_read
from kept.surveys.comparing import Verdict
from kept.surveys.dividing import divide
from kept.surveys.measures import chosen_wording
from kept.surveys.models import Response, Survey, SurveyVersion
from kept.surveys.scoring import Histogram, Score, add, people_in, score_of, whole
from kept.surveys.summing import Part, Stretch, Worded, by_week, who_was_asked

MeasureName = Literal["nps", "csat", "ces", "own"]


class SurveyOut(BaseModel):
    """One question that is asked, and who answers what comes back. `line`: a number at or below it, with words, is a case."""

    id: str
    slug: str
    name: str
    measure: MeasureName
    occasion: Literal["ending", "touchpoint", "schedule", "link"]
    state: Literal["draft", "open", "closed"]
    question: str
    is_comparable: bool
    line: int | None
    people: list[Named]


class SurveyPage(BaseModel):
    """Some of the surveys."""

    items: list[SurveyOut]
    next: str | None


class ScoreOut(BaseModel):
    """NPS in points from -100 to 100, the others in percent; `low` and `high` hold the truth 95 times of 100."""

    value: float
    low: float
    high: float


class PeopleOut(BaseModel):
    """How many gave one number."""

    score: int
    people: int


class WeekOut(BaseModel):
    """One week's people, and their score if they are 30 or more."""

    week: date
    people: int
    score: ScoreOut | None


class PartOut(BaseModel):
    """One part of them. `beside_others` says above or below only where chance alone would hardly part them so far."""

    value: str
    name: str
    people: int
    score: ScoreOut | None
    beside_others: Literal["above", "below", "chance", "too_few"]


class AskedOut(BaseModel):
    """What became of everybody who could have been asked in these weeks; `not_asked` by reason."""

    asked: int
    answered: int
    waiting: int
    failed: int
    not_asked: dict[str, int]


class ScoresOut(BaseModel):
    """The score of a survey in one wording; null with fewer than 30 people, who are then people only."""

    survey: str
    measure: MeasureName
    question: str
    is_comparable: bool
    since: date | None
    until: date
    people: int
    score: ScoreOut | None
    histogram: list[PeopleOut]
    weeks: list[WeekOut]
    asked: AskedOut
    parts: list[PartOut]


class ResponseOut(BaseModel):
    """One person's answer. `words` null: kept for whoever looks after it; `customer` null: unknown, or the name is kept back."""

    id: str
    score: int
    words: str | None
    at: Moment
    week: date
    medium: str
    customer: Named | None
    owner: Named | None
    case: str | None


class ResponsePage(BaseModel):
    """Some of the people behind a number."""

    items: list[ResponseOut]
    next: str | None


def survey_out(survey: Survey) -> SurveyOut:
    """With its people and its newest wording."""
    version = max(survey.versions.all(), key=lambda one: one.number)
    return SurveyOut(
        id=str(survey.public_id),
        slug=survey.slug,
        name=survey.name,
        measure=cast(MeasureName, survey.measure),
        occasion=cast(Literal["ending", "touchpoint", "schedule", "link"], survey.occasion),
        state="closed" if survey.closed_at else "open" if survey.opened_at else "draft",
        question=_question(survey, version),
        is_comparable=version.is_comparable,
        line=survey.line,
        people=[_named(one) for one in survey.people.all()],
    )


def _question(survey: Survey, version: SurveyVersion) -> str:
    return chosen_wording(survey.measure, version.wording, "en").question


def _named(one: Employee) -> Named:
    return Named(id=str(one.public_id), name=one.name)


def scores_out(survey: Survey, worded: Worded, weeks: Stretch, *, by: str) -> ScoresOut:
    """All of it from the rollup."""
    found = by_week(survey, worded, Part(), weeks)
    everybody, asked = add(found.values()), who_was_asked(survey, weeks)
    parts = divide(survey, worded, by, weeks) if by else []
    return ScoresOut(
        survey=str(survey.public_id),
        measure=cast(MeasureName, survey.measure),
        question=_question(survey, worded.latest),
        is_comparable=worded.is_standard,
        since=weeks.first,
        until=weeks.last,
        people=people_in(everybody),
        score=_score(score_of(survey.measure, everybody)),
        histogram=[PeopleOut(score=score, people=people) for score, people in whole(survey.measure, everybody).items()],
        weeks=[_week(survey, week, histogram) for week, histogram in found.items()],
        asked=AskedOut(
            asked=asked.asked,
            answered=asked.answered,
            waiting=asked.waiting,
            failed=asked.failed,
            not_asked=asked.not_asked,
        ),
        parts=[
            PartOut(
                value=part.value,
                name=part.called,
                people=part.people,
                score=_score(part.score),
                beside_others=_BESIDE[part.verdict],
            )
            for part in parts
        ],
    )


_BESIDE: dict[Verdict, Literal["above", "below", "chance", "too_few"]] = {
    Verdict.ABOVE: "above",
    Verdict.BELOW: "below",
    Verdict.CHANCE: "chance",
    Verdict.TOO_FEW: "too_few",
}


def _score(score: Score | None) -> ScoreOut | None:
    if score is None or not score.is_shown:
        return None
    return ScoreOut(value=round(score.value, 1), low=round(score.low, 1), high=round(score.high, 1))


def _week(survey: Survey, week: date, histogram: Histogram) -> WeekOut:
    return WeekOut(week=week, people=people_in(histogram), score=_score(score_of(survey.measure, histogram)))


def response_out(response: Response, reader: Employee | None) -> ResponseOut:
    """As much of it as this reader may know; a program that speaks for nobody, only what is for everybody here."""
    knows = may_know_who(response, reader)
    customer = response.customer if knows else None
    return ResponseOut(
        id=str(response.public_id),
        score=response.score or 0,
        words=response.words if may_read(response, reader) else None,
        at=response.first_at,
        week=response.week_on,
        medium=response.medium,
        customer=Named(id=str(customer.public_id), name=customer.known_as) if customer is not None else None,
        owner=_named(response.owner) if response.owner is not None else None,
        case=str(response.case.public_id) if response.case is not None and knows else None,
    )
