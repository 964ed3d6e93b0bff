"""What we promise to everybody, for programs: the list, and what became of one of them on a case."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.http import HttpRequest
from ninja import Router
from ninja.responses import Status
from pydantic import BaseModel

from kept.api.acting import in_one_piece
from kept.api.asking import Asked
from kept.api.entering import speaker
from kept.api.finding import find_case, named
from kept.api.schemas import PromiseOut
from kept.api.showing import promise_out
from kept.api.values import Id
from kept.lib import clock
from kept.promises.holding import hold
from kept.promises.models import StandingPromise

router = Router(tags=["promises"])
router.add_decorator(in_one_piece)


class StandingOut(BaseModel):
    """A word given to everybody. `within_minutes` null: it names no hour; `place` null: everywhere; `kind` empty: every kind."""

    id: str
    says: str
    said_in: Literal["advert", "guarantee", "map", "other"]
    where: str
    within_minutes: int | None
    place: str | None
    kind: str
    since_on: date
    until_on: date | None
    began_with: str


class StandingList(BaseModel):
    """All of them, the newest first; those that hold no longer have an `until_on` that is over."""

    items: list[StandingOut]


class HeldTo(Asked):
    """What became of it on this case; "open": its hour is still to come, and the clock watches it."""

    standing: Id
    became: Literal["open", "kept", "broken"]


@router.get("/standing-promises", response=StandingList)
def list_standing_promises(request: HttpRequest) -> StandingList:  # noqa: ARG001
    """What adverts, guarantees and maps promise to everybody. What became of them: the metric standing_promises."""
    rows = StandingPromise.objects.select_related("place").order_by("-since_on", "-id")
    return StandingList(items=[_out(row) for row in rows])


@router.post("/cases/{id}/standing-promises", response={201: PromiseOut})
def hold_to_standing_promise(request: HttpRequest, id: str, given: HeldTo) -> Status[PromiseOut]:
    """It stands in the ledger of this case, kept, broken, or open until its hour."""
    case = find_case(request, id)
    standing = named(StandingPromise.objects.all(), given.standing, field="standing")
    made = hold(case, standing, became=given.became, by=speaker(request, case), now=clock.now())
    return Status(201, promise_out(made, case=case))


def _out(row: StandingPromise) -> StandingOut:
    return StandingOut(
        id=str(row.public_id),
        says=row.says,
        said_in=row.said_in,  # type: ignore[arg-type]
        where=row.where,
        within_minutes=row.within_minutes,
        place=row.place.name if row.place else None,
        kind=row.kind,
        since_on=row.since_on,
        until_on=row.until_on,
        began_with=row.began_with,
    )
