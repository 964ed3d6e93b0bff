"""What counts as no customer's word: browsable, with its reason, and brought back as easily (R1, R14)."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status

from kept.api.acting import in_one_piece
from kept.api.entering import token_of
from kept.api.paging import USUAL, Cursor, Limit, page
from kept.api.schemas import BroughtBack, Named, SetAsideOut, SetAsidePage
from kept.intake.bringing_back import bring_back
from kept.intake.models import Arrival, Fate, Filed
from kept.lib import clock
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.people.presence import house

router = Router(tags=["set aside"])
router.add_decorator(in_one_piece)


@router.get("/set-aside", response=SetAsidePage)
def list_set_aside(request: HttpRequest, cursor: Cursor = "", limit: Limit = USUAL) -> SetAsidePage:  # noqa: ARG001
    """What was set aside, the newest first."""
    aside = Filed.objects.filter(fate=Fate.SET_ASIDE)
    found, following = page(aside, by=("-id",), cursor=cursor, limit=limit)
    rows = Arrival.objects.filter(pk__in=[filed.arrival_id for filed in found]).select_related("account")
    arrivals = {arrival.pk: arrival for arrival in rows.defer("body")}
    return SetAsidePage(items=[_shown(filed, arrivals[filed.arrival_id]) for filed in found], next=following)


def _shown(filed: Filed, arrival: Arrival) -> SetAsideOut:
    return SetAsideOut(
        id=f"{arrival.receipt}.{filed.ordinal}",
        receipt=str(arrival.receipt),
        account=Named(id=str(arrival.account.public_id), name=arrival.account.name),
        sender=filed.sender,
        subject=filed.subject,
        why=filed.why,
        at=filed.at,
        reached_us_at=arrival.reached_us_at,
    )


@router.post("/set-aside/{id}/bring-back", response={200: BroughtBack})
def bring_it_back(request: HttpRequest, id: str) -> Status[BroughtBack]:
    """It is a customer's word after all: on a case, with an owner, and its clock runs from when it reached us."""
    message = bring_back(_find(id), by=_who_decides(request), now=clock.now())
    return Status(200, BroughtBack(case=str(message.case.public_id), message=str(message.public_id)))


def _find(id: str) -> Filed:
    receipt, _dot, ordinal = id.partition(".")
    try:
        key, place = uuid.UUID(receipt), int(ordinal)
    except ValueError:
        raise Http404 from None
    arrivals = Arrival.objects.filter(receipt=key).values("pk")
    # A contact has few siblings: anything larger is no ordinal, and no number for the database either.
    found = Filed.objects.filter(arrival_id__in=arrivals, ordinal=place).first() if 0 <= place < 32768 else None
    if found is None:
        raise Http404
    return found


def _who_decides(request: HttpRequest) -> Employee:
    decides = token_of(request).employee or house().duty_owner
    if decides is None:
        raise Refusal(_("Nobody is here yet who could decide this: add an employee first."))
    return decides
