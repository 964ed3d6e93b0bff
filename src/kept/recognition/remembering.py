"""What somebody's own page remembers: what was said of them, where it could have gone either way, promises they kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from kept.cases.models import Case
from kept.people.models import Employee
from kept.promises.models import Promise
from kept.recognition.models import Recognition, RecognitionState

AT_ONCE = 20
MOMENTS = 8
LOOKS_BACK = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Moment:
    """One matter of theirs that could have gone either way. `is_praise`: a customer named them in it."""

    case: Case
    at: datetime
    is_praise: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """Promises of one month: how many they kept, how many in time, and the last of them."""

    count: int
    in_time: int
    last: Promise | None


def said_about(employee: Employee, *, after: Recognition | None = None) -> list[Recognition]:
    """What reached them, the latest first; one more than fits shows that there are further ones."""
    found = Recognition.objects.filter(employee=employee, state=RecognitionState.PASSED_ON)
    if after is not None:
        found = found.filter(Q(said_at__lt=after.said_at) | Q(said_at=after.said_at, pk__lt=after.pk))
    return list(found.select_related("customer", "manager", "added_by", "case").order_by("-said_at", "-id")[: AT_ONCE + 1])


def moments_of(employee: Employee, me: Employee, *, now: datetime) -> list[Moment]:
    """Matters of the last half year that `me` may see: theirs that had gone wrong, and those that praise them."""
    lately = Case.objects.visible_to(me).filter(opened_at__gte=now - LOOKS_BACK, set_aside_at__isnull=True)
    named = set(
        Recognition.objects.filter(employee=employee, state=RecognitionState.PASSED_ON, case__isnull=False)
        .order_by("-said_at")
        .values_list("case", flat=True)[:MOMENTS]
    )
    cases = lately.filter(Q(owner=employee, went_wrong=True) | Q(pk__in=named)).exclude(kind="praise").select_related("customer")
    return [Moment(case, case.ended_at or case.opened_at, case.pk in named) for case in cases.order_by("-opened_at")[:MOMENTS]]


def kept_in(employee: Employee, *, begins: datetime, ends: datetime) -> Kept:
    """Their promises that were kept in that time. No share of anything, and beside nobody else's (R15)."""
    kept = Promise.objects.binding().filter(by=employee, kept_at__gte=begins, kept_at__lt=ends)
    rows = list(kept.select_related("case__customer").order_by("-kept_at", "-id"))
    return Kept(len(rows), sum(1 for made in rows if made.broken_at is None), rows[0] if rows else None)
