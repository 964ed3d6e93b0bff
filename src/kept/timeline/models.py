"""What happened, append-only: one row in the same transaction as each change (R13)."""

from __future__ import annotations

import os

from django.db import models

from kept.lib.rows import Row


def new_salt() -> bytes:
    """The row's own 128 random bits: whoever erases them makes its commitment unreadable for ever."""
    return os.urandom(16)


class Event(Row):
    """One thing that happened. Sealed within seconds; afterwards only its facts and salt may be emptied (triggers see to it)."""

    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=60)
    """"case:42", "employee:3", "account:1" ... a name, not a foreign key, so that this floor knows none above it."""
    by = models.CharField(max_length=60, blank=True)
    """"employee:3", "customer:9", "token:2"; empty for Kept itself."""
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    salt = models.BinaryField(max_length=16, default=new_salt)
    number = models.BigIntegerField(null=True, unique=True)
    commitment = models.BinaryField(max_length=32, null=True)
    chain = models.BinaryField(max_length=32, null=True)

    class Meta:
        indexes = [
            models.Index(fields=["about", "id"], name="event_about"),
            models.Index(fields=["id"], name="event_unsealed", condition=models.Q(number__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"
