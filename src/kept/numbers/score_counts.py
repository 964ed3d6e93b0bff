"""How often each score was given: whole weeks from the rollup that surveys keep, the days at either end from the answers.

Ten million answers cost as little as ten; that the rollup equals the answers is held every night (surveys/recounting.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Sum, Value, When

from kept.accounts.policies import default_calendar
from kept.numbers.lens import Lens
from kept.surveys.counting import ALL
from kept.surveys.models import Response, ScoreCount

WEEK: Final = timedelta(weeks=1)
Counts = dict[tuple[str, bool], Counter[str]]
"""By measure, and whether in this time or the one before: how many gave which number."""


def counts_of(lens: Lens, answers: QuerySet[Response]) -> Counts:
    """The counts of these answers, of which `answers` is every one of both times. Two queries, however many there are."""
    zone = ZoneInfo(default_calendar().zone)
    found: Counts = defaultdict(Counter)
    edges, weeks = Q(pk__in=[]), Q(pk__in=[])
    part = _part(lens)
    for since, until in ((lens.before, lens.begins), (lens.begins, lens.ends)):
        first, last = (_mondays(since, until, zone)) if part is not None else (None, None)
        is_now = since == lens.begins
        end = Q(first_at__lte=until) if is_now else Q(first_at__lt=until)
        if first is None or last is None:
            edges |= Q(first_at__gte=since) & end
            continue
        weeks |= Q(week_on__gte=first, week_on__lt=last)
        edges |= Q(first_at__gte=since, first_at__lt=_moment(first, zone)) | (Q(first_at__gte=_moment(last, zone)) & end)
    for measure, score, is_now, people in _of_the_ends(answers.filter(edges), lens):
        found[measure, is_now][str(score)] += people
    if part is not None:
        for measure, week_on, score, people in _of_whole_weeks(ScoreCount.objects.filter(weeks, part)):
            found[measure, _moment(week_on, zone) >= lens.begins][str(score)] += people
    return found


def _part(lens: Lens) -> Q | None:
    """The rows of the rollup for what the lens looks at; None where it knows nothing of both at once."""
    if lens.places is not None and lens.team is not None:
        return None
    if lens.places is not None:
        return Q(dimension="place", value__in=[str(key) for key in lens.places])
    return Q(dimension="team", value=str(lens.team)) if lens.team is not None else Q(dimension=ALL, value="")


def _mondays(since: datetime, until: datetime, zone: ZoneInfo) -> tuple[date | None, date | None]:
    """Between which Mondays the whole weeks of that time lie, the later one not included; None where there is none."""
    first = since.astimezone(zone).date()
    first -= timedelta(days=first.weekday())
    if _moment(first, zone) < since:
        first += WEEK
    last = until.astimezone(zone).date()
    last -= timedelta(days=last.weekday())
    return (first, last) if first < last else (None, None)


def _moment(monday: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(monday, time(), zone)


def _of_the_ends(answers: QuerySet[Response], lens: Lens) -> Iterator[tuple[str, int, bool, int]]:
    is_now = Case(When(first_at__gte=lens.begins, then=Value(True)), default=Value(False), output_field=BooleanField())
    rows = answers.annotate(is_now=is_now).order_by().values_list("survey__measure", "score", "is_now")
    for measure, score, now, people in rows.annotate(people=Count("pk")):
        yield measure, score or 0, now, people


def _of_whole_weeks(rows: QuerySet[ScoreCount]) -> Iterator[tuple[str, date, int, int]]:
    standard = rows.filter(version__is_comparable=True, survey__measure__in=["nps", "csat", "ces"], count__gt=0)
    grouped = standard.order_by().values_list("survey__measure", "week_on", "score")
    yield from grouped.annotate(people=Sum("count"))
