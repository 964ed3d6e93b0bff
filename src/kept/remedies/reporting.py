"""What was given, and how those cases ended: by remedy, by week, by place. Never by who gave it (R15)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from kept.cases.models import CaseQuerySet
from kept.remedies.limits import SPENT
from kept.remedies.models import Gift, Remedy

WEEKS = 13
COLUMNS = {"remedy": "remedy_id", "week": "week_on", "place": "case__place_id"}
NAMES = {"remedy": "remedy__name", "week": "week_on", "place": "case__place__name"}
OPEN = "open"
ENDINGS = ("white", "black", "no_word", OPEN)


@dataclass(slots=True)
class Line:
    """One remedy, week or place: what was spent there in each currency ("" for pieces), and how those cases ended."""

    key: int | date | None
    name: str | date | None
    gifts: int = 0
    spent: dict[str, Decimal] = field(default_factory=dict)
    cases: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ENDINGS, 0))


def gifts_between(since: date, until: date, *, cases: CaseQuerySet) -> QuerySet[Gift]:
    """What was really given in the weeks from `since` to `until` (Mondays, both included), on these cases."""
    remedies = Remedy.objects.values("pk")  # few, and with them the index by week serves
    return Gift.objects.filter(remedy__in=remedies, week_on__gte=since, week_on__lte=until, state__in=SPENT, case__in=cases)


def report(gifts: QuerySet[Gift], *, by: str) -> list[Line]:
    """The lines of a report by remedy, week or place; two queries however much was given."""
    column, name, lines = COLUMNS[by], NAMES[by], dict[object, Line]()
    spent = gifts.order_by().values_list(column, name, "remedy__currency").annotate(Sum("amount"), Count("id"))
    for key, called, currency, amount, count in spent:
        line = lines.setdefault(key, Line(key, called))
        line.gifts += count
        line.spent[currency] = line.spent.get(currency, Decimal(0)) + amount
    for key, outcome, count in gifts.order_by().values_list(column, "case__outcome").annotate(Count("case", distinct=True)):
        lines[key].cases[outcome or OPEN] += count
    return sorted(lines.values(), key=lambda line: _order(line, by), reverse=by == "week")


def _order(line: Line, by: str) -> tuple[object, ...]:
    if by == "week":
        return (line.key,)
    return (line.name is None, str(line.name).casefold(), str(line.key))


def behind(gifts: QuerySet[Gift], *, by: str, key: int | date | None, ended: str = "") -> QuerySet[Gift]:
    """The gifts behind one line, or behind one ending of it: the people whom the figures are about (R11)."""
    found = gifts.filter(**({f"{COLUMNS[by]}__isnull": True} if key is None else {COLUMNS[by]: key}))
    if ended:
        found = found.filter(case__outcome="" if ended == OPEN else ended)
    return found.select_related("remedy", "case__customer", "case__place").order_by("-at", "-id")


def weeks_until(until: date) -> tuple[date, date]:
    """The thirteen weeks that end with the one of `until`, by their first and last Monday."""
    last = until - timedelta(days=until.weekday())
    return last - timedelta(weeks=WEEKS - 1), last
