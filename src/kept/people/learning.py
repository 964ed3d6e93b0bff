"""What the house knows of a customer besides their words: their contract, their plan; plain values that programs tell us."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from kept.channels.cleaning import clean_line
from kept.people.models import Customer
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

MOST = 20
LONGEST_NAME, LONGEST_VALUE = 34, 120
"""As long as a number may be asked by them."""


@transaction.atomic
def learn(customer: Customer, facts: Mapping[str, str], *, at: datetime) -> None:
    """These facts are known of them, beside what was known; an empty value is no longer known. At most MOST in all."""
    told = {clean_line(name, limit=LONGEST_NAME): clean_line(value, limit=LONGEST_VALUE) for name, value in facts.items()}
    customer.facts = Customer.objects.select_for_update().values_list("facts", flat=True).get(pk=customer.pk)
    merged = {name: value for name, value in {**customer.facts, **told}.items() if name and value}
    known = dict(list(merged.items())[:MOST])
    if known == customer.facts:
        return
    what = ", ".join(f"{name}: {known.get(name, '–')}" for name in told if known.get(name) != customer.facts.get(name))
    customer.facts = known
    customer.save(update_fields=["facts"])
    record(customer, Happened.FACTS_LEARNED, at=at, customer=customer.known_as, what=what)
