"""Good words: what waits for a name, what was passed on, one that somebody heard, and who it was."""

from __future__ import annotations

from typing import Annotated, Literal

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status
from pydantic import BaseModel, StringConstraints

from kept.api.acting import in_one_piece
from kept.api.asking import Asked, Medium
from kept.api.entering import token_of
from kept.api.finding import by_public_id, find_case, named
from kept.api.paging import USUAL, Cursor, Limit, page
from kept.api.problems import Wrong
from kept.api.schemas import Named, Page
from kept.api.showing import named as shown_person
from kept.api.values import GivenMoment, Id, Line, Moment, NeededText
from kept.lib import clock
from kept.people.models import Employee
from kept.places.models import Place
from kept.recognition.giving import it_was, write_down_praise
from kept.recognition.models import Candidate, Recognition, RecognitionQuerySet
from kept.recognition.wall import is_theirs

router = Router(tags=["recognition"])
router.add_decorator(in_one_piece)
Hint = Annotated[Line, StringConstraints(max_length=300)]


class RecognitionIn(Asked):
    """A good word that `by` heard: a call, a card on the wall, a review elsewhere. Without `employee` it waits for a name."""

    words: NeededText
    employee: Id | None = None
    hint: Hint = ""
    writer: Annotated[Line, StringConstraints(max_length=120)] = ""
    medium: Medium | Literal[""] = ""
    at: GivenMoment | None = None
    place: Annotated[Line, StringConstraints(max_length=60)] = ""
    consent: Literal["name", "anon", ""] = ""
    case: Id | None = None
    by: Id | None = None


class ItWas(Asked):
    """Who was meant. `nothing_else`: the case it came with held only this, and may end with it."""

    employee: Id
    nothing_else: bool = False
    by: Id | None = None


class CandidateOut(Named):
    """Who it could have been, and why: named, nickname, place, owner."""

    why: str


class RecognitionOut(BaseModel):
    """One good word. `writer` is null where nobody may know it, or nobody does."""

    id: str
    state: Literal["looking", "passed_on", "not_praise"]
    words: str
    marked: str | None
    hint: str | None
    source: str
    medium: str | None
    writer: str | None
    said_at: Moment
    employee: Named | None
    manager: Named | None
    chosen_by_writer: bool
    candidates: list[CandidateOut]
    passed_on_at: Moment | None
    writer_told_at: Moment | None
    answer: str | None


class RecognitionPage(Page[RecognitionOut]):
    """Good words."""


@router.get("/recognitions", response=RecognitionPage)
def list_recognitions(
    request: HttpRequest,
    state: Literal["looking", "passed_on", "not_praise"] = "looking",
    employee: Id = "",
    cursor: Cursor = "",
    limit: Limit = USUAL,
) -> RecognitionPage:
    """What waits for a name, or what was passed on, the newest first; as far as the token's employee may read it."""
    rows = _visible(request).filter(state=state)
    if employee:
        rows = rows.filter(employee=named(Employee.objects.all(), employee, field="employee"))
    found, following = page(rows, by=("-said_at", "-id"), cursor=cursor, limit=limit)
    return RecognitionPage(items=[_shown(one, request) for one in found], next=following)


@router.post("/recognitions", response={201: RecognitionOut})
def write_down_recognition(request: HttpRequest, given: RecognitionIn) -> Status[RecognitionOut]:
    """It is passed on at once to `employee` and their manager; without one it waits for a name."""
    praise = write_down_praise(
        given.words,
        by=_speaker(request, given.by),
        employee=_here(given.employee, field="employee") if given.employee else None,
        now=clock.now(),
        medium=given.medium,
        hint=given.hint,
        writer_name=given.writer,
        said_at=given.at,
        place=_place(given.place) if given.place else None,
        consent=given.consent,
        case=find_case(request, given.case) if given.case else None,
    )
    return Status(201, _shown(_fresh(praise), request))


@router.post("/recognitions/{id}/it-was", response={200: RecognitionOut})
def say_who_it_was(request: HttpRequest, id: str, given: ItWas) -> Status[RecognitionOut]:
    """A person says who was meant; it is passed on, once."""
    praise = by_public_id(_visible(request), id)
    to = _here(given.employee, field="employee")
    it_was(praise, to, by=_speaker(request, given.by), now=clock.now(), nothing_else=given.nothing_else)
    return Status(200, _shown(_fresh(praise), request))


def _visible(request: HttpRequest) -> QuerySet[Recognition]:
    me = token_of(request).employee
    rows = RecognitionQuerySet(Recognition)
    return _with_people(rows.visible_to(me) if me else rows)


def _with_people(rows: QuerySet[Recognition]) -> QuerySet[Recognition]:
    likeliest = Candidate.objects.select_related("employee").order_by("-likely", "id")
    related = rows.select_related("employee", "manager", "customer")
    return related.prefetch_related(Prefetch("candidates", likeliest))


def _fresh(praise: Recognition) -> Recognition:
    return _with_people(Recognition.objects.all()).get(pk=praise.pk)


def _speaker(request: HttpRequest, by: str | None) -> Employee:
    """Whose word it is: the token's employee, or whom the request names."""
    me = token_of(request).employee
    if me is not None:
        return me
    if not by:
        raise Wrong("by", _("say which of you says so: this token speaks for nobody"))
    return _here(by, field="by")


def _here(id: str, *, field: str) -> Employee:
    return named(Employee.objects.filter(is_active=True), id, field=field)


def _place(slug: str) -> Place:
    found = Place.objects.filter(slug=slug).first()
    if found is None:
        raise Wrong("place", _("there is no place of this name"))
    return found


def _shown(praise: Recognition, request: HttpRequest) -> RecognitionOut:
    me = token_of(request).employee
    may_know = me is None or praise.consent != "anon" or is_theirs(praise, me)
    return RecognitionOut.model_validate(
        {
            "id": str(praise.public_id),
            "state": praise.state,
            "words": praise.words,
            "marked": praise.marked or None,
            "hint": praise.hint or None,
            "source": praise.source,
            "medium": praise.medium or None,
            "writer": (praise.said_by or None) if may_know else None,
            "said_at": praise.said_at,
            "employee": shown_person(praise.employee) if praise.employee else None,
            "manager": shown_person(praise.manager) if praise.manager else None,
            "chosen_by_writer": praise.chosen_by_writer,
            "candidates": [
                {**shown_person(one.employee).model_dump(), "why": one.why}
                for one in (praise.candidates.all() if praise.state == "looking" else ())
            ],
            "passed_on_at": praise.passed_on_at,
            "writer_told_at": praise.writer_told_at,
            "answer": praise.answer or None,
        }
    )
