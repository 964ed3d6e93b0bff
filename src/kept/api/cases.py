"""Cases: the lists, one with all its words, and what is decided about it."""

from __future__ import annotations

from typing import Annotated, Literal

from django.db.models import Case as Choose
from django.db.models import IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest
from ninja import Router
from ninja.responses import Status
from pydantic import Field

from kept.api.acting import in_one_piece
from kept.api.asking import OwnerIn, VerdictIn
from kept.api.entering import speaker
from kept.api.finding import find_case, named, shown_cases
from kept.api.paging import USUAL, Cursor, Limit, or_never, page
from kept.api.schemas import CaseDetail, CaseOut, CasePage, OnItsWay
from kept.api.showing import case_detail, case_out, delivery_of
from kept.api.values import Id
from kept.cases.assigning import assign
from kept.cases.models import Case
from kept.channels.cleaning import clean_line
from kept.lib import clock
from kept.outcomes.asking import ask
from kept.outcomes.hearing import hear, hear_not_yet
from kept.people.models import Customer, Employee, Identity

router = Router(tags=["cases"])
router.add_decorator(in_one_piece)
Words = Annotated[str, Field(max_length=200)]
ORDERS = {"due": ("rank", "due", "id"), "silence": ("silent", "id"), "opened": ("-opened_at", "-id")}


@router.get("/cases", response=CasePage)
def list_cases(
    request: HttpRequest,
    state: Literal["open", "ended", "all"] = "open",
    owner: Id = "",
    customer: Id = "",
    q: Words = "",
    sort: Literal["due", "silence", "opened"] = "due",
    cursor: Cursor = "",
    limit: Limit = USUAL,
) -> CasePage:
    """Cases, signs of harm first, then by what falls due next (or the longest silence, or the newest).

    `owner` and `customer` are ids; `q` looks into the subject, the customer's name and their addresses.
    """
    cases = _in_state(shown_cases(request), state)
    if owner:
        cases = cases.filter(owner=named(Employee.objects.all(), owner, field="owner"))
    if customer:
        cases = cases.filter(customer=named(Customer.objects.all(), customer, field="customer"))
    if q := clean_line(q):
        cases = cases.filter(_speaks_of(q))
    cases = cases.annotate(
        rank=Choose(When(danger="", then=Value(1)), default=Value(0), output_field=IntegerField()),
        due=or_never("next_due_at"),
        silent=or_never("silent_since"),
    )
    found, following = page(cases, by=ORDERS[sort], cursor=cursor, limit=limit)
    return CasePage(items=[case_out(case) for case in found], next=following)


def _in_state(cases: QuerySet[Case], state: str) -> QuerySet[Case]:
    if state == "open":
        return cases.filter(is_open=True)
    if state == "ended":
        return cases.filter(is_open=False, joined_into__isnull=True)
    return cases


def _speaks_of(words: str) -> Q:
    theirs = Identity.objects.filter(value__icontains=words).values("customer")
    return Q(subject__icontains=words) | Q(customer__name__icontains=words) | Q(customer__in=theirs)


@router.get("/cases/{id}", response=CaseDetail)
def show_case(request: HttpRequest, id: str) -> CaseDetail:
    """One case with everything said and promised on it, and the customer's own page."""
    return case_detail(find_case(request, id))


@router.post("/cases/{id}/owner", response={200: CaseOut})
def change_owner(request: HttpRequest, id: str, given: OwnerIn) -> Status[CaseOut]:
    """Somebody else has it and was told; the clock and every promise run on."""
    case = find_case(request, id)
    to = named(Employee.objects.all(), given.owner, field="owner")
    assign(case, to=to, by=speaker(request, case), now=clock.now())
    return Status(200, case_out(find_case(request, id)))


@router.post("/cases/{id}/ask", response={202: OnItsWay})
def ask_if_solved(request: HttpRequest, id: str) -> Status[OnItsWay]:
    """“Is it solved?” is on its way; refused while we owe an answer or a promise."""
    case, now = find_case(request, id), clock.now()
    asking = ask(case, by=speaker(request, case), now=now)
    return Status(202, OnItsWay(message=str(asking.public_id), delivery=delivery_of(asking), goes_at=now))


@router.post("/cases/{id}/verdict", response={200: CaseOut})
def hear_verdict(request: HttpRequest, id: str, told: VerdictIn) -> Status[CaseOut]:
    """What the customer told one of us, in their words: yes, unsolved or leave end it; no means it goes on, one rung higher."""
    case, now = find_case(request, id), clock.now()
    by = speaker(request, case)
    if told.said == "no":
        hear_not_yet(case, now=now, confirmed_by=by, words=told.words)
    else:
        hear(case, told.said, now=now, confirmed_by=by, words=told.words)
    return Status(200, case_out(find_case(request, id)))
