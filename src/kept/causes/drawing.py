"""The weeks before and after a fix: each dot is one person whom it hurt, each week opens onto its people (R11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from kept.cases.models import Case, CaseQuerySet
from kept.causes.comparing import Compared, compare
from kept.causes.models import Cause, Gathered
from kept.people.models import Employee

WEEK = timedelta(weeks=1)
MOST_WEEKS = 12
MOST_DOTS = 40
"""More dots than that in one week are no longer somebody; the figure stands below them."""
MOST_CASES = 2000


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days, counted from the fix, and how many it hurt in them."""

    number: int
    """0 is the week that begins with the fix, -1 the one before it."""
    begins: datetime
    count: int
    is_over: bool

    @property
    def is_after(self) -> bool:
        """The fix was done by then."""
        return self.number >= 0

    @property
    def dots(self) -> int:
        """How many are drawn."""
        return min(self.count, MOST_DOTS)


def hurt_by(cause: Cause, me: Employee) -> CaseQuerySet:
    """The cases of this root: gathered, or with all that is known of it (touchpoint and theme); without those let go."""
    gathered = Gathered.objects.filter(cause=cause)
    same = Q(pk__in=gathered.taken().values("case"))
    if cause.theme:
        like_it = Q(theme=cause.theme, joined_into__isnull=True, set_aside_at__isnull=True)
        same |= like_it & (Q(touchpoint=cause.touchpoint_id) if cause.touchpoint_id else Q())
    return Case.objects.visible_to(me).filter(same).exclude(pk__in=gathered.filter(refused_at__isnull=False).values("case"))


def weeks_around(cause: Cause, me: Employee, *, now: datetime) -> list[Week]:
    """Up to twelve weeks before the fix and those since; while nothing is fixed, the last twelve up to now."""
    middle = cause.fixed_at or now
    after = min(max(cause.watch_weeks, 1), MOST_WEEKS) if cause.fixed_at else 0
    before = MOST_WEEKS if not cause.fixed_at else max(after, MOST_WEEKS // 2)
    first, last = middle - before * WEEK, middle + after * WEEK
    opened = hurt_by(cause, me).filter(opened_at__gte=first, opened_at__lt=last).order_by("-opened_at")
    counts: dict[int, int] = {}
    for at in opened.values_list("opened_at", flat=True)[:MOST_CASES]:
        number = (at - middle) // WEEK
        counts[number] = counts.get(number, 0) + 1
    numbers = [number for number in range(-before, after) if middle + number * WEEK <= now]
    return [Week(n, middle + n * WEEK, counts.get(n, 0), middle + (n + 1) * WEEK <= now) for n in numbers]


def people_of(cause: Cause, me: Employee, number: int, *, now: datetime) -> CaseQuerySet:
    """Whom it hurt in that week."""
    begins = (cause.fixed_at or now) + max(min(number, MOST_WEEKS), -MOST_WEEKS) * WEEK
    return hurt_by(cause, me).filter(opened_at__gte=begins, opened_at__lt=begins + WEEK)


def compared(weeks: list[Week]) -> Compared:
    """Before against after, whole weeks only."""
    over = [week for week in weeks if week.is_over]
    before, after = [week for week in over if not week.is_after], [week for week in over if week.is_after]
    return compare(
        sum(week.count for week in before),
        sum(week.count for week in after),
        weeks_before=len(before),
        weeks_after=len(after),
    )
