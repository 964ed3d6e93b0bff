"""Who would answer them, and by when: worked out when the page opens, reserved when it is saved (R9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kept.cases.capacity import Load, can_keep, hour_for, loads_of
from kept.lib.hours import BusinessHours
from kept.people.models import Employee
from kept.people.presence import house, stand_in_for
from kept.surveys.models import Survey


@dataclass(frozen=True, slots=True)
class Offer:
    """A named person, and the hour by which the customer hears from them."""

    person: Employee
    hour: datetime


def offer(survey: Survey, *, now: datetime) -> Offer | None:
    """Whom a customer who asks to be contacted would hear from, and by when. None: nobody is there who could. Changes nothing."""
    people = _who_answers(survey, now)
    return _soonest(survey, people, _loads(people), now=now)


def reserve(survey: Survey, *, now: datetime, offered: Offer | None) -> Offer | None:
    """Who has it and by when; call it in the transaction that makes the case, so that the next page counts it.

    The hour that was shown stands: with the person shown or, where others came in between, with a colleague who can keep it.
    Only where nobody can any more (the page lay open for long) it is the next true hour, which the thank-you page then says.
    """
    people = _who_answers(survey, now, lock=True)
    if offered is None:
        return _soonest(survey, people, _loads(people), now=now)
    loads = _loads(people, hour=offered.hour)
    hours, shown = survey.account.policy.calendar.hours, offered.person.pk
    can = [load for load in loads if can_keep(load, offered.hour, hours=hours, now=now)]
    if can:
        keeper = min(can, key=lambda load: (load.person != shown, load.due_before, load.person))
        return Offer(people[keeper.person], offered.hour)
    return _soonest(survey, people, loads, now=now)


def _loads(people: dict[int, Employee], *, hour: datetime | None = None) -> list[Load]:
    """Of those who named a weekly number; of everybody where nobody did."""
    loads = loads_of(people.values(), through=survey_accounts(), hour=hour)
    return [load for load in loads if load.weekly] or loads


def survey_accounts() -> list[int]:
    """The ways in whose cases are follow-ups."""
    return list(Survey.objects.values_list("account", flat=True))


def _who_answers(survey: Survey, now: datetime, *, lock: bool = False) -> dict[int, Employee]:
    """The survey's people by number; else who stands in for them, else whoever is on duty. Locked, the next one to save waits."""
    named = survey.people.filter(is_active=True, answers=True).order_by("pk")
    # Only against each other: whoever names these people in another row need not wait (PostgreSQL; SQLite has one writer).
    people = list(named.select_for_update(no_key=True, of=("self",)) if lock else named)
    if any(not person.is_away(now) or person.away_until is not None for person in people):
        return {person.pk: person for person in people}
    duty = house().duty_owner
    acting = [stand_in_for(person, at=now) for person in (*people, duty) if person is not None]
    found = next((person for person in acting if person is not None and person.answers), duty)
    return {found.pk: found} if found is not None else {}


def _soonest(survey: Survey, people: dict[int, Employee], loads: Sequence[Load], *, now: datetime) -> Offer | None:
    policy = survey.account.policy
    hours, within = policy.calendar.hours, policy.answer_within(is_first=True)
    found = soonest(loads, hours=hours, now=now, within=within)
    return None if found is None else Offer(people[found[0].person], found[1])


def soonest(loads: Sequence[Load], *, hours: BusinessHours, now: datetime, within: timedelta) -> tuple[Load, datetime] | None:
    """Whose hour comes first; of several, who has the most room."""
    told = [(load, hour_for(load, hours=hours, now=now, within=within)) for load in loads]
    there = [(load, hour) for load, hour in told if hour is not None]
    return min(there, key=lambda one: (one[1], one[0].follow_ups / max(one[0].weekly, 1), one[0].person), default=None)
