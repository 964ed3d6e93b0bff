"""What the rollup says of a stretch of weeks: histograms by week, by value of a dimension, by wording. Never a scan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import Count, Manager, OuterRef, Q, QuerySet, Subquery, Sum

from kept.people.models import Team
from kept.places.models import Place, Touchpoint
from kept.surveys.counting import AGAIN, ALL, FACT, week_of
from kept.surveys.models import AskedCount, InvitationState, Response, ScoreCount, Survey, SurveyVersion

WEEK: Final = timedelta(weeks=1)
MOST_VALUES: Final = 50
SMALLEST_TEAM: Final = 5
"""A score of fewer would be an average of persons (R15)."""
NAMED: Final[dict[str, Manager[Touchpoint] | Manager[Place] | Manager[Team]]] = {
    "touchpoint": Touchpoint.objects,
    "place": Place.objects,
    "team": Team.objects,
}
_COUNTS: Final = ScoreCount._meta.db_table
_DIMENSIONS: Final = f"""WITH RECURSIVE known(name) AS (
 SELECT MIN("dimension") FROM "{_COUNTS}" WHERE "survey_id" = %s
 UNION ALL
 SELECT (SELECT MIN("dimension") FROM "{_COUNTS}" WHERE "survey_id" = %s AND "dimension" > known.name) FROM known
 WHERE known.name IS NOT NULL
) SELECT name FROM known WHERE name IS NOT NULL"""  # noqa: S608 - names of our own only


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one Monday to another, both weeks included; `first` None: from the beginning."""

    first: date | None
    last: date

    @property
    def before(self) -> Stretch | None:
        """As many weeks, just before it."""
        if self.first is None:
            return None
        return Stretch(self.first - (self.last - self.first) - WEEK, self.first - WEEK)

    @property
    def is_in(self) -> Q:
        """Rows of these weeks."""
        return Q(week_on__lte=self.last) & (Q(week_on__gte=self.first) if self.first else Q())


def lately(weeks: int | None, *, now: datetime) -> Stretch:
    """This week and those before it, so many in all; None: from the beginning."""
    last = week_of(now)
    return Stretch(last - (weeks - 1) * WEEK if weeks else None, last)


@dataclass(frozen=True, slots=True)
class Part:
    """Everybody, or those with one value of one dimension."""

    dimension: str = ALL
    value: str = ""


@dataclass(frozen=True, slots=True)
class Worded:
    """The wordings that may be added up: all standard ones together, any other by itself."""

    versions: tuple[SurveyVersion, ...]

    @property
    def latest(self) -> SurveyVersion:
        """The newest of them."""
        return self.versions[-1]

    @property
    def is_standard(self) -> bool:
        """Asked in the words that figures elsewhere were asked in."""
        return self.latest.is_comparable


def wordings_of(survey: Survey) -> list[Worded]:
    """Every way the question was asked, the newest first."""
    versions = list(survey.versions.order_by("number"))
    standard = tuple(one for one in versions if one.is_comparable)
    groups = [Worded((one,)) for one in versions if not one.is_comparable] + ([Worded(standard)] if standard else [])
    return sorted(groups, key=lambda group: -group.latest.number)


def by_week(survey: Survey, worded: Worded, part: Part, weeks: Stretch) -> dict[date, dict[int, int]]:
    """How many gave which number, week for week, the oldest first; weeks without an answer are left out."""
    found: dict[date, dict[int, int]] = {}
    rows = _counts(survey, worded, part.dimension, weeks).filter(value=part.value).values_list("week_on", "score")
    for week_on, score, people in rows.annotate(people=Sum("count")).order_by("week_on", "score"):
        found.setdefault(week_on, {})[score] = people
    return found


def by_value(survey: Survey, worded: Worded, dimension: str, weeks: Stretch) -> dict[str, dict[int, int]]:
    """The same for each value of the dimension, at most MOST_VALUES with the most people."""
    counts = _counts(survey, worded, dimension, weeks)
    most = counts.values_list("value").annotate(people=Sum("count")).order_by("-people", "value")
    found: dict[str, dict[int, int]] = {value: {} for value, _people in most[:MOST_VALUES]}
    rows = counts.filter(value__in=list(found)).values_list("value", "score").annotate(people=Sum("count"))
    for value, score, people in rows.order_by("value", "score"):
        found[value][score] = people
    return found


def _counts(survey: Survey, worded: Worded, dimension: str, weeks: Stretch) -> QuerySet[ScoreCount]:
    return ScoreCount.objects.filter(
        weeks.is_in, survey=survey, dimension=dimension, version__in=[one.pk for one in worded.versions], count__gt=0
    )


def dimensions_known(survey: Survey) -> list[str]:
    """By what its answers can be told apart; found by hopping along the index, however many rows there are."""
    with connection.cursor() as cursor:
        cursor.execute(_DIMENSIONS, [survey.pk, survey.pk])
        known = [name for (name,) in cursor.fetchall() if name not in (ALL, AGAIN)]
    return sorted(known, key=lambda name: ([*NAMED, name].index(name), name.startswith(FACT), name))


def names_of(dimension: str, values: Iterable[str]) -> dict[str, str]:
    """What people call these values: the names of places, touchpoints and teams; others stand for themselves."""
    wanted = list(values)
    rows = NAMED.get(dimension)
    if rows is None:
        return {value: value for value in wanted}
    known = {str(row.pk): str(row) for row in rows.filter(pk__in=[int(value) for value in wanted if value.isdigit()])}
    return {value: known.get(value, value) for value in wanted}


def small_teams(values: Sequence[str]) -> set[str]:
    """Those of these teams that are so small that a score would be one of persons."""
    teams = Team.objects.filter(pk__in=[int(value) for value in values if value.isdigit()])
    sized = teams.annotate(people=Count("members", filter=Q(members__is_active=True)))
    return {str(team.pk) for team in sized if team.people < SMALLEST_TEAM}


def fact_of(dimension: str) -> str:
    """The name of the customer fact that this dimension is about; empty for another."""
    return dimension.removeprefix(FACT) if dimension.startswith(FACT) else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of everybody who could have been asked in those weeks."""

    answered: int
    silent: int
    waiting: int
    failed: int
    not_asked: dict[str, int]
    """Why -> how many."""

    @property
    def asked(self) -> int:
        """Whoever got the question."""
        return self.answered + self.silent

    @property
    def left_out(self) -> int:
        """Whoever was not asked."""
        return sum(self.not_asked.values())


def who_was_asked(survey: Survey, weeks: Stretch) -> Asked:
    """From the counts of each week; at most some minutes old."""
    rows = AskedCount.objects.filter(weeks.is_in, survey=survey).values_list("state", "why")
    found = {(state, why): people for state, why, people in rows.annotate(people=Sum("count")).order_by("state", "why")}
    states = {state: sum(n for (one, _why), n in found.items() if one == state) for state in InvitationState.values}
    return Asked(
        answered=states[InvitationState.ANSWERED],
        silent=states[InvitationState.SENT],
        waiting=states[InvitationState.WAITING] + states[InvitationState.RELEASED],
        failed=states[InvitationState.FAILED],
        not_asked={why: people for (state, why), people in found.items() if state == InvitationState.NOT_ASKED},
    )


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """Whoever was asked again after their matter had ended: is the number higher than the one it began with?"""

    better: int
    same: int
    worse: int


def asked_again(survey: Survey, weeks: Stretch) -> AskedAgain:
    """Each of them beside their own first number."""
    first = Response.objects.filter(case=OuterRef("after_case"), score__isnull=False).order_by("id").values("score")[:1]
    again = Response.objects.filter(weeks.is_in, survey=survey, after_case__isnull=False, score__isnull=False)
    pairs = list(again.annotate(first=Subquery(first)).values_list("first", "score").order_by("-week_on", "-id")[:1000])
    steps = [now - before for before, now in pairs if before is not None]
    return AskedAgain(sum(s > 0 for s in steps), sum(s == 0 for s in steps), sum(s < 0 for s in steps))
