"""The promise ledger."""

from __future__ import annotations

from typing import Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router
from ninja.responses import Status

from kept.api.acting import in_one_piece
from kept.api.asking import NewHour, PromiseIn
from kept.api.entering import speaker
from kept.api.finding import find_case, find_promise, named, visible_cases
from kept.api.paging import USUAL, Cursor, Limit, or_never, page
from kept.api.schemas import PromiseOut, PromisePage
from kept.api.showing import promise_out
from kept.cases.models import Message
from kept.lib import clock
from kept.people.models import Employee
from kept.promises.keeping import renegotiate
from kept.promises.making import promise
from kept.promises.models import Promise, PromiseQuerySet
from kept.remedies.doing import keep_the_word

router = Router(tags=["promises"])
router.add_decorator(in_one_piece)
ORDERS = {"open": ("due", "id"), "broken": ("due", "id"), "kept": ("-kept_at", "-id")}


@router.get("/promises", response=PromisePage)
def list_promises(
    request: HttpRequest, state: Literal["open", "broken", "kept"] = "open", cursor: Cursor = "", limit: Limit = USUAL
) -> PromisePage:
    """What is promised and not due yet, what is broken and still owed, or what was kept (the newest first)."""
    promises = _in_state(PromiseQuerySet(Promise).binding().filter(case__in=visible_cases(request)), state)
    promises = promises.select_related("case", "by", "said_in").annotate(due=or_never("due_at"))
    found, following = page(promises, by=ORDERS[state], cursor=cursor, limit=limit)
    return PromisePage(items=[promise_out(made, case=made.case) for made in found], next=following)


def _in_state(promises: QuerySet[Promise], state: str) -> QuerySet[Promise]:
    if state == "kept":
        return promises.filter(kept_at__isnull=False)
    return promises.filter(is_open=True, broken_at__isnull=state == "open")


@router.post("/cases/{id}/promises", response={201: PromiseOut})
def make_promise(request: HttpRequest, id: str, given: PromiseIn) -> Status[PromiseOut]:
    """The ledger holds us to it."""
    case, now = find_case(request, id), clock.now()
    by = named(Employee.objects.filter(is_active=True), given.by, field="by") if given.by else speaker(request, case)
    ours = Message.objects.filter(case=case, is_theirs=False, taken_back_at__isnull=True)
    said_in = named(ours, given.said_in, field="said_in") if given.said_in else None
    made = promise(case, given.what, by=by, due_at=given.due_at, now=now, said_in=said_in)
    return Status(201, promise_out(made, case=case))


@router.post("/promises/{id}/keep", response={200: PromiseOut})
def keep_promise(request: HttpRequest, id: str) -> Status[PromiseOut]:
    """It is kept, late if its hour had passed."""
    made = find_promise(request, id)
    keep_the_word(made, by=speaker(request, made.case), now=clock.now())
    return _shown(request, id)


@router.post("/promises/{id}/renegotiate", response={200: PromiseOut})
def renegotiate_promise(request: HttpRequest, id: str, given: NewHour) -> Status[PromiseOut]:
    """A new promise stands in its place; only before it is due, and only once the customer was told."""
    made = find_promise(request, id)
    ours = Message.objects.filter(case=made.case, is_theirs=False, taken_back_at__isnull=True)
    told_in = named(ours, given.told_in, field="told_in")
    by = speaker(request, made.case)
    new = renegotiate(made, due_at=given.due_at, by=by, now=clock.now(), told_in=told_in, what=given.what.strip())
    return _shown(request, str(new.public_id))


def _shown(request: HttpRequest, id: str) -> Status[PromiseOut]:
    made = find_promise(request, id)
    return Status(200, promise_out(made, case=made.case))
