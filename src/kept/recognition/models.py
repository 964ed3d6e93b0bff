"""A customer's good word about one of us, on its way to that person and their manager (R10)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kept.cases.models import Case, Message
from kept.lib.ids import new_id
from kept.lib.rows import Row
from kept.people.models import Customer, Employee
from kept.places.models import Place


class RecognitionState(models.TextChoices):
    """looking until a person (or the writer's own choice) says who it was."""

    LOOKING = "looking", _("who is this?")
    PASSED_ON = "passed_on", _("passed on")
    NOT_PRAISE = "not_praise", _("no praise")


class RecognitionQuerySet(models.QuerySet["Recognition"]):
    """Questions about many good words."""

    def visible_to(self, employee: Employee) -> RecognitionQuerySet:
        """What concerns them, what waits for a name, and what its writer lets everybody here read; managers: their people's."""
        theirs = Q(employee=employee) | Q(manager=employee) | Q(added_by=employee)
        return self.filter(theirs | Q(state="looking") | Q(consent__in=["name", "anon"])) if employee.is_active else self.none()


class Recognition(Row):
    """One good word. Waits visibly until it is known who is meant; passed on once, in full, in the customer's own words."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    words = models.TextField()
    """In full, as they wrote or said them."""
    marked = models.CharField(max_length=120, blank=True)
    """The part of the words that names or describes the person."""
    hint = models.CharField(max_length=300, blank=True)
    """How we would know them, where no name was given: "the rider on Sunday, it was raining"."""
    source = models.CharField(max_length=12)
    """message, survey, page (say-a-good-word), ending, heard (typed in by one of us), public."""
    source_key = models.CharField(max_length=80, blank=True)
    """Names what it was found in ("message:42", "response:7") so that it is noticed once."""
    medium = models.CharField(max_length=10, blank=True)
    message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="recognitions")
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="recognitions")
    writer_name = models.CharField(max_length=120, blank=True)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    added_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    consent = models.CharField(max_length=8, blank=True)
    """Who may read it: "name", "anon" (everybody here, with or without the name); otherwise only the person and their manager."""
    wants_reply = models.BooleanField(default=False)
    """They would like a line back."""

    state = models.CharField(max_length=10, choices=RecognitionState.choices, default=RecognitionState.LOOKING)
    employee = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="praise")
    manager = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    """Who was told beside them."""
    chosen_by_writer = models.BooleanField(default=False)
    confirmed_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    passed_on_at = models.DateTimeField(null=True)
    writer_told_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    """When the employee opened it."""
    shows_read = models.BooleanField(default=False)
    """The employee lets the customer know that it was read."""
    answer = models.CharField(max_length=300, blank=True)
    """The employee's one line back."""
    answered_at = models.DateTimeField(null=True)
    printed_at = models.DateTimeField(null=True)
    """For somebody without a login: when the card was printed for them."""

    objects: ClassVar[models.Manager[Recognition]] = RecognitionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source_key", "marked"], name="recognition_once", condition=~Q(source_key=""))
        ]
        indexes = [
            models.Index(fields=["-said_at", "-id"], name="recognition_looking", condition=Q(state="looking")),
            models.Index(fields=["employee", "-said_at"], name="recognition_theirs", condition=Q(employee__isnull=False)),
            models.Index(fields=["-passed_on_at", "-id"], name="recognition_wall", condition=Q(state="passed_on")),
            models.Index(fields=["said_at"], name="recognition_said"),
        ]

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def about(self) -> str:
        """Its name in what people are told."""
        return f"recognition:{self.pk}"

    @property
    def line(self) -> str:
        """Where its history stands: on the case it came with, else on its own."""
        return f"case:{self.case_id}" if self.case_id else self.about

    @property
    def said_by(self) -> str:
        """Whoever wrote it, as far as we know."""
        return self.writer_name or (self.customer.name if self.customer else "")

    @property
    def is_passed_on(self) -> bool:
        """It reached the person it is about."""
        return self.state == RecognitionState.PASSED_ON

    @property
    def named_for_writer(self) -> str:
        """Whom its writer may be told of; empty where that person is not listed and they named nobody (R15)."""
        if self.employee is None:
            return ""
        named = self.employee.first_name.casefold() in self.marked.casefold()
        return self.employee.first_name if self.employee.is_listed or self.chosen_by_writer or named else ""


class Candidate(Row):
    """Who it could have been, and why we think so. Never acted upon: a person decides (R12)."""

    recognition = models.ForeignKey(Recognition, on_delete=models.CASCADE, related_name="candidates")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=24)
    """named, nickname, shift, place, owner: a code."""
    likely = models.FloatField(default=0)
    """0 to 1, only for the order in the list."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recognition", "employee"], name="candidate_once")]

    def __str__(self) -> str:
        return f"{self.employee} ({self.why})"
