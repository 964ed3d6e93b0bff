"""One raw inbound item as received, and what became of each contact in it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kept.accounts.models import ChannelAccount
from kept.cases.models import Message
from kept.due.models import DueRow, due_index
from kept.files import keeping
from kept.lib.ids import new_id
from kept.lib.rows import Row


class ArrivalState(models.TextChoices):
    """waiting until it is filed; quarantined when its signature was wrong."""

    WAITING = "waiting"
    FILED = "filed"
    QUARANTINED = "quarantined"


class Arrival(DueRow):
    """Raw bytes that we said yes to. Written by intake/accepting.py in a group commit; never changed, never deleted."""

    receipt = models.UUIDField(default=new_id, unique=True, editable=False)
    account = models.ForeignKey(ChannelAccount, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=255)
    """Names one occurrence; unique per account. The receipt itself where nothing names it."""
    body = models.BinaryField(blank=True)
    body_file = models.CharField(max_length=64, blank=True)
    """sha256 in files/ for a body too large for a row."""
    envelope = models.JSONField(default=dict)
    reached_us_at = models.DateTimeField()
    seen = models.PositiveIntegerField(default=1)
    """How often this occurrence was offered; each further one is a counted duplicate."""
    state = models.CharField(max_length=12, choices=ArrivalState.choices, default=ArrivalState.WAITING)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="arrival_once")]
        indexes = [
            due_index("arrival_due"),
            models.Index(fields=["id"], name="arrival_waiting", condition=Q(state="waiting")),
            models.Index(fields=["id"], name="arrival_quarantined", condition=Q(state="quarantined")),
            models.Index(fields=["id"], name="arrival_offered_again", condition=Q(seen__gt=1)),
            models.Index(fields=["account", "-id"], name="arrival_account"),
        ]

    def __str__(self) -> str:
        return str(self.receipt)

    @property
    def bytes(self) -> bytes:
        """The body, wherever it lies."""
        return keeping.read(self.body_file) if self.body_file else bytes(self.body)


class Fate(models.TextChoices):
    """What one contact in an arrival became. With the Messages' `settled` this is the audit's equation."""

    MESSAGE = "message"
    DUPLICATE = "duplicate"
    SET_ASIDE = "set_aside"
    BEFORE_KEPT = "before_kept"
    SCORE = "score"
    """A survey answer that asks for nothing: put to rest by rule (R5)."""
    STORY = "story"
    """A story of their own that asks for nothing: kept for a person to read (stories/coming_in.py), put to rest by rule."""
    STATUS = "status"
    """A bounce or delivery status of ours: not a contact, counted nowhere."""


class Filed(Row):
    """The fate of one contact of an arrival. `ordinal` counts from 0 within it."""

    arrival_id = models.BigIntegerField()
    ordinal = models.PositiveSmallIntegerField(default=0)
    fate = models.CharField(max_length=12, choices=Fate.choices)
    message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    """The message it became, or that it repeats."""
    why = models.CharField(max_length=200, blank=True)
    """Reason code for what was set aside: bounce, list, out_of_office ... or a person's words."""
    at = models.DateTimeField()
    sender = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["arrival_id", "ordinal"], name="filed_once")]
        indexes = [
            models.Index(fields=["fate", "-id"], name="filed_fate"),
            models.Index(fields=["message"], name="filed_message"),
            models.Index(fields=["fate", "message"], name="filed_fate_message"),
        ]

    def __str__(self) -> str:
        return self.fate
