"""Marlow with everybody in it: Amira brings the pizza and is led by Dana, who runs the kitchen."""

from __future__ import annotations

import pytest

from kept.demo.cast import Marlow
from kept.people.models import Employee
from kept.recognition.models import Recognition


@pytest.fixture
def kitchen(marlow) -> Marlow:
    marlow.hires_the_others()
    Employee.objects.filter(pk=marlow.amira.pk).update(manager=marlow.dana)
    marlow.amira.refresh_from_db()
    return marlow


@pytest.fixture
def noticed(kitchen) -> Recognition:
    """Grace mailed that Amira was kind; it waits for somebody to say that it was Amira."""
    kitchen.grace.mails("It was pouring. Amira was so kind to us.", subject="Thank you", is_proven=True)
    return Recognition.objects.get()
