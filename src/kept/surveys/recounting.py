"""Does the rollup say what a scan says? Asked in one statement, which is one moment in the database; what differs is set right.

Rebuilding is the same: an empty rollup differs in every row. Each night the last weeks are checked and a few older ones in turn,
so that the check does not grow with the years and yet comes round to every response.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from django.db import connection, transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from kept.people.models import Employee, Role
from kept.people.telling import tell
from kept.surveys.counting import Key, add_to_rollup, week_of
from kept.surveys.models import Response, ScoreCount, Survey
from kept.surveys.scanning import DIFFERENCES
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

WEEK: Final = timedelta(weeks=1)
LATELY: Final = 8
"""So many weeks back a response may still be changed; they are checked every night."""
ROUND: Final = 90
"""In so many nights each older week has its turn."""


class Difference(NamedTuple):
    """One row of the rollup, and how many people it lacks; fewer than none where it has too many."""

    key: Key
    lacks: int


def differences(survey: Survey, *, week_on: date) -> list[Difference]:
    """Where the rollup of that week is not what its responses say; empty if all is well."""
    with connection.cursor() as cursor:
        day = connection.ops.adapt_datefield_value(week_on)
        cursor.execute(DIFFERENCES[connection.vendor], {"survey": survey.pk, "week": day})
        return [Difference((survey.pk, row[0], week_on, *row[1:4]), int(row[4])) for row in cursor.fetchall()]


def recount(survey: Survey, *, now: datetime) -> int:
    """The rollup of this survey is what a scan of all its responses says. Returns how many of its rows were wrong."""
    wrong = sum(_set_right(survey, week_on=week_on) for week_on in _weeks(survey, now, from_scan=True))
    record(survey, Happened.RECOUNTED, at=now, name=survey.name, rows=wrong)
    return wrong


def check_the_counts(now: datetime) -> int:
    """Rollup and scan agree for the last weeks and for tonight's older ones; a difference is set right, and admins are told."""
    return sum(_check(survey, now) for survey in Survey.objects.filter(opened_at__isnull=False).order_by("pk"))


def _check(survey: Survey, now: datetime) -> int:
    wrong = sum(_set_right(survey, week_on=week_on) for week_on in weeks_of_tonight(_weeks(survey, now), now))
    if wrong:
        _tell_admins(survey, wrong, now)
    return wrong


def the_rollup_is_what_the_answers_say(now: datetime) -> Iterator[str]:
    """I17: this week and the last, the figures of a survey are those of its answers."""
    for survey in Survey.objects.filter(opened_at__isnull=False).order_by("pk"):
        wrong = [one for week in (week_of(now) - WEEK, week_of(now)) for one in differences(survey, week_on=week)]
        if wrong:
            yield f"{len(wrong)} figures of the survey {survey.name} differ from its answers; run ./kept django recount"


def weeks_of_tonight(weeks: list[date], now: datetime) -> list[date]:
    """The last ones, and of the older ones those whose turn it is: each has one within ROUND nights."""
    older, lately = weeks[:-LATELY], weeks[-LATELY:]
    return [week for place, week in enumerate(older) if place % ROUND == now.toordinal() % ROUND] + lately


def _weeks(survey: Survey, now: datetime, *, from_scan: bool = False) -> list[date]:
    counted = ScoreCount.objects.filter(survey=survey, dimension="")
    given = Response.objects.filter(survey=survey, score__isnull=False) if from_scan else counted
    known = [given.aggregate(first=Min("week_on"))["first"], counted.aggregate(first=Min("week_on"))["first"]]
    first = min([week for week in known if week is not None], default=week_of(survey.made_at))
    return list(_every_week(min(first, week_of(survey.made_at)), week_of(now)))


def _every_week(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += WEEK


@transaction.atomic
def _set_right(survey: Survey, *, week_on: date) -> int:  # no event: the caller records how many rows were wrong
    """That week's rollup agrees. What came in meanwhile is counted too: a row gets what it lacked, not a value."""
    found = differences(survey, week_on=week_on)
    for key, lacks in sorted(found):
        add_to_rollup(key, lacks)
    return len(found)


@transaction.atomic
def _tell_admins(survey: Survey, wrong: int, now: datetime) -> None:
    told = {"name": survey.name, "rows": wrong}
    says = _("The figures of %(name)s differed from its answers in %(rows)d places. They are counted anew and right now.") % told
    for admin in Employee.objects.filter(role=Role.ADMIN, is_active=True):
        tell(admin, says, about=f"survey:{survey.pk}", kind="recounted", at=now)
    record(survey, Happened.RECOUNTED, at=now, name=survey.name, rows=wrong)
