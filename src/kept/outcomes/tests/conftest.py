"""A matter that was answered, and one that waits."""

from __future__ import annotations

import uuid

import pytest

from kept.cases.models import Case
from kept.lib.drawing import is_drawn
from kept.outcomes.making_sure import ONE_IN


def drawn(case: Case, *, is_it: bool = True) -> Case:
    """The next spoken yes on it is asked back in writing, or is not: as it falls for another number of the case."""
    while is_drawn(f"{case.public_id}:{case.verdicts.count() + 1}", one_in=ONE_IN) != is_it:
        case.public_id = uuid.uuid4()
    case.save(update_fields=["public_id"])
    return case


@pytest.fixture
def waiting(marlow) -> Case:
    """John asked and nobody has answered yet."""
    return marlow.john.mails("My pizza was cold. Where is my refund?", subject="Cold pizza")


@pytest.fixture
def answered(waiting, marlow) -> Case:
    """John asked, Priya answered; his word on it is still to come."""
    marlow.works()
    marlow.answers(waiting, "Your refund is on its way.")
    waiting.refresh_from_db()
    return waiting
