"""Nobody is asked whom we cannot answer: as many leave the line as there is room for, the rest waits in sight (R9)."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from django.db import transaction
from django.db.models import Count

from kept.due import ringing
from kept.lib.hours import BusinessHours, is_open, next_opening
from kept.surveys.choosing import choose
from kept.surveys.foreseeing import when_there_is_room
from kept.surveys.models import Invitation, InvitationState, Survey
from kept.surveys.planning import Outlook, Room, outlooks, room_in, shared
from kept.surveys.room import Sent
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

log = logging.getLogger(__name__)
A_WEEK: Final = timedelta(days=7)
LATELY: Final = timedelta(days=28)
WITHOUT_QUOTA: Final = 1_000_000


def release_what_fits(now: datetime) -> int:
    """Every open survey has asked as many as its people can answer; whoever waited for a week is not asked. Returns how many go.

    Only while the house is open: so that somebody is there when the first of them answers.
    """
    give_up_waiting(now)
    surveys = open_surveys()
    waiting = _with_a_line(surveys)
    if not waiting:
        return 0
    known, released = outlooks(surveys, now=now), 0
    for survey in surveys:
        if survey.pk not in waiting:
            continue
        try:
            count = _release(survey, known, rivals=waiting - {survey.pk}, now=now)
        except Exception:
            log.exception("Survey %s could not ask anybody; the others go on.", survey.pk)
            continue
        mine = known[survey.pk]
        known[survey.pk] = replace(mine, sent=(*mine.sent, Sent(0.0, count)))
        released += count
    return released


def open_surveys() -> list[Survey]:
    """Every survey that asks, in order, with all that its room is worked out from."""
    asking = Survey.objects.filter(opened_at__isnull=False, closed_at__isnull=True, account__closed_at__isnull=True)
    return list(asking.select_related("account__policy__calendar").prefetch_related("people").order_by("pk"))


def _with_a_line(surveys: Collection[Survey]) -> set[int]:
    """The keys of those for which somebody waits."""
    waiting = Invitation.objects.filter(survey__in=surveys, state=InvitationState.WAITING)
    return set(waiting.order_by().values_list("survey", flat=True).distinct())


def give_up_waiting(now: datetime) -> int:  # no event: the row itself says that they were not asked, and why
    """Whoever could not be asked within seven days is not asked. Returns how many."""
    too_late = Invitation.objects.filter(state=InvitationState.WAITING, expires_at__lte=now)
    return too_late.update(state=InvitationState.NOT_ASKED, why="too_late")


@transaction.atomic
def _release(survey: Survey, known: Mapping[int, Outlook], *, rivals: Collection[int], now: datetime) -> int:
    """As many as fit are on their way; why the rest waits, and how long about, stands on the rows. Returns how many."""
    hours = survey.account.policy.calendar.hours
    if not is_open(hours, now):
        return 0
    Survey.objects.select_for_update().get(pk=survey.pk)
    others = [outlook for key, outlook in known.items() if key != survey.pk]
    room = room_in(known[survey.pk], others, hours=hours, now=now)
    asked = asked_this_week([survey], now)[survey.pk] if survey.quota_a_week is not None else None
    left = _left(survey, asked)
    most = min(_part(room.allowed, known[survey.pk], [known[key] for key in rivals]), left)
    count = _set_going(survey, choose(survey, most, asked=asked, now=now) if most else [], now=now)
    if count:
        record(survey, Happened.RELEASED, at=now, survey=survey.name, count=count, places=room.places, out=round(room.out))
        ringing.wake(Invitation)
    _say_why(survey, why="no_room" if left > count else "quota")
    mine = replace(known[survey.pk], sent=(*known[survey.pk].sent, Sent(0.0, count)))
    goes_at = when_there_is_room(mine, others, hours=hours, now=now) if left > count else _quota_is_free_at(survey, now)
    Survey.objects.filter(pk=survey.pk).update(next_release_at=goes_at)
    return count


def _set_going(survey: Survey, chosen: Collection[int], *, now: datetime) -> int:  # no event: the caller records how many
    """Their mail is due, in the latest wording; whoever somebody else took out of the line meanwhile stays as they are."""
    if not chosen:
        return 0
    version = survey.versions.order_by("-number").first()
    still = Invitation.objects.filter(pk__in=chosen, state=InvitationState.WAITING)
    return still.update(state=InvitationState.RELEASED, why="", version=version, next_try_at=now)


def _part(allowed: int, mine: Outlook, rivals: Collection[Outlook]) -> int:
    """Surveys that share people share their room: each takes its part, and the next time a part of what the others left."""
    return ceil(allowed / (1 + sum(1 for other in rivals if shared(mine, other))))


def asked_this_week(surveys: Collection[Survey], now: datetime) -> dict[int, Counter[int | None]]:
    """By survey and touchpoint, how many were asked in the last seven days, or are about to be."""
    sent = Invitation.objects.filter(survey__in=surveys, sent_at__gt=now - A_WEEK).exclude(state=InvitationState.FAILED)
    released = Invitation.objects.filter(survey__in=surveys, state=InvitationState.RELEASED, next_try_at__isnull=False)
    asked = {survey.pk: Counter[int | None]() for survey in surveys}
    for rows in (sent, released):
        for survey, touchpoint, count in rows.order_by().values_list("survey", "touchpoint").annotate(Count("pk")):
            asked[survey][touchpoint] += count
    return asked


def _left(survey: Survey, asked: Counter[int | None] | None) -> int:
    """How many the quota of the week still allows."""
    if survey.quota_a_week is None or asked is None:
        return WITHOUT_QUOTA
    return max(survey.quota_a_week - asked.total(), 0)


def _say_why(survey: Survey, *, why: str) -> None:  # no event: the row itself says why it waits
    """Whoever is still in line knows why."""
    waiting = Invitation.objects.filter(survey=survey, state=InvitationState.WAITING)
    waiting.exclude(why=why).update(why=why)


def _quota_is_free_at(survey: Survey, now: datetime) -> datetime | None:
    """When the first of those who fill the quota was asked a week ago."""
    asked = Invitation.objects.filter(survey=survey, sent_at__gt=now - A_WEEK).exclude(state=InvitationState.FAILED)
    newest = asked.order_by("-sent_at").values_list("sent_at", flat=True)
    quota = survey.quota_a_week or 1
    last = next(iter(newest[quota - 1 : quota]), None)
    return last + A_WEEK if last is not None else None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a survey stands, for the desk."""

    waiting: int
    released_this_week: int
    not_asked: Mapping[str, int]
    """By reason, in the last four weeks."""
    free_places: int
    """How many follow-ups its people can still take on this week."""
    allowed: int
    """How many more may be asked just now."""
    why: str
    """Why those who wait do: no_people, shut, no_room, quota; empty when nobody waits, or they go at the next look."""
    goes_at: datetime | None
    """When the next of them is likely to be asked; None when nobody waits, or no room is in sight."""


def standing(survey: Survey, now: datetime) -> Standing:
    """How it stands just now; asks little, and nothing that grows with the years."""
    return standings([survey], now)[survey.pk]


def standings(surveys: Collection[Survey], now: datetime) -> dict[int, Standing]:
    """By the key of each of these surveys, how it stands; asks no more for ten of them than for one."""
    asking = open_surveys()
    known = outlooks([*asking, *(one for one in surveys if one not in asking)], now=now)
    asked, waiting, not_asked = asked_this_week(surveys, now), Counter[int](), defaultdict[int, dict[str, int]](dict)
    rows = Invitation.objects.filter(survey__in=surveys).order_by()
    waiting.update(dict(rows.filter(state=InvitationState.WAITING).values_list("survey").annotate(Count("pk"))))
    lately = rows.filter(state=InvitationState.NOT_ASKED, eligible_at__gt=now - LATELY)
    for key, why, count in lately.values_list("survey", "why").annotate(Count("pk")):
        not_asked[key][why] = count
    found = {}
    for survey in surveys:
        hours, left = survey.account.policy.calendar.hours, _left(survey, asked[survey.pk])
        others = [known[one.pk] for one in asking if one.pk != survey.pk]
        room = room_in(known[survey.pk], others, hours=hours, now=now)
        why = _why(room, left, has_people=bool(known[survey.pk].loads), is_shut=not is_open(hours, now))
        why, is_going = (why, survey.is_open) if waiting[survey.pk] else ("", False)
        found[survey.pk] = Standing(
            waiting=waiting[survey.pk],
            released_this_week=asked[survey.pk].total(),
            not_asked=not_asked[survey.pk],
            free_places=room.places,
            allowed=min(room.allowed, left),
            why=why,
            goes_at=_goes_at(survey, why, hours=hours, now=now) if is_going else None,
        )
    return found


def _why(room: Room, left: int, *, has_people: bool, is_shut: bool) -> str:
    if not has_people:
        return "no_people"
    if not left:
        return "quota"
    if not room.allowed:
        return "no_room"
    return "shut" if is_shut else ""


def _goes_at(survey: Survey, why: str, *, hours: BusinessHours, now: datetime) -> datetime | None:
    if why == "no_people":
        return None
    if why in {"no_room", "quota"}:
        seen = survey.next_release_at
        return next_opening(hours, max(seen, now)) if seen is not None else None
    return next_opening(hours, now)
