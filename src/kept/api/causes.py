"""What stands in our way: the roots of many cases, and one key that says which root a case has."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status
from pydantic import BaseModel, StringConstraints

from kept.api.acting import in_one_piece
from kept.api.asking import Asked
from kept.api.entering import speaker, token_of
from kept.api.finding import by_public_id, find_case, named, visible_cases
from kept.api.paging import USUAL, Cursor, Limit, page
from kept.api.problems import Wrong
from kept.api.schemas import Named, Page
from kept.api.showing import named as shown_person
from kept.api.values import Id, Line, Moment
from kept.causes.gathering import STOOD_IN_MY_WAY, gather, say_what_stood_in_the_way
from kept.causes.models import Cause, CauseQuerySet, Gathered
from kept.lib import clock

router = Router(tags=["causes"])
router.add_decorator(in_one_piece)
MOST_CASES = 500


class CauseIn(Asked):
    """The root by its id, or in a few words: then the one of that name, or a new one."""

    cause: Id | None = None
    title: Annotated[Line, StringConstraints(max_length=160)] = ""


class CauseOut(BaseModel):
    """The root of many cases. `fix_due_on`: the day it is promised for; `people`: how many cases are gathered."""

    id: str
    title: str
    state: Literal["open", "watched", "held", "back"]
    is_late: bool
    owner: Named
    root: str
    fix: str
    fix_due_on: date | None
    touchpoint: str | None
    theme: str | None
    product: str | None
    opened_at: Moment
    fixed_at: Moment | None
    check_due_at: Moment | None
    checked_at: Moment | None
    check_says: str
    people: int


class GatheredOut(BaseModel):
    """One case that has this root; `told_at`: since when they know that it is mended."""

    case: str
    why: str
    at: Moment
    told_at: Moment | None


class CauseDetail(CauseOut):
    """A root with the newest 500 cases gathered under it, as far as this token sees them."""

    cases: list[GatheredOut]


class CausePage(Page[CauseOut]):
    """Roots."""


@router.get("/causes", response=CausePage)
def list_causes(
    request: HttpRequest,
    state: Literal["open", "watched", "held", "back", "all"] = "all",
    cursor: Cursor = "",
    limit: Limit = USUAL,
) -> CausePage:
    """The roots that a person called one, the newest first; what only looks alike is no root yet."""
    causes = _shown(request)
    causes = causes if state == "all" else causes.filter(state=state)
    found, following = page(causes, by=("-id",), cursor=cursor, limit=limit)
    return CausePage(items=[_out(cause) for cause in found], next=following)


@router.get("/causes/{id}", response=CauseDetail)
def show_cause(request: HttpRequest, id: str) -> CauseDetail:
    """One root with the cases that have it."""
    cause = by_public_id(_shown(request), id)
    taken = Gathered.objects.taken().filter(cause=cause, case__in=visible_cases(request)).select_related("case")
    cases = [
        GatheredOut(case=str(one.case.public_id), why=one.why, at=one.at, told_at=one.told_at)
        for one in taken.order_by("-id")[:MOST_CASES]
    ]
    return CauseDetail(**_out(cause).model_dump(exclude={"owner"}), owner=shown_person(cause.owner), cases=cases)


@router.post("/cases/{id}/cause", response={201: CauseOut})
def say_what_stood_in_my_way(request: HttpRequest, id: str, given: CauseIn) -> Status[CauseOut]:
    """This case has that root, says the speaker; saying it twice changes nothing."""
    case, now = find_case(request, id), clock.now()
    by = speaker(request, case)
    if given.cause:
        cause = named(_shown(request), given.cause, field="cause")
        gather(cause, case, by=by, now=now, why=STOOD_IN_MY_WAY)
    elif given.title.strip():
        cause = say_what_stood_in_the_way(case, given.title, by=by, now=now).cause
    else:
        raise Wrong("cause", _("name the root, or say it in a few words as title"))
    return Status(201, _out(by_public_id(_shown(request), str(cause.public_id))))


def _shown(request: HttpRequest) -> QuerySet[Cause]:
    causes, employee = CauseQuerySet(Cause), token_of(request).employee
    seen = causes.visible_to(employee) if employee else causes
    taken = Q(gathered__by__isnull=False, gathered__refused_at__isnull=True)
    return seen.decided().select_related("owner", "touchpoint").annotate(people=Count("gathered", filter=taken))


def _out(cause: Cause) -> CauseOut:
    told = ("title", "state", "root", "fix", "fix_due_on", "opened_at", "fixed_at", "check_due_at", "checked_at", "check_says")
    return CauseOut.model_validate(
        {
            **{name: getattr(cause, name) for name in told},
            "id": str(cause.public_id),
            "is_late": cause.is_late(clock.now()),
            "owner": shown_person(cause.owner),
            "touchpoint": cause.touchpoint.name if cause.touchpoint else None,
            "theme": cause.theme or None,
            "product": cause.product or None,
            "people": vars(cause)["people"],
        }
    )
