"""How much may still be given without asking: in this case, by one of us this week, by all of us this week."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import DecimalField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from kept.cases.models import Case
from kept.people.models import Employee
from kept.remedies.leeway import NOTHING, Left
from kept.remedies.models import Gift, GiftState, Remedy

SPENT = (GiftState.GIVEN, GiftState.DONE)

MONEY = DecimalField(max_digits=12, decimal_places=2)


def week_of(moment: datetime, zone: str) -> date:
    """The Monday of that week, in the house's zone."""
    day = moment.astimezone(ZoneInfo(zone)).date()
    return day - timedelta(days=day.weekday())


def what_is_left(remedies: QuerySet[Remedy], *, case: Case, by: Employee, now: datetime) -> list[Left]:
    """For each remedy what this employee may still give on this case; one query for all of them.

    A week's limits are about what is given without asking: what a manager said yes to counts only in its case.
    """
    week = Q(week_on=week_of(now, case.policy.calendar.zone), decided_by__isnull=True)
    counted = remedies.annotate(in_case=_sum(Q(case=case)), by_one=_sum(week & Q(by=by)), in_week=_sum(week))
    return [_left(remedy) for remedy in counted]


def _sum(which: Q) -> Coalesce:
    given = Gift.objects.filter(which, remedy=OuterRef("pk"), state__in=SPENT).order_by().values("remedy")
    return Coalesce(Subquery(given.annotate(sum=Sum("amount")).values("sum"), output_field=MONEY), NOTHING, output_field=MONEY)


def _left(remedy: Remedy) -> Left:
    given = vars(remedy)
    return Left(
        remedy,
        in_case=_rest(remedy.limit_per_case, given["in_case"]),
        by_one=_rest(remedy.limit_per_employee, given["by_one"]),
        in_week=_rest(remedy.limit_per_week, given["in_week"]),
    )


def _rest(limit: Decimal | None, given: Decimal) -> Decimal | None:
    return None if limit is None else max(NOTHING, limit - given)
