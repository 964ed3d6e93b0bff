"""What customers said this month where somebody plays a part: as far as this reader may read it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left

from kept.cases.models import Case, Message
from kept.people.models import Employee
from kept.places.models import Touchpoint
from kept.recognition.wall import Month
from kept.surveys.behind import FOR_ALL_OF_US
from kept.surveys.models import Response, Survey
from kept.web.desk.voices import Voice, voice_of

MOST = 10
FIRST_WORDS = 300


def shaped_by(employee: Employee) -> QuerySet[Touchpoint]:
    """The touchpoints of their place, and those they lead."""
    theirs = Q(manager=employee) | (Q(place=employee.place_id) if employee.place_id else Q(pk__isnull=True))
    return Touchpoint.objects.filter(theirs).select_related("place", "manager").order_by("name", "pk")


def voices_at(points: Collection[Touchpoint], reader: Employee, *, month: Month, only_shared: bool = False) -> list[Voice]:
    """Answers with words from there, the newest first; `only_shared`: those whose writer let all of us read them."""
    rows = Response.objects.filter(
        survey__in=Survey.objects.values("pk"), touchpoint__in=points, week_on__gte=_week_of(month.begins.date()),
        first_at__gte=month.begins, first_at__lt=month.ends,
    ).exclude(words="")  # fmt: skip
    if only_shared:
        rows = rows.filter(consent__in=FOR_ALL_OF_US)
    related = ("customer", "owner", "case__owner", "touchpoint", "version__survey")
    found = [voice_of(row, reader) for row in rows.select_related(*related).order_by("-week_on", "-pk")[: 2 * MOST]]
    return [voice for voice in found if voice.words][:MOST]


def _week_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def matters_at(points: Collection[Touchpoint], reader: Employee, *, month: Month) -> list[Case]:
    """What was written to us from there, for whoever answers customers or leads; each with its first `words`."""
    if not points or not (reader.answers or reader.leads_others):
        return []
    first = Message.objects.filter(case=OuterRef("pk"), is_theirs=True).order_by("id")
    cases = Case.objects.visible_to(reader).filter(
        touchpoint__in=points, opened_at__gte=month.begins, opened_at__lt=month.ends,
        joined_into__isnull=True, set_aside_at__isnull=True,
    )  # fmt: skip
    words = Subquery(first.annotate(begin=Left("text", FIRST_WORDS)).values("begin")[:1])
    return list(cases.select_related("customer", "touchpoint").annotate(words=words).order_by("-opened_at", "-id")[:MOST])
