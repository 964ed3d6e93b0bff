"""Small things somebody saw: report one, see to it, say whose matter came of it."""

from __future__ import annotations

from base64 import b64decode
from typing import Annotated, Literal

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status
from pydantic import BaseModel, StringConstraints

from kept.api.acting import in_one_piece
from kept.api.asking import Asked
from kept.api.entering import speaker, token_of
from kept.api.finding import by_public_id, named, visible_cases
from kept.api.paging import USUAL, Cursor, Limit, page
from kept.api.problems import Wrong
from kept.api.schemas import Named, Page
from kept.api.showing import named as shown_person
from kept.api.values import Id, Line, Moment
from kept.lib import clock
from kept.lib.refusal import Refusal
from kept.observations.linking import link
from kept.observations.models import Observation, ObservationQuerySet, ObservedCase
from kept.observations.photos import LARGEST, NO_PHOTO, Photo, keep_photo
from kept.observations.reporting import LONGEST, report
from kept.observations.settling import settle
from kept.places.models import Touchpoint

router = Router(tags=["observations"])
router.add_decorator(in_one_piece)
Says = Annotated[str, StringConstraints(max_length=LONGEST, strip_whitespace=True, min_length=1)]
MOST_LETTERS = LARGEST * 4 // 3 + 4
"""Of base64 (RFC 4648), four for three bytes."""
Became = Annotated[Line, StringConstraints(max_length=300)]


class ObservationIn(Asked):
    """What was seen, and the key of the touchpoint where. Without a token of somebody's own it is reported without a name."""

    says: Says
    photo: Annotated[str, StringConstraints(max_length=MOST_LETTERS)] = ""
    """A JPEG, PNG or WebP in base64, 12 MB at most; where, when and by whom it was taken is removed."""
    touchpoint: Annotated[Line, StringConstraints(max_length=60)] = ""


class SettledIn(Asked):
    """What became of it; `left`: it stays as it is, for this reason."""

    became: Became
    left: bool = False


class CameBeforeIn(Asked):
    """The matter that came of it."""

    case: Id


class ObservationOut(BaseModel):
    """One small thing. `told_at`: when whoever of us saw it was told what became of it."""

    id: str
    says: str
    touchpoint: str | None
    place: str | None
    theme: str | None
    has_photo: bool
    seen_at: Moment
    by: Named | None
    owner: Named
    due_at: Moment
    is_late: bool
    state: Literal["open", "done", "left"]
    became: str | None
    settled_at: Moment | None
    told_at: Moment | None
    cases: list[str]


class ObservationPage(Page[ObservationOut]):
    """Small things."""


@router.get("/observations", response=ObservationPage)
def list_observations(
    request: HttpRequest, state: Literal["open", "done", "left", "all"] = "all", cursor: Cursor = "", limit: Limit = USUAL
) -> ObservationPage:
    """Small things, the newest first."""
    rows = _shown(request)
    rows = rows if state == "all" else rows.filter(state=state)
    found, following = page(rows, by=("-id",), cursor=cursor, limit=limit)
    return ObservationPage(items=[_out(seen) for seen in found], next=following)


@router.post("/observations", response={201: ObservationOut})
def report_observation(request: HttpRequest, given: ObservationIn) -> Status[ObservationOut]:
    """Somebody sees to it within two working days, and has been told."""
    point = (
        Touchpoint.objects.select_related("place", "manager").filter(key=given.touchpoint).first() if given.touchpoint else None
    )
    if given.touchpoint and point is None:
        raise Wrong("touchpoint", _("there is no touchpoint with this key"))
    photo = _photo(given.photo) if given.photo else NO_PHOTO
    seen = report(given.says, by=token_of(request).employee, touchpoint=point, photo=photo, now=clock.now())
    return Status(201, _out(by_public_id(_shown(request), str(seen.public_id))))


@router.get("/observations/{id}", response=ObservationOut)
def show_observation(request: HttpRequest, id: str) -> ObservationOut:
    """One small thing with the matters that came of it, as far as this token sees them."""
    return _out(by_public_id(_shown(request), id))


@router.post("/observations/{id}/settle", response=ObservationOut)
def settle_observation(request: HttpRequest, id: str, given: SettledIn) -> ObservationOut:
    """It is done or stays; whoever saw it has been told in these words. A token of nobody speaks for its owner."""
    seen = by_public_id(_shown(request), id)
    settle(seen, given.became, by=token_of(request).employee or seen.owner, left=given.left, now=clock.now())
    return _out(by_public_id(_shown(request), id))


@router.post("/observations/{id}/came-before", response=ObservationOut)
def say_what_observation_came_before(request: HttpRequest, id: str, given: CameBeforeIn) -> ObservationOut:
    """That matter came of it, says the speaker; saying it twice changes nothing."""
    seen = by_public_id(_shown(request), id)
    case = named(visible_cases(request).select_related("customer", "owner"), given.case, field="case")
    link(seen, case, by=speaker(request, case), now=clock.now())
    return _out(by_public_id(_shown(request), id))


def _photo(written: str) -> Photo:
    try:
        return keep_photo(b64decode(written, validate=True))
    except ValueError:
        raise Wrong("photo", _("this is no base64")) from None
    except Refusal as refusal:
        raise Wrong("photo", str(refusal)) from None


def _shown(request: HttpRequest) -> QuerySet[Observation]:
    rows, employee = ObservationQuerySet(Observation), token_of(request).employee
    seen = rows.visible_to(employee) if employee else rows
    linked = ObservedCase.objects.filter(case__in=visible_cases(request), is_so=True).select_related("case").order_by("id")
    return seen.select_related("by", "owner", "touchpoint", "place").prefetch_related(Prefetch("cases", linked))


def _out(seen: Observation) -> ObservationOut:
    told = ("says", "seen_at", "due_at", "state", "settled_at", "told_at")
    return ObservationOut.model_validate(
        {
            **{name: getattr(seen, name) for name in told},
            "id": str(seen.public_id),
            "touchpoint": seen.touchpoint.key if seen.touchpoint else None,
            "place": seen.place.name if seen.place else None,
            "theme": seen.theme or None,
            "has_photo": bool(seen.photo),
            "by": shown_person(seen.by) if seen.by else None,
            "owner": shown_person(seen.owner),
            "is_late": seen.is_late(clock.now()),
            "became": seen.became or None,
            "cases": [str(one.case.public_id) for one in seen.cases.all()],
        }
    )
