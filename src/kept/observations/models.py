"""A small thing somebody saw at a touchpoint: the fingerprint on the monitor. Looked after like a customer's word."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kept.cases.models import Case
from kept.lib.ids import new_id
from kept.lib.rows import Row
from kept.people.models import Customer, Employee
from kept.places.models import Place, Touchpoint


class ObservationState(models.TextChoices):
    """open until somebody did something about it, or said why not."""

    OPEN = "open", _("open")
    DONE = "done", _("done")
    LEFT = "left", _("left as it is")


class ObservationQuerySet(models.QuerySet["Observation"]):
    """Questions about many small things."""

    def visible_to(self, employee: Employee) -> ObservationQuerySet:
        """Everybody who works here may see what was noticed."""
        return self if employee.is_active else self.none()

    def open(self) -> ObservationQuerySet:
        """Nobody has done anything about it yet."""
        return self.filter(state=ObservationState.OPEN)


class Observation(Row):
    """What was seen, where, by whom; who sees to it, by when; what became of it, told to whoever saw it."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    says = models.TextField()
    photo = models.CharField(max_length=64, blank=True)
    """sha256 in files/ of a picture that was cleaned of its hidden facts."""
    photo_type = models.CharField(max_length=40, blank=True)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    touchpoint = models.ForeignKey(Touchpoint, null=True, blank=True, on_delete=models.PROTECT, related_name="observations")
    theme = models.CharField(max_length=40, blank=True)
    seen_at = models.DateTimeField()
    by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="observations")
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="observations")
    """A customer saw it; then `by` is NULL. Both NULL: somebody who left no name."""
    told_on = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="noticed")
    """The matter on which a customer who left an address is acknowledged, answered, and told what became of it."""
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="sees_to")
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ObservationState.choices, default=ObservationState.OPEN)
    became = models.CharField(max_length=300, blank=True)
    """What was done about it, or why it stays."""
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)
    """When whoever saw it was told."""
    reminded_at = models.DateTimeField(null=True, blank=True)
    """When its owner and their manager were told that it is late."""

    objects: ClassVar[models.Manager[Observation]] = ObservationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="observation_due", condition=Q(state="open")),
            models.Index(fields=["-seen_at", "-id"], name="observation_latest"),
            models.Index(fields=["by", "-seen_at"], name="observation_by", condition=Q(by__isnull=False)),
            models.Index(fields=["touchpoint", "-seen_at"], name="observation_at", condition=Q(touchpoint__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.says if len(self.says) <= 60 else f"{self.says[:59].rstrip()}…"

    @property
    def about(self) -> str:
        """Its name on the timeline."""
        return f"observation:{self.pk}"

    def is_late(self, now: datetime) -> bool:
        """Its hour has passed and nobody saw to it."""
        return self.state == ObservationState.OPEN and self.due_at <= now


class ObservedCase(Row):
    """A customer suffered what somebody had seen: this small thing came before that case, says a person; or it did not."""

    observation = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="cases")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="observed")
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    is_so = models.BooleanField(default=True)
    """False: a person was asked and said that it has nothing to do with it, so that Kept does not propose it again (R12)."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["observation", "case"], name="observed_once")]

    def __str__(self) -> str:
        return f"{self.observation_id} before {self.case_id}"
