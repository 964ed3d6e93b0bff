"""Who speaks to us."""

from __future__ import annotations

from typing import Annotated

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from kept.api.finding import by_public_id
from kept.api.paging import USUAL, Cursor, Limit, page
from kept.api.schemas import CustomerOut, CustomerPage
from kept.api.showing import customer_out
from kept.channels.cleaning import clean_line
from kept.people.models import Customer, Identity

router = Router(tags=["customers"])


@router.get("/customers", response=CustomerPage)
def list_customers(
    request: HttpRequest,  # noqa: ARG001
    q: Annotated[str, Field(max_length=200)] = "",
    cursor: Cursor = "",
    limit: Limit = USUAL,
) -> CustomerPage:
    """Customers, the newest first; `q` looks into names and addresses."""
    customers = _shown()
    if q := clean_line(q):
        by_address = Identity.objects.filter(value__icontains=q).values("customer")
        customers = customers.filter(Q(name__icontains=q) | Q(pk__in=by_address))
    found, following = page(customers, by=("-id",), cursor=cursor, limit=limit)
    return CustomerPage(items=[customer_out(customer) for customer in found], next=following)


@router.get("/customers/{id}", response=CustomerOut)
def show_customer(request: HttpRequest, id: str) -> CustomerOut:  # noqa: ARG001
    """One customer; their matters are at /cases?customer=…&state=all."""
    return customer_out(by_public_id(_shown(), id))


def _shown() -> QuerySet[Customer]:
    identities = Prefetch("identities", Identity.objects.order_by("id"))
    return Customer.objects.select_related("usual_owner").prefetch_related(identities)
