"""Somebody met us, says a program or a list: the pizza was brought, the bill was sent. Who asks about that lines them up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.channels.base import Handle
from kept.lib.refusal import Refusal
from kept.people.identifying import identify
from kept.people.learning import learn
from kept.places.models import Touchpoint
from kept.surveys.admitting import admit
from kept.surveys.models import Invitation, InvitationState, Occasion, Survey


@dataclass(frozen=True, slots=True)
class Met:
    """One customer at one touchpoint, once. `event_id` names that one time: told again it invites nobody twice."""

    event_id: str
    at: datetime
    handles: tuple[Handle, ...]
    name: str = ""
    about: str = ""
    """As said to the customer: "your order on Sunday"."""
    product: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of it: waiting, not_asked ..., and why, as codes. "no_survey": nobody asks about this touchpoint."""

    state: str
    why: str


NO_SURVEY = Standing(InvitationState.NOT_ASKED, "no_survey")


def surveys_at(touchpoint: Touchpoint) -> list[Survey]:
    """The open surveys that ask after this touchpoint."""
    open_ones = Survey.objects.filter(occasion=Occasion.TOUCHPOINT, opened_at__isnull=False, closed_at__isnull=True)
    return list(open_ones.filter(touchpoint=touchpoint).select_related("account__brand").order_by("pk"))


def occasion_at(touchpoint: Touchpoint, event_id: str) -> str:
    """The key of this one time, unique per survey."""
    return f"{touchpoint.key}:{event_id}"


@transaction.atomic
def met(touchpoint: Touchpoint, told: Met, *, now: datetime) -> Standing:
    """Whoever asks about this touchpoint has the customer in line, or says why not; what is told of them is known."""
    if not told.handles:
        raise Refusal(_("Say who it was: an e-mail address or another way we know them by."))
    if not (surveys := surveys_at(touchpoint)):
        return NO_SURVEY
    customer, _identity = identify(told.handles, name=told.name, at=now)
    learn(customer, told.facts, at=now)
    rows = [
        admit(
            survey,
            customer,
            occasion_key=occasion_at(touchpoint, told.event_id),
            about=told.about,
            at=told.at,
            now=now,
            touchpoint=touchpoint,
            product=told.product,
        )
        for survey in surveys
    ]
    return _standing(rows)


def _standing(rows: list[Invitation]) -> Standing:
    """Of several surveys, the one that asks speaks for all."""
    row = min(rows, key=lambda one: (one.state in {InvitationState.NOT_ASKED, InvitationState.FAILED}, one.pk))
    return Standing(row.state, row.why)
