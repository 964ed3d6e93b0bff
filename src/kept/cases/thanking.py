"""Words that plainly thank one of us are answered by whoever leads that person (R3), never by the one who is thanked."""

from __future__ import annotations

from datetime import datetime

from kept.people.knowing import roster
from kept.people.models import Employee, House
from kept.people.presence import manager_of
from kept.text.praise import plainly_praised


def who_leads_the_thanked(words: str, *, of_house: House, opens: datetime, due_at: datetime) -> tuple[Employee, Employee] | None:
    """(the manager, whom the words thank): only where they hold nothing but praise of one of us, and the manager answers here."""
    key = plainly_praised(words, roster)
    if key is None:
        return None
    thanked = Employee.objects.select_related("manager", "team__manager").filter(pk=key).first()
    leader = manager_of(thanked, of_house=of_house, at=opens) if thanked is not None else None
    if thanked is None or leader is None or not leader.answers or not leader.is_here_between(opens, due_at):
        return None
    return leader, thanked
