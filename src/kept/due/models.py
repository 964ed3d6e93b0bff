"""What every row that falls due carries: when, who works on it just now, and how often it was tried."""

from __future__ import annotations

from django.db import models

from kept.lib.rows import Row


class DueRow(Row):
    """A row that is due when `next_try_at` has passed and nobody holds its lease. NULL there means: nothing left to do."""

    next_try_at = models.DateTimeField(null=True, blank=True)
    lease = models.CharField(max_length=36, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    parked_at = models.DateTimeField(null=True, blank=True)
    trouble = models.TextField(blank=True)

    class Meta:
        abstract = True


def due_index(name: str) -> models.Index:
    """The partial index that the sweep reads: only rows that can still fall due."""
    return models.Index(fields=["next_try_at", "id"], name=name, condition=models.Q(next_try_at__isnull=False))


class Beat(models.Model):
    """When one role of the house (work, clock) last gave a sign of life; written often, so it shows that rows can be written."""

    role = models.CharField(max_length=10, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.role
