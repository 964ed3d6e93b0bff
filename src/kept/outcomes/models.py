"""The customer's word on how it ended (R8). Our askings for it are Messages of kind asking."""

from __future__ import annotations

from django.db import models

from kept.cases.models import Case, Outcome
from kept.lib.rows import Row
from kept.people.models import Employee


class Reason(models.TextChoices):
    """All the endings there are."""

    SAID = "said"
    LEFT = "left"
    NO_WORD = "no_word"
    LAST_WORD = "last_word"
    PASSED_ON = "passed_on"
    NO_WAY_BACK = "no_way_back"


class Verdict(Row):
    """Evidence of an ending, or of a "no, not yet" that ends nothing."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="verdicts")
    outcome = models.CharField(max_length=8, blank=True, choices=Outcome.choices)
    """Empty for "no, not yet"."""
    reason = models.CharField(max_length=12, blank=True, choices=Reason.choices)
    said_at = models.DateTimeField()
    by_customer = models.BooleanField(default=False)
    """They pressed the button on a page of theirs."""
    confirmed_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    """The employee who heard or confirmed it."""
    words = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.outcome or "not yet"
