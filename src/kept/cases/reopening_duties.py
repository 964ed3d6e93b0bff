"""What seemed done by hand is not: the owner has it to do again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from kept.cases.minding import mind
from kept.cases.models import Case, Duty


@transaction.atomic
def undo_duties(case: Case, *, done_at: Iterable[datetime]) -> set[str]:  # no event: the caller records why
    """Whatever was done at one of these moments is to be done, by its old hour; one of a kind. Returns the kinds."""
    again: dict[str, Duty] = {}
    to_do = set(Duty.objects.filter(case=case, done_at__isnull=True).values_list("kind", flat=True))
    for duty in Duty.objects.filter(case=case, done_at__in=list(done_at)).order_by("id"):
        if duty.kind not in to_do:
            again[duty.kind] = duty
    for duty in again.values():
        duty.done_at = duty.done_by = None
        duty.save(update_fields=["done_at", "done_by"])
    mind(case)
    return set(again)
