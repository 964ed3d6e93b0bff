"""Our words on their way: the draft as typed, and one delivery per address."""

from __future__ import annotations

from django.db import models

from kept.accounts.models import ChannelAccount
from kept.cases.models import Case, Message
from kept.due.models import DueRow, due_index
from kept.people.models import Employee, Identity


class Draft(models.Model):
    """A reply being written: one per person and case, kept as typed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="drafts")
    author = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="drafts")
    text = models.TextField(blank=True)
    answers = models.CharField(max_length=16, blank=True)
    """answer, sign_of_life, asks_back as far as chosen."""
    medium = models.CharField(max_length=10, blank=True)
    saw_up_to = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="+", db_constraint=False)
    """The last word of theirs that the page showed while this was written."""
    saw_ours_up_to = models.BigIntegerField(default=0)
    """The highest id of a message of ours that the page showed: another's answer since then overtakes this draft."""
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "author"], name="draft_once")]

    def __str__(self) -> str:
        return self.text[:60]


class Delivery(DueRow):
    """One message on its way to one address. Written before anything is sent."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="deliveries", db_constraint=False)
    account = models.ForeignKey(ChannelAccount, on_delete=models.PROTECT, related_name="+")
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    """First taken by a worker: from then on it cannot be taken back."""
    accepted_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    may_be_twice = models.BooleanField(default=False)
    """The connection broke after the last byte: it may have been sent twice, with the same Message-ID."""

    class Meta:
        indexes = [due_index("delivery_due")]

    def __str__(self) -> str:
        return f"to {self.identity_id}"


class Letter(models.Model):
    """One message of ours on paper: it lies ready until somebody has printed it, posted it, and said on which day."""

    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="letter")
    address = models.TextField()
    """What stands in the window of the envelope, line by line, as it was when the letter was written."""
    page_version = models.PositiveSmallIntegerField(default=1)
    """Of the customer's page, which the code at its foot opens as long as the case still has this version."""
    due_at = models.DateTimeField()
    """By when it is to be in the post."""
    is_waiting = models.BooleanField(default=True)
    """To be printed and posted; False too when it was taken back, or when nobody needs it any more."""
    posted_on = models.DateField(null=True, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)
    """When somebody said on which day it was posted; until the end of that day they may take it back."""
    said_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="letter_waiting", condition=models.Q(is_waiting=True)),
            models.Index(fields=["-said_at"], name="letter_posted", condition=models.Q(said_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"
