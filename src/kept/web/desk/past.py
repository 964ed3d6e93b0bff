"""The other matters of the same customer: the newest, and those in which the same had happened before."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from kept.cases.models import Case
from kept.cases.repeating import alike
from kept.people.models import Employee

SHOWN = 5


def past_of(case: Case, me: Employee) -> tuple[list[Case], list[Case]]:
    """The newest other matters, and where this one is a repeat also the earlier times; both newest first, one query."""
    others = Case.objects.visible_to(me).filter(customer=case.customer_id).exclude(pk=case.pk)
    newest = others.order_by("-opened_at", "-id")
    same = alike(case) if case.repeats > 1 else None
    if same is None:
        return list(newest[:SHOWN]), []
    is_alike = Q(pk__in=same.values("pk"))
    found = list(newest.annotate(is_alike=is_alike).filter(Q(pk__in=newest.values("pk")[:SHOWN]) | is_alike))
    return found[:SHOWN], [one for one in found if vars(one)["is_alike"]]


def whether_there_is_a_past(me: Employee) -> Exists:
    """Of a case in a query: the same customer has another, so that nobody asks in vain."""
    return Exists(Case.objects.visible_to(me).filter(customer=OuterRef("customer")).exclude(pk=OuterRef("pk")))
