"""Those who are asked stand for all who could be: their NPS, with its interval, is the one that asking everybody gives."""

from __future__ import annotations

import random
from datetime import timedelta
from statistics import mean

import pytest

from kept.demo.cast import MONDAY
from kept.people.models import Customer
from kept.places.models import Touchpoint
from kept.surveys.choosing import choose
from kept.surveys.models import Invitation
from kept.surveys.scoring import Score, score_of
from kept.surveys.tests.eligible import asks

pytestmark = pytest.mark.django_db
COULD_BE_ASKED, ASKED, TIMES = 1_000, 250, 40
NOW = MONDAY + timedelta(days=1)


@pytest.fixture
def line(marlow):
    """Everybody who waits, and the number each would give. The earlier and the better known they are, the better their number."""
    survey, chance = asks(marlow), random.Random(3)
    kinds = [Touchpoint.objects.create(name=name, key=name.lower()) for name in ("Delivery", "Counter", "Bill")]
    customers = Customer.objects.bulk_create([Customer(first_seen_at=MONDAY) for _one in range(COULD_BE_ASKED)])
    rows, would_give = [], {}
    for number, customer in enumerate(customers):
        kind = chance.choices(kinds, [6, 3, 1])[0]
        leaning = [1, 2, 6] if number < COULD_BE_ASKED / 2 else [5, 3, 2]
        would_give[customer.pk] = chance.choices([3, 8, 10], [4, 2, 1] if kind == kinds[2] else leaning)[0]
        at = MONDAY + timedelta(seconds=number)
        key = f"event:{number}"
        when = {"eligible_at": at, "expires_at": at + timedelta(days=7)}
        rows.append(Invitation(survey=survey, customer=customer, occasion_key=key, touchpoint=kind, draw=chance.random(), **when))
    Invitation.objects.bulk_create(rows)
    return survey, would_give


def nps(numbers) -> Score:
    histogram = {number: numbers.count(number) for number in set(numbers)}
    found = score_of("nps", histogram)
    assert found is not None
    return found


def draw_anew(survey, chance):
    rows = list(Invitation.objects.filter(survey=survey))
    for row in rows:
        row.draw = chance.random()
    Invitation.objects.bulk_update(rows, ["draw"], batch_size=500)


def asked_of(survey, would_give):
    chosen = choose(survey, ASKED, asked=None, now=NOW)
    return [would_give[pk] for pk in Invitation.objects.filter(pk__in=chosen).values_list("customer", flat=True)]


def test_the_sample_s_nps_is_the_one_of_all_within_its_interval(line):
    survey, would_give = line
    everybody, chance, samples = nps(list(would_give.values())), random.Random(11), []
    for _time in range(TIMES):
        draw_anew(survey, chance)
        samples.append(nps(asked_of(survey, would_give)))
    assert {sample.n for sample in samples} == {ASKED}
    error = (samples[0].high - samples[0].low) / 2 / 1.96
    assert abs(mean(sample.value for sample in samples) - everybody.value) < 3 * error / TIMES**0.5
    assert sum(sample.low <= everybody.value <= sample.high for sample in samples) >= 0.9 * TIMES


def test_whoever_came_first_would_have_been_another_number(line):
    _survey, would_give = line
    first = list(Invitation.objects.order_by("eligible_at").values_list("customer", flat=True)[:ASKED])
    convenient, everybody = nps([would_give[pk] for pk in first]), nps(list(would_give.values()))
    assert not convenient.low <= everybody.value <= convenient.high
