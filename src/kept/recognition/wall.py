"""The wall: a month of good words as far as each reader may read them, and how many there were in all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from kept.people.models import Employee
from kept.places.models import Place
from kept.recognition.models import Recognition, RecognitionQuerySet, RecognitionState

AT_ONCE = 30


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the house's own calendar."""

    begins: datetime
    ends: datetime

    @property
    def key(self) -> str:
        """As it stands in an address: "2026-06"."""
        return f"{self.begins:%Y-%m}"

    def before(self) -> Month:
        """The month before."""
        zone = self.begins.tzinfo
        year, month = (self.begins.year - 1, 12) if self.begins.month == 1 else (self.begins.year, self.begins.month - 1)
        return Month(datetime(year, month, 1, tzinfo=zone), self.begins)


def month_of(moment: datetime, zone: str) -> Month:
    """The month that this moment falls into on that zone's calendar."""
    local = moment.astimezone(ZoneInfo(zone))
    begins = datetime(local.year, local.month, 1, tzinfo=ZoneInfo(zone))
    year, month = (local.year + 1, 1) if local.month == 12 else (local.year, local.month + 1)
    return Month(begins, datetime(year, month, 1, tzinfo=ZoneInfo(zone)))


def month_named(key: str, zone: str) -> Month | None:
    """The month of an address such as "2026-06"; None for what is no month."""
    try:
        return month_of(datetime.strptime(key, "%Y-%m").replace(tzinfo=ZoneInfo(zone)), zone)
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True, slots=True)
class Told:
    """What one can say of a month aloud: how many of us, how often, and how many of these are for few eyes only."""

    people: int
    times: int
    looking: int
    kept_close: int
    places: list[tuple[Place, int]]
    """Only what this reader may open."""


def passed_on_in(month: Month) -> RecognitionQuerySet:
    """Whatever reached somebody in that month."""
    found: RecognitionQuerySet = Recognition.objects.filter(
        state=RecognitionState.PASSED_ON, passed_on_at__gte=month.begins, passed_on_at__lt=month.ends
    )
    return found


def looking_for() -> RecognitionQuerySet:
    """Whatever waits for a name, the latest first."""
    found: RecognitionQuerySet = Recognition.objects.filter(state=RecognitionState.LOOKING).order_by("-said_at", "-id")
    return found


def told_of(month: Month, me: Employee) -> Told:
    """The month in one sentence's figures."""
    every = dict(passed_on_in(month).values_list("pk", "employee"))
    mine = passed_on_in(month).visible_to(me).values_list("pk", "employee__place")
    by_place = Counter(place for _pk, place in mine)
    places = Place.objects.filter(pk__in=[pk for pk in by_place if pk], slug__isnull=False).order_by("name")
    return Told(
        people=len(set(every.values())),
        times=len(every),
        looking=looking_for().count(),
        kept_close=len(every) - sum(by_place.values()),
        places=[(place, by_place[place.pk]) for place in places],
    )


def on_the_wall(month: Month, me: Employee, *, place: Place | None = None, after: Recognition | None = None) -> list[Recognition]:
    """The good words of that month that `me` may read, the latest first; one more than fits shows that there are further ones."""
    found = passed_on_in(month).visible_to(me)
    if place is not None:
        found = found.filter(employee__place=place)
    if after is not None and after.passed_on_at is not None:
        found = found.filter(Q(passed_on_at__lt=after.passed_on_at) | Q(passed_on_at=after.passed_on_at, pk__lt=after.pk))
    related = found.select_related("employee", "manager", "customer", "added_by", "case")
    return list(related.order_by("-passed_on_at", "-id")[: AT_ONCE + 1])


def is_theirs(praise: Recognition, me: Employee) -> bool:
    """It is about `me`, or was told to them beside whom it is about, or they wrote it down: they read who wrote it."""
    return me.pk in {praise.employee_id, praise.manager_id, praise.added_by_id}
