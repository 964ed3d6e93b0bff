"""A matter that was answered, and one that waits."""

from __future__ import annotations

import pytest

from kept.cases.models import Case


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
