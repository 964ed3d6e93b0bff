"""Journeys: maps drawn by people, and the ways that matters really took."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kept.cases.models import Case
from kept.lib.ids import new_id
from kept.lib.rows import Row
from kept.people.models import Employee


class JourneyMapQuerySet(models.QuerySet["JourneyMap"]):
    """Questions about many maps."""

    def visible_to(self, employee: Employee) -> JourneyMapQuerySet:
        """Everybody who works here may see the maps."""
        return self if employee.is_active else self.none()


class JourneyMap(models.Model):
    """One way of one persona, from the reason to the happy outcome on the customer's terms. What it says has versions."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    name = models.CharField(max_length=120)
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="maps")
    began_with = models.CharField(max_length=60, blank=True)
    """The story that began it, as "story:3"."""
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[JourneyMap]] = JourneyMapQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class MapVersion(models.Model):
    """What a map says from one moment on. Never changed; journeys/drawing.py has the shape of `drawn`."""

    map = models.ForeignKey(JourneyMap, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    drawn = models.JSONField()
    """{"persona", "reason", "outcome", "stages": [{"name", "steps": [{"touchpoint", "name", "medium", "wants", "feels",
    "moment_of_truth", "who", "promise", "training"}]}]}."""
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    what = models.CharField(max_length=200, blank=True)
    """What changed, in a few words."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["map", "number"], name="map_version_once")]

    def __str__(self) -> str:
        return f"{self.map_id} ({self.number})"


class Walked(Row):
    """The way one case has taken so far, as activities in order. Derived from its Events and kept up to date by mining."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="walked")
    trace = models.TextField()
    """Activities joined by " > "."""
    variant = models.CharField(max_length=64)
    """sha256 of the trace: cases with the same way share it."""
    steps = models.PositiveSmallIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    seconds = models.PositiveBigIntegerField(default=0)
    asked_twice = models.PositiveSmallIntegerField(default=0)
    switched = models.PositiveSmallIntegerField(default=0)
    told_again = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=8, blank=True)
    began_by = models.CharField(max_length=12, blank=True)
    """The medium of their first word."""
    went = models.CharField(max_length=8, blank=True)
    """How they were answered, as journeys/ways.py says it: there, moved, again, or not yet."""
    words = models.PositiveSmallIntegerField(default=0)
    """What they said, in times; `answers`: what we did."""
    answers = models.PositiveSmallIntegerField(default=0)
    up_to_event = models.BigIntegerField(default=0)
    """The number of its last Event in the sealed chain: beyond this one it has not been looked at."""

    class Meta:
        indexes = [
            models.Index(fields=["variant", "-first_at"], name="walked_variant"),
            models.Index(fields=["first_at", "began_by", "went", "outcome"], name="walked_first"),
            models.Index(fields=["outcome", "first_at"], name="walked_outcome", condition=~Q(outcome="")),
            models.Index(fields=["-up_to_event"], name="walked_up_to"),
        ]

    def __str__(self) -> str:
        return self.trace[:80]


class Followed(Row):
    """How often one activity came directly after another, by the week in which the case began: the directly-follows graph."""

    week_on = models.DateField()
    before = models.CharField(max_length=60)
    after = models.CharField(max_length=60)
    count = models.PositiveIntegerField(default=0)
    seconds = models.PositiveBigIntegerField(default=0)
    """Added up over all of them."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["week_on", "before", "after"], name="followed_once")]

    def __str__(self) -> str:
        return f"{self.before} > {self.after}: {self.count}"
