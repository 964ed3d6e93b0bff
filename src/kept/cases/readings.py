"""How far a public post had reached, each time that this changed."""

from __future__ import annotations

from django.db import models

from kept.cases.messages import Message
from kept.lib.rows import Row
from kept.people.models import Employee


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
