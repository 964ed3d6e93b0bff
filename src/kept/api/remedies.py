"""What may be given to put it right, and what was: give it, decide beyond a limit, say that they have it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status
from pydantic import BaseModel, StringConstraints

from kept.api.acting import in_one_piece
from kept.api.asking import Asked
from kept.api.entering import speaker
from kept.api.finding import by_public_id, find_case, visible_cases
from kept.api.problems import Wrong
from kept.api.schemas import Named
from kept.api.showing import named
from kept.api.values import Id, Line, Moment
from kept.cases.models import Case
from kept.lib import clock
from kept.remedies.deciding import decide
from kept.remedies.doing import do
from kept.remedies.giving import give
from kept.remedies.models import Gift, Remedy

router = Router(tags=["remedies"])
router.add_decorator(in_one_piece)
Amount = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,8}(\.[0-9]{1,2})?$")]
"""A decimal as text, so that no cent is lost on the way: "12.50"; pieces: "1"."""
Why = Annotated[Line, StringConstraints(max_length=300)]


class RemedyOut(BaseModel):
    """Something that may be given; a limit of null is none."""

    id: str
    name: str
    currency: str | None
    limit_per_case: str | None
    limit_per_employee: str | None
    limit_per_week: str | None
    asks: Named
    answer_within_minutes: int
    done_within_minutes: int


class Remedies(BaseModel):
    """All that may be given now."""

    items: list[RemedyOut]


class GiftOut(BaseModel):
    """One remedy on one case. asked: a manager decides by `answer_due_at`; given: promised; done: they have it."""

    id: str
    case: str
    remedy: str
    name: str
    currency: str | None
    amount: str
    why: str | None
    by: Named
    state: Literal["asked", "refused", "given", "done"]
    at: Moment
    asked_of: Named | None
    answer_due_at: Moment | None
    decided_by: Named | None
    decided_why: str | None
    promise: str | None
    done_at: Moment | None


class Gifts(BaseModel):
    """Everything given on one case, or asked for, the newest first."""

    items: list[GiftOut]


class GiftIn(Asked):
    """Give this; `why` is needed where a manager is asked."""

    remedy: Id
    amount: Amount = "1"
    why: Why = ""


class DecisionIn(Asked):
    """Yes or no to what goes beyond a limit; a no needs its reason."""

    yes: bool
    why: Why = ""


@router.get("/remedies", response=Remedies)
def list_remedies(request: HttpRequest) -> Remedies:  # noqa: ARG001
    """What may be given without asking, up to which limits, and who is asked beyond them."""
    found = Remedy.objects.filter(retired_at__isnull=True).select_related("asks").order_by("name", "id")
    return Remedies(items=[_remedy_out(remedy) for remedy in found])


@router.get("/cases/{id}/gifts", response=Gifts)
def list_gifts(request: HttpRequest, id: str) -> Gifts:
    """What was given on this case, or is asked for."""
    case = find_case(request, id)
    gifts = _whole().filter(case=case).order_by("-id")
    return Gifts(items=[_gift_out(gift) for gift in gifts])


@router.post("/cases/{id}/gifts", response={201: GiftOut})
def give_remedy(request: HttpRequest, id: str, given: GiftIn) -> Status[GiftOut]:
    """It is given and promised to the customer; beyond a limit one named manager is asked, and it is `asked`."""
    case = find_case(request, id)
    remedy = Remedy.objects.filter(pk=given.remedy).first() if given.remedy.isdecimal() and len(given.remedy) < 18 else None
    if remedy is None:
        raise Wrong("remedy", _("there is none with this id"))
    amount = Decimal(given.amount)
    gift = give(_with_brand(case), remedy, amount=amount, by=speaker(request, case), now=clock.now(), why=given.why)
    return Status(201, _gift_out(_whole().get(pk=gift.pk)))


@router.post("/gifts/{id}/decide", response={200: GiftOut})
def decide_gift(request: HttpRequest, id: str, decision: DecisionIn) -> Status[GiftOut]:
    """The manager who was asked, or another one, says yes or no; only with a token that speaks for them."""
    gift = _find(request, id)
    decide(gift, yes=decision.yes, by=speaker(request, gift.case), now=clock.now(), why=decision.why)
    return Status(200, _gift_out(_whole().get(pk=gift.pk)))


@router.post("/gifts/{id}/done", response={200: GiftOut})
def finish_gift(request: HttpRequest, id: str) -> Status[GiftOut]:
    """The customer has it; the promise of it is kept."""
    gift = _find(request, id)
    do(gift, by=speaker(request, gift.case), now=clock.now())
    return Status(200, _gift_out(_whole().get(pk=gift.pk)))


def _with_brand(case: Case) -> Case:
    return Case.objects.select_related("customer", "owner", "account__brand", "policy__calendar").get(pk=case.pk)


def _whole() -> QuerySet[Gift]:
    return Gift.objects.select_related("case__owner", "remedy", "by", "asked_of", "decided_by", "promise")


def _find(request: HttpRequest, id: str) -> Gift:
    return by_public_id(_whole().filter(case__in=visible_cases(request)), id)


def _remedy_out(remedy: Remedy) -> RemedyOut:
    return RemedyOut(
        id=str(remedy.pk),
        name=remedy.name,
        currency=remedy.currency or None,
        limit_per_case=_text(remedy.limit_per_case),
        limit_per_employee=_text(remedy.limit_per_employee),
        limit_per_week=_text(remedy.limit_per_week),
        asks=named(remedy.asks),
        answer_within_minutes=remedy.answer_within_minutes,
        done_within_minutes=remedy.done_within_minutes,
    )


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _gift_out(gift: Gift) -> GiftOut:
    return GiftOut.model_validate(
        {
            "id": str(gift.public_id),
            "case": str(gift.case.public_id),
            "remedy": str(gift.remedy_id),
            "name": gift.remedy.name,
            "currency": gift.remedy.currency or None,
            "amount": _text(gift.amount),
            "why": gift.why or None,
            "by": named(gift.by),
            "state": gift.state,
            "at": gift.at,
            "asked_of": named(gift.asked_of) if gift.asked_of else None,
            "answer_due_at": gift.answer_due_at,
            "decided_by": named(gift.decided_by) if gift.decided_by else None,
            "decided_why": gift.decided_why or None,
            "promise": str(gift.promise.public_id) if gift.promise else None,
            "done_at": gift.done_at,
        }
    )
