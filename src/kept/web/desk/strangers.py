"""Who wrote on a case by an address that was mailed to another: nothing of ours goes to them until a person says yes (R2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kept.cases.models import Case, Message, Participant


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody whom nobody has confirmed yet, with what they wrote last."""

    pk: int
    """Of the participant."""
    customer: int
    name: str
    word: Message


def strangers_on(case: Case, words: Iterable[Message]) -> list[Stranger]:
    """Whoever else wrote and is not confirmed; asks nothing when only the customer wrote."""
    last = {word.customer_id: word for word in words if word.is_theirs and word.customer_id != case.customer_id}
    if not last:
        return []
    waiting = Participant.objects.filter(case=case, is_confirmed=False, customer__in=last).select_related("customer")
    return [Stranger(one.pk, one.customer_id, one.customer.known_as, last[one.customer_id]) for one in waiting.order_by("id")]
