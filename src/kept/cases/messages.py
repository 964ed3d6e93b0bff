"""What was said on a case: the words to and from the customer, what became of each, and the files that came or went with them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kept.accounts.models import ChannelAccount
from kept.lib.ids import new_id
from kept.lib.rows import Row
from kept.people.models import Customer, Employee, Identity


class MessageKind(models.TextChoices):
    """What an outgoing message is; empty for the customer's own words."""

    ANSWER = "answer"
    SIGN_OF_LIFE = "sign_of_life"
    ASKS_BACK = "asks_back"
    ACKNOWLEDGEMENT = "acknowledgement"
    ASKING = "asking"
    REMINDER = "reminder"
    IS_THAT_SO = "is_that_so"
    LINK = "link"
    PASSED_ON = "passed_on"
    LINE_BACK = "line_back"
    FIXED = "fixed"
    """What stood in their way is mended: a person's words that answer nothing and end nothing."""
    IS_IT_YOU = "is_it_you"
    """Is this mailbox that of whoever wrote by another way? Its answer is given on a page of its own."""
    CONSENT = "consent"
    """May others read what they said? Its answer is given on a page of its own."""


class Settled(models.TextChoices):
    """What became of one word of theirs: derived by cases/silence.py, counted by the audit. Empty: it waits."""

    WAITING = ""
    ANSWERED = "answered"
    ASKED_BACK = "asked_back"
    RESTED = "rested"
    ENDED = "ended"


class Message(Row):
    """Words to or from the customer. Their words never change; ours carry what became of them."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    case = models.ForeignKey("Case", on_delete=models.PROTECT, related_name="messages")
    is_theirs = models.BooleanField()
    kind = models.CharField(max_length=16, blank=True, choices=MessageKind.choices)
    medium = models.CharField(max_length=10)
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="+")
    """Who said it, for their words."""
    author = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    """Who signs it, for ours; who wrote it down, for a call or a letter of theirs."""
    identity = models.ForeignKey(Identity, null=True, on_delete=models.PROTECT, related_name="+")
    """The address it came from or goes to."""
    account = models.ForeignKey(ChannelAccount, null=True, on_delete=models.PROTECT, related_name="+")
    arrival_id = models.BigIntegerField(null=True, db_index=True)
    subject = models.CharField(max_length=998, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    wish = models.TextField(blank=True)
    at = models.DateTimeField()
    """When they said it (R5: at the first post of ours), or when we wrote it."""
    external_id = models.CharField(max_length=998, blank=True)
    """Message-ID without brackets; ours too."""
    content_hash = models.CharField(max_length=64, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    """When its writer took it back where it stood in public: its words are gone here, too."""
    was_proven = models.BooleanField(default=False)
    """This very word came from a proven address."""

    settled = models.CharField(max_length=10, blank=True, choices=Settled.choices, default=Settled.WAITING)
    settled_at = models.DateTimeField(null=True, blank=True)
    rested_at = models.DateTimeField(null=True, blank=True)
    rested_because = models.CharField(max_length=200, blank=True)

    answers_up_to = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    """The last word of theirs that was shown when Send was pressed; this covers it and all before."""
    next_word_at = models.DateTimeField(null=True, blank=True)
    """The hour of the next word that this message names, if it does."""
    is_held = models.BooleanField(default=False)
    """Can still be taken back: on no page, in no ledger."""
    taken_back_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    """When the next hop of the customer's own address accepted it; for a call, when it reached them."""
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "id"], name="message_case"),
            models.Index(fields=["external_id"], name="message_external", condition=~Q(external_id="")),
            models.Index(fields=["settled", "id"], name="message_settled", condition=Q(is_theirs=True)),
            models.Index(fields=["at"], name="message_said", condition=Q(is_theirs=True)),
            models.Index(
                fields=["delivered_at"], name="message_reached", condition=Q(is_theirs=False, delivered_at__isnull=False)
            ),
            models.Index(
                fields=["case", "id"], name="message_waiting", condition=Q(is_theirs=True, settled__in=["", "asked_back"])
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def delivery_state(self) -> str | None:
        """waiting, delivered, failed; None for their words and what was taken back."""
        if self.is_theirs or self.taken_back_at:
            return None
        if self.failed_at:
            return "failed"
        return "delivered" if self.delivered_at else "waiting"


class Attached(models.Model):
    """A file that came or went with a message; its bytes lie in files/ under their hash."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="files", db_constraint=False)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField()
    content = models.CharField(max_length=64)
    """sha256, the name in files/."""

    def __str__(self) -> str:
        return self.name
