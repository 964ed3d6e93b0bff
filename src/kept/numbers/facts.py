"""What happened in the time of a lens and as much before it, each kind read once, by an index of its own time.

The populations are these: every figure is made of one of them, so that two figures about the same thing count the same people.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from django.db.models import DateTimeField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from kept.cases.models import Case, Message, MessageKind
from kept.cases.page_reads import SAME_SITTING, PageRead
from kept.numbers.lens import Lens
from kept.numbers.models import CustomerMonth
from kept.numbers.rows import Answer, Given, Month, Noticed, Scored
from kept.numbers.rows import OneCase as OneCase
from kept.numbers.rows import OneRead as OneRead
from kept.numbers.rows import Word as Word
from kept.numbers.score_counts import Counts, counts_of
from kept.observations.models import Observation
from kept.outcomes.models import Verdict
from kept.people.models import House
from kept.people.presence import house
from kept.promises.models import Promise
from kept.recognition.models import Recognition
from kept.surveys.models import Response

ANSWERS: Final = (MessageKind.ANSWER, MessageKind.ASKS_BACK)


class Facts:
    """All of it, read when first asked for. At most one query for each kind, whatever is worked out of it."""

    def __init__(self, lens: Lens) -> None:
        self.lens = lens

    @cached_property
    def house(self) -> House:
        """What the house believes of itself."""
        return house()

    @cached_property
    def begun(self) -> list[OneCase]:
        """Matters that began in this time: not those set aside, nor those joined into another, which is counted itself."""
        return [OneCase._make(row) for row in self._cases(opened_at__gte=self.lens.before, opened_at__lte=self.lens.ends)]

    @cached_property
    def ended(self) -> list[OneCase]:
        """Matters that ended in this time. A reopened one has not, until it ends again; mere praise is no ending."""
        found = self._cases(ended_at__gte=self.lens.before, ended_at__lte=self.lens.ends)
        return [OneCase._make(row) for row in found.exclude(outcome="").exclude(outcome_reason="passed_on")]

    def _cases(self, **when: datetime) -> QuerySet[Case, Any]:
        theirs = Message.objects.filter(case=OuterRef("pk"), is_theirs=True).order_by("id").values("at")[:1]
        found = Case.objects.filter(self._part_of_cases(""), set_aside_at__isnull=True, joined_into__isnull=True, **when)
        return found.order_by().values_list(
            "pk",
            "customer",
            "opened_at",
            "ended_at",
            "outcome",
            "outcome_reason",
            "media",
            "repeats",
            "follows",
            Subquery(theirs),
            "first_answered_at",
            "silent_since",
            "policy__calendar",
            "reach",
        )

    @cached_property
    def words(self) -> list[Word]:
        """Everything they said in this time, on whatever matter that is not set aside."""
        broken = Promise.objects.filter(case=OuterRef("case"), broken_at__lte=OuterRef("at"), taken_back_at__isnull=True)
        late = Exists(broken.filter(Q(kept_at__isnull=True) | Q(kept_at__gt=OuterRef("at"))))
        found = Message.objects.filter(
            self._part_of_cases("case__"),
            is_theirs=True,
            at__gte=self.lens.before,
            at__lte=self.lens.ends,
            case__set_aside_at__isnull=True,
        ).annotate(late=late)
        rows = found.order_by("id").values_list(
            *(
                "pk",
                "case",
                "at",
                "medium",
                "customer",
                "rested_at",
                "settled",
                "case__repeats",
                "case__first_answered_at",
                "case__policy__calendar",
                "late",
            )
        )
        return [
            Word(key, case, at, medium, customer, rested_at is not None, settled, repeats, first, calendar, broken)
            for key, case, at, medium, customer, rested_at, settled, repeats, first, calendar, broken in rows
        ]

    @cached_property
    def answers(self) -> dict[int, list[Answer]]:
        """Our answers that reached them in this time or later, by case, in the order in which they did."""
        found = Message.objects.filter(
            is_theirs=False,
            kind__in=ANSWERS,
            delivered_at__gte=self.lens.before,
            failed_at__isnull=True,
            answers_up_to__isnull=False,
        )
        by_case: dict[int, list[Answer]] = defaultdict(list)
        rows = found.order_by("delivered_at", "id").values_list("case", "answers_up_to", "delivered_at", "medium")
        for case, up_to, delivered_at, medium in rows:
            if up_to is not None and delivered_at is not None:
                by_case[case].append(Answer(case, up_to, delivered_at, medium))
        return by_case

    @cached_property
    def given(self) -> list[Given]:
        """Promises that fell due in this time: not those still held, taken back, or agreed anew before their hour."""
        found = Promise.objects.binding().filter(
            self._part_of_cases("case__"),
            due_at__gte=self.lens.before,
            due_at__lte=self.lens.ends,
            renegotiated_at__isnull=True,
            case__set_aside_at__isnull=True,
        )
        rows = found.order_by().values_list(
            *("pk", "case", "case__customer", "due_at", "kept_at", "broken_at", "standing", "standing__within_minutes")
        )
        return [
            Given(key, case, customer, due_at, kept_at, broken_at, standing, standing is None or within is not None)
            for key, case, customer, due_at, kept_at, broken_at, standing, within in rows
            if due_at is not None
        ]

    @cached_property
    def reads(self) -> list[OneRead]:
        """When customers read their own page, oldest first; not the visit in which they said how it ended."""
        until = ExpressionWrapper(OuterRef("at") + SAME_SITTING, output_field=DateTimeField())
        said_then = Verdict.objects.filter(case=OuterRef("case"), said_at__gte=OuterRef("at"), said_at__lte=until)
        found = PageRead.objects.filter(
            self._part_of_cases("case__"),
            at__gte=self.lens.before,
            at__lte=self.lens.ends,
            case__set_aside_at__isnull=True,
        ).exclude(Exists(said_then))
        rows = found.order_by("at", "id").values_list("case", "case__customer", "at", "is_enough")
        return [OneRead._make(row) for row in rows]

    @cached_property
    def score_counts(self) -> Counts:
        """How often each score was given in this time and the one before, without reading each answer."""
        return counts_of(self.lens, self._scored) if self.lens.medium in ("", "survey") else {}

    @cached_property
    def scored(self) -> list[Scored]:
        """Scores given in this time in standard words; not those asked again after their matter: chance did not choose them."""
        if self.lens.medium not in ("", "survey"):
            return []
        rows = self._scored.order_by().values_list("pk", "survey__measure", "score", "first_at", "customer")
        return [Scored(key, measure, score or 0, at, customer) for key, measure, score, at, customer in rows]

    @property
    def _scored(self) -> QuerySet[Response]:
        return Response.objects.filter(
            self._part_of("place", "team"),
            first_at__gte=self.lens.before,
            first_at__lte=self.lens.ends,
            score__isnull=False,
            after_case__isnull=True,
            version__is_comparable=True,
            survey__measure__in=["nps", "csat", "ces"],
        )

    @cached_property
    def praise(self) -> list[Noticed]:
        """Good words said in this time; what a person found to be none is none."""
        medium = Q(medium=self.lens.medium) if self.lens.medium else Q()
        found = Recognition.objects.filter(
            self._part_of("place", "employee__team") & medium, said_at__gte=self.lens.before, said_at__lte=self.lens.ends
        ).exclude(state="not_praise")
        return [Noticed._make(row) for row in found.order_by().values_list("pk", "said_at", "state", "customer")]

    @cached_property
    def seen(self) -> list[Noticed]:
        """Small things seen in this time."""
        if self.lens.medium:
            return []
        found = Observation.objects.filter(
            self._part_of("place", "owner__team"), seen_at__gte=self.lens.before, seen_at__lte=self.lens.ends
        )
        return [Noticed._make(row) for row in found.order_by().values_list("pk", "seen_at", "state", "customer")]

    @cached_property
    def months(self) -> list[Month]:
        """What was imported for the months that begin in this time or the one before. Known of the whole house only."""
        if self.lens.is_narrowed:
            return []
        first, last = self.lens.before.date().replace(day=1), self.lens.ends.date()
        found = CustomerMonth.objects.filter(month_on__gte=first, month_on__lte=last)
        rows = found.order_by().values_list("pk", "customer", "month_on", "value", "currency", "is_active")
        return [Month._make(row) for row in rows]

    def _part_of_cases(self, prefix: str) -> Q:
        first_medium = Q()
        if self.lens.medium:
            media, medium = f"{prefix}media", self.lens.medium
            first_medium = Q(**{media: medium}) | Q(**{f"{media}__startswith": f"{medium} "})
        return self._part_of(f"{prefix}place", f"{prefix}owner__team") & first_medium

    def _part_of(self, place: str, team: str) -> Q:
        only = Q()
        if self.lens.places is not None:
            only &= Q(**{f"{place}__in": self.lens.places})
        return only & Q(**{team: self.lens.team}) if self.lens.team is not None else only
