"""The people behind a number, and who may read what they wrote. Found by week: as fast among ten million."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet, Sum

from kept.people.models import Employee
from kept.surveys.counting import AGAIN, ALL, FACT
from kept.surveys.models import Response, ScoreCount, Survey
from kept.surveys.summing import Part, Stretch, Worded

FOR_ALL_OF_US: Final = {"name", "anon"}
SHOWN: Final = 20
OF_MANY_VALUES: Final = {"product", "touchpoint"}
"""A house may have thousands of these, most of them seldom; each has an index."""
RARE: Final = 500


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the page before ended: the next one begins after it."""

    week_on: date
    pk: int

    def __str__(self) -> str:
        return f"{self.week_on}_{self.pk}"

    @classmethod
    def read(cls, written: str) -> Spot:
        """The spot as it was written. Raises ValueError for what is none."""
        week_on, _dash, pk = written.partition("_")
        return cls(date.fromisoformat(week_on), int(pk))


def people_behind(
    survey: Survey, worded: Worded, part: Part, weeks: Stretch, *, score: int | None, after: Spot | None = None, most: int = SHOWN
) -> list[Response]:
    """At most `most` of those whom the same histogram counts, the newest first, after the place where the page before ended."""
    if after is not None:
        weeks = Stretch(weeks.first, min(weeks.last, after.week_on))
    first = _first_week_needed(_counts(survey, worded, part, weeks, score), after, most)
    if first is None:
        return []
    needed = Stretch(first, weeks.last)
    if part.dimension in OF_MANY_VALUES and _is_rare(survey, part, needed):
        found = Response.objects.filter(pk__in=_picked(survey, worded, part, needed, score))
    else:
        found = _those_in(survey, worded, part, score).filter(needed.is_in)
    if after is not None:
        found = found.filter(Q(week_on__lt=after.week_on) | Q(pk__lt=after.pk))
    # Not joined to the version: a database that began with it would read a whole week and sort it. Its rows are here already.
    rows = list(found.select_related("customer", "owner", "case__owner", "touchpoint").order_by("-week_on", "-pk")[:most])
    versions = {one.pk: one for one in worded.versions}
    for row in rows:
        row.version = versions[row.version_id]
    return rows


def _is_rare(survey: Survey, part: Part, weeks: Stretch) -> bool:
    counts = ScoreCount.objects.filter(weeks.is_in, survey=survey, dimension=part.dimension, value=part.value)
    return (counts.aggregate(people=Sum("count"))["people"] or 0) <= RARE


def _picked(survey: Survey, worded: Worded, part: Part, weeks: Stretch, score: int | None) -> list[int]:
    """Found by the index of the part itself, and judged here: a database that looked by score would read everybody's."""
    rows = Response.objects.filter(weeks.is_in, survey=survey, **{part.dimension: part.value})
    versions = {one.pk for one in worded.versions}
    return [
        pk
        for pk, given, version, after_case in rows.values_list("pk", "score", "version", "after_case")
        if given is not None and score in (None, given) and version in versions and after_case is None
    ]


def _counts(survey: Survey, worded: Worded, part: Part, weeks: Stretch, score: int | None) -> QuerySet[ScoreCount]:
    counts = ScoreCount.objects.filter(
        weeks.is_in,
        survey=survey,
        dimension=part.dimension,
        value=part.value,
        version__in=[one.pk for one in worded.versions],
        count__gt=0,
    )
    return counts if score is None else counts.filter(score=score)


def _first_week_needed(counts: QuerySet[ScoreCount], after: Spot | None, most: int) -> date | None:
    """So far back enough of them answered; without it a rare answer would be looked for among all others of all years."""
    found, first = 0, None
    for week_on, people in counts.values_list("week_on").annotate(people=Sum("count")).order_by("-week_on"):
        first = week_on
        found += people if after is None or week_on < after.week_on else 0
        if found >= most:
            break
    return first


def _those_in(survey: Survey, worded: Worded, part: Part, score: int | None) -> QuerySet[Response]:
    scores = {"score__isnull": False} if score is None else {"score": score}
    found = Response.objects.filter(survey=survey, version__in=[one.pk for one in worded.versions], **scores)
    return found.filter(_is_part(part))


def _is_part(part: Part) -> Q:
    if part.dimension == AGAIN:
        return Q(after_case__isnull=False)
    drawn = Q(after_case__isnull=True)
    if part.dimension == ALL:
        return drawn
    if part.dimension.startswith(FACT):
        return drawn & Q(**{f"facts__{part.dimension.removeprefix(FACT)}": part.value})
    return drawn & Q(**{part.dimension: part.value})


def looks_after(response: Response, employee: Employee) -> bool:
    """It is theirs, or their people's, or they lead others."""
    owners = [one for one in (response.owner, response.case.owner if response.case is not None else None) if one is not None]
    return employee.leads_others or any(employee.pk in (one.pk, one.manager_id) for one in owners)


def may_read(response: Response, employee: Employee | None) -> bool:
    """Their words are for everybody here, or for this one. Whoever left it open meant only who looks after it."""
    return response.consent in FOR_ALL_OF_US or (employee is not None and looks_after(response, employee))


def may_know_who(response: Response, employee: Employee | None) -> bool:
    """They said their name may be shown, or this one looks after it."""
    return response.consent == "name" or (employee is not None and looks_after(response, employee))
