"""What a program asked for under which Idempotency-Key, so that asking again does nothing twice."""

from __future__ import annotations

from django.db import models

from kept.people.models import ApiToken


class IdempotencyKey(models.Model):
    """The first answer to one key of one token; made in the same transaction as what it answers."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    body_hash = models.CharField(max_length=64)
    """sha256 of method, path and body."""
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.JSONField(null=True)
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return self.key
