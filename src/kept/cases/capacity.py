"""How many follow-ups can we honestly take on (R9), and by when? Pure sums; `loads_of` reads what they begin with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, Q

from kept.cases.models import Case
from kept.cases.silence import MINUTES_PER_UNANSWERED
from kept.lib.hours import BusinessHours, add_working, round_up_to_quarter, working_between
from kept.people.models import Employee

AHEAD = timedelta(days=7)
"""How far we look: the week that begins now."""
NO_TIME = timedelta(0)
EACH_OTHER = timedelta(minutes=MINUTES_PER_UNANSWERED)
BESIDE = 1
"""Somebody else may have the page open just now, and be shown the same hour: room for one more, whoever saves first."""
IN_RESERVE = 1.3
"""The hour shown leaves this much time for each follow-up of a week: whoever falls ill leaves theirs to the others."""


@dataclass(frozen=True, slots=True)
class Load:
    """What one person said they can take on in a week, and what waits for their answer."""

    person: int
    weekly: int
    follow_ups: int = 0
    """Survey answers that wait."""
    others: int = 0
    """Every other case that waits."""
    due_before: int = 0
    """Of all these, how many are due by the hour that was asked about."""
    taken: tuple[datetime, ...] = ()
    """When each follow-up of the last seven days became theirs, answered or not, in order."""
    away_from: datetime | None = None
    away_until: datetime | None = None

    def is_away(self, at: datetime) -> bool:
        """On leave or ill at that moment."""
        began = self.away_from is not None and self.away_from <= at
        return began and (self.away_until is None or at < self.away_until)


def loads_of(
    people: Iterable[Employee],
    *,
    through: Collection[int],
    hour: datetime | None = None,
    taken: Mapping[int, tuple[datetime, ...]] | None = None,
) -> list[Load]:
    """The load of each; what came in through these accounts is a follow-up. `hour`: how much of it is due by then."""
    people = list(people)
    waiting = Case.objects.filter(silent_since__isnull=False, owner__in=[person.pk for person in people])
    is_due = Q(answer_due_at__lte=hour) if hour is not None else Q(pk__lt=0)
    counted = (
        waiting.order_by()
        .values("owner")
        .annotate(ours=Count("pk", filter=Q(account__in=through)), every=Count("pk"), due=Count("pk", filter=is_due))
    )
    found = {row["owner"]: (row["ours"], row["every"] - row["ours"], row["due"]) for row in counted}
    return [
        Load(
            person.pk,
            person.follow_ups_a_week,
            *found.get(person.pk, (0, 0, 0)),
            taken=(taken or {}).get(person.pk, ()),
            away_from=person.away_from,
            away_until=person.away_until,
        )
        for person in people
    ]


def usual_week(hours: BusinessHours) -> timedelta:
    """How long the house is open in a week without holidays."""
    return timedelta(minutes=sum((_minutes(closes) or 1440) - _minutes(opens) for day in hours.week for opens, closes in day))


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def pace(load: Load, hours: BusinessHours) -> timedelta:
    """The working time that each follow-up takes up of their week; none for whoever named no number."""
    return usual_week(hours) / load.weekly if load.weekly else NO_TIME


def time_here(load: Load, *, hours: BusinessHours, since: datetime, until: datetime) -> timedelta:
    """The working time between the two in which this person is here."""
    whole = working_between(hours, since, until)
    if load.away_from is None or load.away_from >= until:
        return whole
    back = until if load.away_until is None else min(load.away_until, until)
    return whole - working_between(hours, max(load.away_from, since), back)


def after_time_here(load: Load, span: timedelta, *, hours: BusinessHours, now: datetime) -> datetime | None:
    """When this person has been here for so much working time; None when they do not come back before that."""
    if load.is_away(now):
        return None if load.away_until is None else add_working(hours, load.away_until, span)
    ends = add_working(hours, now, span)
    if load.away_from is None or not now < load.away_from < ends:
        return ends
    rest = span - working_between(hours, now, load.away_from)
    return None if load.away_until is None else add_working(hours, load.away_until, rest)


def free_places(load: Load, *, hours: BusinessHours, now: datetime, until: datetime | None = None) -> float:
    """How many more follow-ups they can take on until then (without it: in a week): their pace while here, less what they have.

    What they have is what waits for them, or what they took on ahead of their weekly pace where that is more: whoever
    answers fast is not given a second week's number for it. Below zero: so many of theirs are for their colleagues.
    """
    week = usual_week(hours)
    here = min(time_here(load, hours=hours, since=now, until=until or now + AHEAD), week) / week
    return max(load.weekly * here - load.others, 0.0) - max(load.follow_ups, ahead_of_pace(load, hours=hours, now=now))


def ahead_of_pace(load: Load, *, hours: BusinessHours, now: datetime) -> float:
    """How many of the follow-ups taken on lately their weekly pace has not yet made room for."""
    each = pace(load, hours)
    if not each or not load.taken:
        return 0.0
    since, busy = load.taken[0], NO_TIME
    for at in load.taken:
        passed = working_between(hours, since, at)
        busy, since = max(busy - passed, NO_TIME) + each, at
    return max(busy - working_between(hours, since, now), NO_TIME) / each


def hour_for(load: Load, *, hours: BusinessHours, now: datetime, within: timedelta) -> datetime | None:
    """By when one more customer hears from this person, truly: at their pace, after all that waits, and not before `within`."""
    ahead = load.others * EACH_OTHER + pace(load, hours) * (load.follow_ups + 1 + BESIDE) * IN_RESERVE
    hour = after_time_here(load, max(within, ahead, EACH_OTHER), hours=hours, now=now)
    return None if hour is None else round_up_to_quarter(hour)


def can_keep(load: Load, hour: datetime, *, hours: BusinessHours, now: datetime) -> bool:
    """One more customer can hear from this person by `hour`, after everybody whose hour is not later."""
    needed = max(pace(load, hours), EACH_OTHER) * (load.due_before + 1)
    return time_here(load, hours=hours, since=now, until=hour) >= needed
