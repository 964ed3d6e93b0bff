"""What leaders look at: figures that come from outside, and the days on which each figure was written down."""

from __future__ import annotations

from django.db import models

from kept.lib.rows import Row
from kept.people.models import Customer


class CustomerMonth(Row):
    """What one customer was worth to us in one month, and whether they were with us. Imported, never guessed."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="months")
    month_on = models.DateField()
    """The first day of the month."""
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    is_active = models.BooleanField(default=True)
    """False: they had left by the end of it."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "month_on"], name="customer_month_once")]
        indexes = [models.Index(fields=["month_on", "is_active"], name="customer_month")]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.month_on}"
