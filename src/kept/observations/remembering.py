"""What one of us noticed and what became of it; what was noticed before a root was called one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from kept.observations.linking import WITHIN
from kept.observations.models import Observation
from kept.people.models import Employee
from kept.places.models import Touchpoint


def noticed_by(employee: Employee) -> QuerySet[Observation]:
    """The newest first, each with how many `customers` suffered it."""
    rows = Observation.objects.filter(by=employee).select_related("owner")
    return rows.annotate(customers=Count("cases", filter=Q(cases__is_so=True))).order_by("-seen_at", "-id")


def seen_before_these(
    cases: Collection[int], *, touchpoint: Touchpoint | None, began: datetime, reader: Employee
) -> QuerySet[Observation]:
    """What came before these matters, as a person said (`customers`), or may have come before them at their touchpoint."""
    said = Q(cases__case__in=cases, cases__is_so=True)
    near = Q(touchpoint=touchpoint, seen_at__lte=began + WITHIN, seen_at__gte=began - WITHIN) if touchpoint else said
    rows = Observation.objects.visible_to(reader).annotate(customers=Count("cases", filter=said, distinct=True))
    return rows.filter(said | near).distinct().order_by("-customers", "-seen_at", "-id")
