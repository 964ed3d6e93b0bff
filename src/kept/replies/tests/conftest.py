"""What the tests of our words going out share."""

from __future__ import annotations

import pytest

from kept.cases.models import Case, Message
from kept.replies.models import Delivery


@pytest.fixture
def case(marlow) -> Case:
    """John filled in the form; his acknowledgement is on its way."""
    return marlow.john.fills_in_the_form("My pizza was cold. Where is my refund?")


@pytest.fixture
def delivery_of():
    """The delivery of a message, as it stands in the database."""

    def found(message: Message) -> Delivery:
        return Delivery.objects.get(message=message)

    return found
