"""How much room there is for each survey just now: its people's free places, and the answers that may still come (R9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from django.db.models import Count, Q

from kept.cases.capacity import Load, free_places, loads_of
from kept.lib.hours import BusinessHours, add_working_days
from kept.people.models import Employee
from kept.surveys.models import Invitation, InvitationState, Response, Survey
from kept.surveys.offering import survey_accounts
from kept.surveys.room import REMEMBERED, SINCE, Observed, Sent, may_be_asked, observe, spoken_for, still_out, still_out_by

A_DAY: Final = timedelta(days=1)
A_WEEK: Final = timedelta(days=7)
ONE_WAITING: Final = 1
"""Each of the people may have one waiting beside the one in hand: so that nobody is without one, and nobody waits for long."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is known of one survey: who was asked, what came back, and who answers it."""

    sent: tuple[Sent, ...]
    observed: Observed
    loads: tuple[Load, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """How many follow-ups its people can still take on this week, how many of them are free, and how many more may be asked."""

    places: int
    allowed: int
    observed: Observed
    out: float
    """Of those who were asked, how many may still answer."""


def rooms_of(surveys: Sequence[Survey], *, now: datetime) -> dict[int, Room]:
    """By the key of each survey that is open; what other surveys of the same people may still bring is taken off."""
    known = outlooks(surveys, now=now)
    rooms = {}
    for survey in surveys:
        others = [outlook for key, outlook in known.items() if key != survey.pk]
        rooms[survey.pk] = room_in(known[survey.pk], others, hours=survey.account.policy.calendar.hours, now=now)
    return rooms


def room_in(mine: Outlook, others: Sequence[Outlook], *, hours: BusinessHours, now: datetime) -> Room:
    """The room of one survey beside the others. Pure."""
    soon_at = add_working_days(hours, now, 1)
    days = (soon_at - now) / A_DAY
    beside = [(other, share) for other in others if (share := shared(mine, other))]
    places = sum(free_places(load, hours=hours, now=now) for load in mine.loads)
    places -= sum(share * spoken_for(still_out(other.sent), other.observed) for other, share in beside)
    soon = sum(free_places(load, hours=hours, now=now, until=soon_at) + ONE_WAITING for load in mine.loads)
    soon -= sum(share * still_out_by(other.sent, days) * other.observed.rate for other, share in beside)
    out = still_out(mine.sent)
    is_idle = not out and not beside and not any(load.follow_ups or load.others for load in mine.loads)
    allowed = may_be_asked(int(places), sent=mine.sent, observed=mine.observed, soon=soon, days=days, is_idle=is_idle)
    return Room(max(int(places), 0), allowed, mine.observed, out)


def shared(mine: Outlook, other: Outlook) -> float:
    """Which part of the other survey's answers falls to people of mine."""
    ours = {load.person for load in mine.loads}
    whole = sum(load.weekly for load in other.loads)
    return sum(load.weekly for load in other.loads if load.person in ours) / whole if whole else 0.0


def outlooks(surveys: Sequence[Survey], *, now: datetime) -> dict[int, Outlook]:
    """What is known of these surveys, in a handful of queries however many they are. Give them with their `people` read."""
    worked, taken = _worked(surveys, now=now)
    sent = _sent(surveys, now=now)
    everybody: dict[int, Employee] = {one.pk: one for survey in surveys for one in survey.people.all()}
    loads = {load.person: load for load in loads_of(everybody.values(), through=survey_accounts(), taken=taken)}
    return {
        survey.pk: Outlook(
            tuple(sent[survey.pk]),
            observe(sent[survey.pk], worked[survey.pk]),
            tuple(loads[one.pk] for one in survey.people.all() if one.is_active and one.answers and one.follow_ups_a_week),
        )
        for survey in surveys
    }


def _worked(surveys: Sequence[Survey], *, now: datetime) -> tuple[dict[int, list[float]], dict[int, tuple[datetime, ...]]]:
    """By survey, how many days ago each answer of an invitation made work; by person, what became theirs this week."""
    made_work = Response.objects.filter(survey__in=surveys, case__isnull=False, first_at__gt=now - timedelta(days=REMEMBERED))
    rows = made_work.order_by("first_at").values_list("survey", "owner", "first_at", "invitation")
    worked, taken = defaultdict[int, list[float]](list), defaultdict[int, list[datetime]](list)
    for survey, owner, at, invitation in rows:
        if invitation is not None:
            worked[survey].append((now - at) / A_DAY)
        if owner is not None and at > now - A_WEEK:
            taken[owner].append(at)
    return worked, {person: tuple(moments) for person, moments in taken.items()}


def _sent(surveys: Sequence[Survey], *, now: datetime) -> dict[int, list[Sent]]:
    """By survey, how many were asked how long ago; who was released and whose mail is on its way is asked just now."""
    spans = list(pairwise(SINCE))
    counts = [Count("pk", filter=Q(sent_at__lte=now - since * A_DAY, sent_at__gt=now - until * A_DAY)) for since, until in spans]
    asked = Invitation.objects.filter(survey__in=surveys, sent_at__gt=now - SINCE[-1] * A_DAY).order_by()
    named = {f"span_{number}": count for number, count in enumerate(counts)}
    found = defaultdict[int, list[Sent]](list)
    for survey, *rows in (
        asked.exclude(state=InvitationState.FAILED).values("survey").annotate(**named).values_list("survey", *named)
    ):
        found[survey] += [Sent((since + until) / 2, count) for (since, until), count in zip(spans, rows, strict=True) if count]
    under_way = Invitation.objects.filter(survey__in=surveys, state=InvitationState.RELEASED, next_try_at__isnull=False)
    for survey, count in under_way.order_by().values_list("survey").annotate(Count("pk")):
        found[survey].append(Sent(0.0, count))
    return found
