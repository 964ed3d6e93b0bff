"""How much may still be given without asking: in this case, by one of us this week, by all of us this week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import DecimalField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from kept.cases.models import Case
from kept.people.models import Employee
from kept.remedies.models import Gift, GiftState, Remedy
from kept.remedies.wording import amount_in_words

SPENT = (GiftState.GIVEN, GiftState.DONE)
NOTHING = Decimal(0)
MONEY = DecimalField(max_digits=12, decimal_places=2)


@dataclass(frozen=True, slots=True)
class Left:
    """One remedy, for one case and one of us: what each limit still allows; None where there is no such limit."""

    remedy: Remedy
    in_case: Decimal | None
    by_one: Decimal | None
    in_week: Decimal | None

    @property
    def most(self) -> Decimal | None:
        """The tightest of the three; None: without a limit."""
        return min((one for one in (self.in_case, self.by_one, self.in_week) if one is not None), default=None)

    def allows(self, amount: Decimal) -> bool:
        """Nobody needs to be asked."""
        return self.most is None or amount <= self.most

    def says(self, asked: Employee) -> str:
        """What is left, and who is asked beyond it: a sentence for whoever wants to give it."""
        told = {"name": asked.first_name, "amount": ""}
        most = self.most
        if most is None:
            return _("You may give this without asking.")
        if most <= NOTHING:
            return _("Beyond what you may give without asking: %(name)s is asked.") % told
        told["amount"] = amount_in_words(most, self.remedy.currency)
        if most == self.in_case:
            return _("You may still give %(amount)s here; beyond that %(name)s is asked.") % told
        if most == self.by_one:
            return _("You may still give %(amount)s this week; beyond that %(name)s is asked.") % told
        return _("All of us may still give %(amount)s this week; beyond that %(name)s is asked.") % told


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
