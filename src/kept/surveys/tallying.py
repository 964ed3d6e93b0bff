"""What became of everybody who could be asked, counted week by week: a page may not count a million invitations each time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count

from kept.accounts.policies import default_calendar
from kept.surveys.counting import week_of
from kept.surveys.models import AskedCount, Invitation, Survey

WEEK: Final = timedelta(weeks=1)
LATELY, LONG_AGO = 3, 26
"""Weeks back: counted every few minutes, for those who wait seven days and then answer; every night, for late answers."""


def count_who_was_asked(now: datetime) -> None:
    """The counts of the last weeks are right as of now."""
    for survey in Survey.objects.filter(opened_at__isnull=False).order_by("pk"):
        _count(survey, weeks=LATELY, now=now)


def count_who_answered_late(now: datetime) -> None:
    """The counts of half a year are right as of now."""
    for survey in Survey.objects.filter(opened_at__isnull=False).order_by("pk"):
        _count(survey, weeks=LONG_AGO, now=now)


def _count(survey: Survey, *, weeks: int, now: datetime) -> None:
    for back in range(weeks):
        tally(survey, week_on=week_of(now) - back * WEEK)


@transaction.atomic
def tally(survey: Survey, *, week_on: date) -> None:  # no event: derived from invitations that have theirs
    """AskedCount says of that week what its invitations say."""
    since, until = _moment(week_on), _moment(week_on + WEEK)
    became = Invitation.objects.filter(survey=survey, eligible_at__gte=since, eligible_at__lt=until)
    counted = {(state, why): n for state, why, n in became.values_list("state", "why").annotate(n=Count("pk")).order_by()}
    kept = AskedCount.objects.filter(survey=survey, week_on=week_on)
    if counted == {(state, why): n for state, why, n in kept.values_list("state", "why", "count")}:
        return
    kept.delete()
    rows = [AskedCount(survey=survey, week_on=week_on, state=state, why=why, count=n) for (state, why), n in counted.items()]
    AskedCount.objects.bulk_create(rows)


def _moment(day: date) -> datetime:
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(default_calendar().zone))
    return midnight.astimezone(UTC)
