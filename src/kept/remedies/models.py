"""What an owner may give without asking, and what was given."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kept.cases.models import Case
from kept.lib.ids import new_id
from kept.lib.rows import Row
from kept.people.models import Employee
from kept.promises.models import Promise


class Remedy(models.Model):
    """Something that can put it right: a refund up to an amount, a replacement, a call from the manager."""

    name = models.CharField(max_length=120)
    """As said to the customer: "your money back"."""
    currency = models.CharField(max_length=3, blank=True)
    """ISO 4217; empty: it has no price and counts in pieces."""
    limit_per_case = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    limit_per_employee = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    """What one employee may give in a week (Monday to Sunday) without asking."""
    limit_per_week = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    """What all of us together may give in a week without asking."""
    asks = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="decides_on")
    """The manager who is asked beyond a limit."""
    answer_within_minutes = models.PositiveIntegerField(default=240)
    """Working time until that manager's word is due."""
    done_within_minutes = models.PositiveIntegerField(default=2400)
    """Working time until it is done: what the customer is promised."""
    began_with = models.CharField(max_length=60, blank=True)
    """The story that began this rule, as "story:3"."""
    retired_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class GiftState(models.TextChoices):
    """asked: beyond a limit, a manager decides; given: promised to the customer; done: they have it."""

    ASKED = "asked", _("asked")
    REFUSED = "refused", _("not given")
    GIVEN = "given", _("given")
    DONE = "done", _("done")


class Gift(Row):
    """One remedy for one customer, with its amount and who gave it."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    remedy = models.ForeignKey(Remedy, on_delete=models.PROTECT, related_name="gifts")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="gifts")
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    """In the remedy's currency, or pieces."""
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="gifts")
    state = models.CharField(max_length=8, choices=GiftState.choices)
    at = models.DateTimeField()
    week_on = models.DateField()
    """The Monday of `at` in the house's zone: limits are counted by it."""
    asked_of = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    answer_due_at = models.DateTimeField(null=True)
    told_above_at = models.DateTimeField(null=True)
    """When somebody above was told, once, that no word had come by then."""
    decided_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_why = models.CharField(max_length=300, blank=True)
    promise = models.ForeignKey(Promise, null=True, on_delete=models.PROTECT, related_name="gifts")
    """The word given with it; kept when it is done."""
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["remedy", "week_on", "by"], name="gift_week"),
            models.Index(fields=["answer_due_at"], name="gift_asked", condition=Q(state="asked", told_above_at__isnull=True)),
            models.Index(fields=["asked_of", "answer_due_at"], name="gift_to_decide", condition=Q(state="asked")),
            models.Index(fields=["case", "id"], name="gift_case"),
            models.Index(fields=["-at", "-id"], name="gift_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.remedy} x {self.amount}"
