"""The promise ledger: what, to whom, by whom, by when, said in which words (R7)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kept.cases.models import Case, Message
from kept.lib.ids import new_id
from kept.lib.rows import Row
from kept.people.models import Employee
from kept.places.models import Place


class PromiseKind(models.TextChoices):
    """firm; conditional on the customer; or an expectation of ours."""

    FIRM = "firm"
    CONDITIONAL = "conditional"
    EXPECTATION = "expectation"


class PromiseQuerySet(models.QuerySet["Promise"]):
    """Questions about many promises."""

    def binding(self) -> PromiseQuerySet:
        """Said for good: not held, not taken back."""
        return self.filter(is_held=False, taken_back_at__isnull=True)

    def open(self) -> PromiseQuerySet:
        """Binding and neither kept, broken nor renegotiated."""
        return self.binding().filter(is_open=True)

    def owed(self) -> PromiseQuerySet:
        """Open and with an hour, past ones included: until it is kept we may not ask whether all is well."""
        return self.open().filter(due_at__isnull=False)


class SaidWhere(models.TextChoices):
    """What everybody was promised stands there."""

    ADVERT = "advert", _("an advert")
    GUARANTEE = "guarantee", _("a guarantee")
    MAP = "map", _("a map of the way")
    OTHER = "other", _("somewhere else")


class StandingPromiseQuerySet(models.QuerySet["StandingPromise"]):
    """Questions about standing promises."""

    def standing(self, day: date) -> StandingPromiseQuerySet:
        """Those that hold on that day."""
        return self.filter(since_on__lte=day).exclude(until_on__lt=day)


class StandingPromise(models.Model):
    """A word given to everybody: an advert, a guarantee, a map. What becomes of it on a case stands in the ledger (Promise)."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    says = models.CharField(max_length=300)
    """As everybody could read or hear it."""
    said_in = models.CharField(max_length=10, choices=SaidWhere.choices, default=SaidWhere.ADVERT)
    where = models.CharField(max_length=200, blank=True)
    """Where exactly: the menu, page 2; the name of the map."""
    within_minutes = models.PositiveIntegerField(null=True, blank=True)
    """By the clock, from their first word on a matter; NULL: it names no hour, and only a person can say what became of it."""
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """NULL: everywhere."""
    kind = models.CharField(max_length=12, blank=True)
    """The kind of matter it is about; empty: every kind."""
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    """The last day on which it holds for new matters; NULL: until somebody ends it."""
    began_with = models.CharField(max_length=60, blank=True)
    """The story that began it, as "story:3"."""

    objects: ClassVar[models.Manager[StandingPromise]] = StandingPromiseQuerySet.as_manager()

    def __str__(self) -> str:
        return self.says

    @property
    def about(self) -> str:
        """Its name on the timeline."""
        return f"standing:{self.pk}"

    @property
    def within(self) -> timedelta | None:
        """The time it names."""
        return timedelta(minutes=self.within_minutes) if self.within_minutes else None


class Promise(Row):
    """One word given to one customer. It is kept, broken or renegotiated; it never vanishes."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="promises")
    what = models.CharField(max_length=300)
    quote = models.TextField(blank=True)
    """The customer was told so in these words."""
    kind = models.CharField(max_length=12, choices=PromiseKind.choices, default=PromiseKind.FIRM)
    is_next_word = models.BooleanField(default=False)
    """The hour of the next word, as the acknowledgement or a sign of life names it."""
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="promises")
    due_at = models.DateTimeField(null=True, blank=True)
    """NULL only for a conditional one that still waits for the customer."""
    said_in = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="promises", db_constraint=False)
    made_at = models.DateTimeField()
    is_held = models.BooleanField(default=False)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    is_open = models.BooleanField(default=True)
    kept_at = models.DateTimeField(null=True, blank=True)
    broken_at = models.DateTimeField(null=True, blank=True)
    renegotiated_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaces")
    standing = models.ForeignKey(StandingPromise, null=True, on_delete=models.PROTECT, related_name="promises")
    """The word to everybody that this one is of; NULL: given to this customer alone."""
    rung_due_at = models.DateTimeField(null=True, blank=True)
    rung_level = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager[Promise]] = PromiseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="promise_due", condition=Q(is_open=True, broken_at__isnull=True)),
            models.Index(fields=["broken_at", "id"], name="promise_broken", condition=Q(is_open=True, broken_at__isnull=False)),
            models.Index(fields=["by", "due_at", "id"], name="promise_mine", condition=Q(is_open=True)),
            models.Index(fields=["rung_due_at", "id"], name="promise_rung", condition=Q(rung_due_at__isnull=False)),
            models.Index(fields=["case", "id"], name="promise_case"),
            models.Index(fields=["made_at", "id"], name="promise_made"),
            models.Index(fields=["due_at"], name="promise_fell_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["standing", "-due_at", "-id"], name="promise_of_all", condition=Q(standing__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def state(self) -> str:
        """held, taken_back, open, kept, kept_late, broken, renegotiated."""
        if self.taken_back_at:
            return "taken_back"
        if self.is_held:
            return "held"
        if self.kept_at:
            return "kept_late" if self.broken_at else "kept"
        if self.renegotiated_at:
            return "renegotiated"
        return "broken" if self.broken_at else "open"

    @property
    def names_hour(self) -> bool:
        """Somebody was told an hour. A word to everybody without one falls due only in our ledger, when it was judged."""
        return self.due_at is not None and (self.standing is None or self.standing.within_minutes is not None)

    def is_past(self, now: datetime) -> bool:
        """Its hour is gone and it is not kept."""
        return self.due_at is not None and self.due_at <= now and self.kept_at is None
