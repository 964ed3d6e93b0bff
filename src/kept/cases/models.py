"""One customer, one matter, all media: the case, who takes part, and what is due on it. Questions only: verbs have files."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kept.accounts.models import ChannelAccount, SlaPolicy
from kept.cases.messages import Attached as Attached
from kept.cases.messages import Message as Message
from kept.cases.messages import MessageKind as MessageKind
from kept.cases.messages import Settled as Settled
from kept.cases.readings import Posted as Posted
from kept.cases.readings import ReachReading as ReachReading
from kept.lib.ids import new_id
from kept.lib.rows import Row
from kept.people.models import Customer, Employee
from kept.places.models import Place, Touchpoint


class Outcome(models.TextChoices):
    """How it ended, on the customer's terms (R8)."""

    WHITE = "white", _("happy")
    BLACK = "black", _("not happy")
    NO_WORD = "no_word", _("no word")


class CaseQuerySet(models.QuerySet["Case"]):
    """Questions about many cases."""

    def visible_to(self, employee: Employee) -> CaseQuerySet:
        """Every desk employee sees every case until restricted cases come."""
        return self if employee.is_active else self.none()

    def open(self) -> CaseQuerySet:
        """Neither ended nor joined into another; asked ones included."""
        return self.filter(is_open=True)

    def by_next_due(self) -> CaseQuerySet:
        """What falls due next comes first (R16)."""
        return self.order_by(F("next_due_at").asc(nulls_last=True), "id")

    def overdue(self, now: datetime) -> CaseQuerySet:
        """Their answer should have been there by now."""
        return self.open().filter(answer_due_at__lte=now)


class Case(Row):
    """One matter of one customer. Its silence clock and due times are derived by cases/silence.py and nobody else."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="cases")
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="cases")
    account = models.ForeignKey(ChannelAccount, on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey(SlaPolicy, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    touchpoint = models.ForeignKey(Touchpoint, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    theme = models.CharField(max_length=40, blank=True)
    """What it is about as a code: cold_food, late_delivery ... ; proposed by text/themes.py, empty where nothing fits."""
    subject = models.CharField(max_length=200, blank=True)
    bare_subject = models.CharField(max_length=200, blank=True)
    """Without Re: and case, for matching."""
    kind = models.CharField(max_length=12, blank=True)
    """question, problem, complaint, praise, idea, request; empty until somebody says."""
    wish = models.TextField(blank=True)
    danger = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField()
    owner_saw_at = models.DateTimeField(null=True, blank=True)
    page_version = models.PositiveSmallIntegerField(default=1)
    repeats = models.PositiveSmallIntegerField(default=1)
    """The how-manieth time this happened to them: 3 for the third cold pizza."""
    repeats_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="repeated_by")
    """The earlier case that it repeats, where we know of one."""
    reach = models.PositiveIntegerField(null=True, blank=True)
    """The furthest any of its public posts has reached as far as we know, until it ended; NULL: nothing public."""

    is_open = models.BooleanField(default=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=8, blank=True, choices=Outcome.choices)
    outcome_reason = models.CharField(max_length=16, blank=True)
    joined_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="joined")
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    """The ended case that this one takes up again, too late to reopen it."""

    set_aside_at = models.DateTimeField(null=True, blank=True)
    """All its words were set aside (spam and the like): neither open nor ended."""

    silent_since = models.DateTimeField(null=True, blank=True)
    answer_due_at = models.DateTimeField(null=True, blank=True)
    """The hour the customer was told for the answer; NULL while nothing is owed."""
    promise_due_at = models.DateTimeField(null=True, blank=True)
    """The earliest open promise, the next word among them; kept current by promises/."""
    duty_due_at = models.DateTimeField(null=True, blank=True)
    """The earliest thing to do by hand."""
    next_due_at = models.DateTimeField(null=True, blank=True)
    """Whatever comes first of all that we owe; the order of every list. NULL only when ended or joined, or nothing is owed."""
    rung_due_at = models.DateTimeField(null=True, blank=True)
    rung_level = models.PositiveSmallIntegerField(default=0)
    """The next rung of the ladder and when it is climbed; 0 while no clock runs."""

    yes_up_to = models.BigIntegerField(default=0)
    """Their own yes answered every word up to this message."""
    ended_up_to = models.BigIntegerField(default=0)
    """Another ending of theirs covers every word up to this message."""

    first_answered_at = models.DateTimeField(null=True, blank=True)
    last_answered_at = models.DateTimeField(null=True, blank=True)
    asked_back_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    """The last delivered asking since their last word."""
    asking_due_at = models.DateTimeField(null=True, blank=True)
    """When it is asked next, or ends without a word."""
    went_wrong = models.BooleanField(default=False)
    """A rung of 100 % was climbed or a promise broken: then a separate asking is owed."""
    noes = models.PositiveSmallIntegerField(default=0)
    """How often they said "no, not yet"."""

    last_word_at = models.DateTimeField()
    last_snippet = models.CharField(max_length=240, blank=True)
    media = models.CharField(max_length=120, blank=True)
    """The media of their words in order, joined by spaces: the path in the lists."""

    objects: ClassVar[models.Manager[Case]] = CaseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "next_due_at", "id"], name="case_mine", condition=Q(is_open=True)),
            models.Index(fields=["next_due_at", "id"], name="case_next", condition=Q(is_open=True)),
            models.Index(fields=["silent_since", "id"], name="case_silent", condition=Q(silent_since__isnull=False)),
            models.Index(fields=["owner"], name="case_load", condition=Q(silent_since__isnull=False)),
            models.Index(fields=["rung_due_at", "id"], name="case_rung", condition=Q(rung_due_at__isnull=False)),
            models.Index(fields=["asking_due_at", "id"], name="case_asking", condition=Q(asking_due_at__isnull=False)),
            models.Index(fields=["customer", "-opened_at"], name="case_customer"),
            models.Index(fields=["-opened_at", "-id"], name="case_opened"),
            models.Index(fields=["-ended_at", "-id"], name="case_ended", condition=Q(ended_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.subject or f"case {self.pk}"

    @property
    def about(self) -> str:
        """Its name on the timeline."""
        return f"case:{self.pk}"

    @property
    def state(self) -> str:
        """open, asked, ended or joined, as the API says it."""
        if self.joined_into_id:
            return "joined"
        if self.ended_at or self.set_aside_at:
            return "ended"
        return "asked" if self.asked_at else "open"

    @property
    def is_silent(self) -> bool:
        """Some word of theirs has no answer."""
        return self.silent_since is not None

    def is_late(self, now: datetime) -> bool:
        """The hour they were told has passed without an answer."""
        return self.answer_due_at is not None and self.answer_due_at <= now


class Role(models.TextChoices):
    """Why somebody takes part in a case."""

    WRITER = "writer"
    CONCERNED = "concerned"
    FOR_ANOTHER = "for_another"
    COPIED = "copied"


class Participant(Row):
    """A customer who takes part in a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="participants")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.WRITER)
    is_confirmed = models.BooleanField(default=True)
    """False: joined by a valid address from an unknown sender; gets no history until a person says yes."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "customer"], name="participant_once")]

    def __str__(self) -> str:
        return f"{self.customer} in {self.case}"


class Note(Row):
    """Words only for us; no page or mail for a customer ever reads this table."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text[:60]


class Duty(Row):
    """Something the owner must do by hand, with a due time: acknowledge a letter, find another address."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=24)
    """acknowledge_by_hand, another_way, erase, confirm_participant."""
    says = models.CharField(max_length=240)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["case", "due_at"], name="duty_open", condition=Q(done_at__isnull=True))]

    def __str__(self) -> str:
        return self.says


class Rung(Row):
    """One step of the ladder, climbed once (R6)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rungs")
    clock = models.CharField(max_length=32)
    """"answer", "promise:<id>" or "reach"."""
    since = models.DateTimeField()
    level = models.PositiveSmallIntegerField()
    """80, 100, 150, 200; beyond that 200 + the working day. Of reach: how many noughts."""
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(F("case"), F("clock"), F("since"), F("level"), name="rung_once")]

    def __str__(self) -> str:
        return f"{self.level} %"
