"""A program tells us that a customer met us: the pizza was brought, the bill was sent. Who asks about that lines them up."""

from __future__ import annotations

from typing import Annotated, Literal, cast

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status
from pydantic import BaseModel, Field, StringConstraints

from kept.api.acting import in_one_piece
from kept.api.asking import Asked, Speaker
from kept.api.problems import Wrong
from kept.api.values import GivenMoment, Line, NeededLine
from kept.channels.handles import handles, name_with
from kept.lib import clock
from kept.places.models import Touchpoint
from kept.surveys.touching import Met, met

router = Router(tags=["touchpoints"])
router.add_decorator(in_one_piece)

EventId = Annotated[NeededLine, StringConstraints(max_length=90)]
About = Annotated[Line, StringConstraints(max_length=200)]
Product = Annotated[Line, StringConstraints(max_length=80)]
Fact = Annotated[Line, StringConstraints(max_length=120)]
FactName = Annotated[str, StringConstraints(min_length=1, max_length=34)]
Code = Literal["waiting", "released", "sent", "answered", "not_asked", "failed"]


class TouchpointEvent(Asked):
    """One customer met us once. `about` is told to them: "your order on Sunday". `facts` are known of them from then on."""

    customer: Speaker
    event_id: EventId
    at: GivenMoment
    about: About = ""
    product: Product = ""
    facts: Annotated[dict[FactName, Fact], Field(max_length=20)] = {}


class LinedUp(BaseModel):
    """What became of it: whoever waits is asked when there is room; `why` is a reason as a code, such as opt_out or no_survey."""

    state: Code
    why: str


@router.post("/touchpoints/{slug:key}/events", response={202: LinedUp})
def keep_touchpoint_event(request: HttpRequest, key: str, told: TouchpointEvent) -> Status[LinedUp]:  # noqa: ARG001
    """The survey that asks about this touchpoint has them in line, or says why not. The same event_id invites nobody twice."""
    touchpoint = Touchpoint.objects.select_related("place").filter(key=key).first()
    if touchpoint is None:
        raise Http404
    known, rest = handles(told.customer.identities)
    if not known:
        raise Wrong("customer.identities", _("needs one address that can be used"))
    happened = Met(
        event_id=told.event_id.strip(),
        at=told.at,
        handles=known,
        name=name_with(told.customer.name, rest),
        about=told.about,
        product=told.product,
        facts=told.facts,
    )
    standing = met(touchpoint, happened, now=clock.now())
    return Status(202, LinedUp(state=cast(Code, standing.state), why=standing.why))
