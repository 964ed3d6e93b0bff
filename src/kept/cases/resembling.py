"""Somebody else gave the same telephone or address: one person, perhaps, and then one matter. Only a person says so (R2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _

from kept.cases.minding import give_duty
from kept.cases.models import Case, Duty
from kept.channels.base import Handle
from kept.people.identifying import WEAK
from kept.people.models import Identity

SAME_MATTER, DECIDED_WITHIN = "same_matter", timedelta(days=1)


def ask_whether_it_is_one_person(case: Case, handles: Iterable[Handle], *, now: datetime) -> Duty | None:
    """Where an open matter of another customer is known by one of these, the owner is asked to look at both. Joins nobody."""
    typed = [handle for handle in handles if handle.kind in WEAK and not handle.proven]
    if not typed:
        return None
    theirs = reduce(or_, (Q(kind=handle.kind, value=handle.value) for handle in typed))
    known = Identity.objects.filter(theirs).exclude(customer=case.customer_id)
    other = Case.objects.open().filter(customer__in=known.values("customer")).order_by("-id").first()
    if other is None:
        return None
    says = _("%(address)s is also known of whoever wrote about “%(other)s”. If they are one person, say so")
    told = says % {"address": typed[0].shown or typed[0].value, "other": other}
    return give_duty(case, SAME_MATTER, told[:240], due_at=now + DECIDED_WITHIN, now=now)
