"""Where in public a word of theirs stands, and how far it had reached, each time that this changed."""

from __future__ import annotations

from django.db import models

from kept.cases.messages import Message
from kept.lib.rows import Row
from kept.people.models import Employee


class Posted(Row):
    """The place of one public word of theirs, where it was told to us: beside the words, which have none as a rule."""

    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="posted", db_constraint=False)
    place = models.CharField(max_length=80, blank=True)
    """As people call it: Trustpilot, X."""
    url = models.CharField(max_length=1000, blank=True)
    """Only ever http or https."""
    stars = models.CharField(max_length=16, blank=True)
    """The number given with it, of how many: "1/5"."""
    said_at = models.DateTimeField(null=True, blank=True)
    """When it was said there, where the clock runs only from when we were told."""

    def __str__(self) -> str:
        return self.place or self.url

    @property
    def rating(self) -> tuple[str, str] | None:
        """The number and of how many."""
        value, _of, scale = self.stars.partition("/")
        return (value, scale) if scale else None


class ReachReading(Row):
    """What was known of one post at one moment; NULL for what that place does not tell."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="readings", db_constraint=False)
    at = models.DateTimeField()
    by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """Who wrote it down; NULL: Kept looked."""
    followers = models.PositiveIntegerField(null=True, blank=True)
    reposts = models.PositiveIntegerField(null=True, blank=True)
    likes = models.PositiveIntegerField(null=True, blank=True)
    replies = models.PositiveIntegerField(null=True, blank=True)
    views = models.PositiveIntegerField(null=True, blank=True)
    reach = models.PositiveIntegerField()
    """How many people may have read it: those who were counted as viewers, else the followers it was put before."""

    class Meta:
        indexes = [models.Index(fields=["message", "-id"], name="reach_of_post")]

    def __str__(self) -> str:
        return f"{self.reach} on {self.at:%Y-%m-%d %H:%M}"
