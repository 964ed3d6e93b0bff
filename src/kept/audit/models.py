"""One day's audit, as it was published."""

from __future__ import annotations

from django.db import models


class Statement(models.Model):
    """The sum of one day (KEPT.md 1.14), kept as it stood at its end."""

    day = models.DateField(unique=True)
    made_at = models.DateTimeField()
    counts = models.JSONField()
    sealed_up_to = models.BigIntegerField(default=0)
    chain = models.BinaryField(max_length=32, null=True)

    def __str__(self) -> str:
        return str(self.day)
