"""Eight people at Marlow whose pizza came cold, and what is known of the place where it happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from kept.cases.models import Case
from kept.causes.gathering import gather_many
from kept.causes.models import Cause
from kept.causes.opening import open_cause
from kept.demo.cast import CustomerOfMarlow, Marlow
from kept.places.models import Touchpoint

WORDS = (
    "The pizza was cold; the rider's bag stood open at the door.",
    "Cold again, and the zip of the bag did not close.",
    "My pizza came cold. The bag had a broken zip.",
    "It was cold when it arrived, the bag hung open because the zip is gone.",
    "A cold pizza. I saw that the zip on the bag was torn.",
    "Stone cold. The bag was not zipped.",
    "The pizza is cold, and the bag would not close, the zip is broken.",
    "Cold for the second time; the zip of that bag again.",
)


def by_mail(house: Marlow, number: int, text: str, *, subject: str = "Pizza") -> Case:
    """Another customer of the house, by a proven mail."""
    person = CustomerOfMarlow(house, f"Customer {'ABCDEFGHIJKL'[number]}", f"c{number}@customer.example")
    return person.mails(text, subject=subject, is_proven=True)


@pytest.fixture
def delivery(marlow: Marlow) -> Touchpoint:
    marlow.hires_the_others()
    return Touchpoint.objects.create(name="The delivery", key="delivered", manager=marlow.dana)


@pytest.fixture
def cold(marlow: Marlow, delivery: Touchpoint) -> list[Case]:
    """Eight cold pizzas, one a day, each brought to the door by the delivery."""
    cases = []
    for number, text in enumerate(WORDS):
        cases.append(by_mail(marlow, number, text))
        marlow.clock.forward(days=1)
    keys = [case.pk for case in cases]
    Case.objects.filter(pk__in=keys).update(touchpoint=delivery, theme="cold_food")
    return list(Case.objects.filter(pk__in=keys).order_by("pk"))


@pytest.fixture
def zips(marlow: Marlow, delivery: Touchpoint) -> Cause:
    """Dana's: the zips of the bags."""
    return open_cause(
        "The bags do not close", owner=marlow.dana, by=marlow.dana, now=marlow.clock.now, touchpoint=delivery, theme="cold_food"
    )


@pytest.fixture
def gathered(marlow: Marlow, zips: Cause, cold: list[Case]) -> Cause:
    """All eight stand under the zips."""
    gather_many(zips, cold, by=marlow.dana, now=marlow.clock.now)
    return zips


@pytest.fixture
def in_days(marlow: Marlow) -> Callable[[int], date]:
    """The day in so many days."""
    return lambda days: (marlow.clock.now + timedelta(days=days)).date()
