"""The till says that John got his pizza: he is in line once, whatever the till says twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.channels.base import Handle
from kept.lib.refusal import Refusal
from kept.people.learning import learn
from kept.people.models import Customer
from kept.surveys.models import Invitation, Occasion
from kept.surveys.tests.eligible import asks, delivered, known
from kept.surveys.touching import NO_SURVEY, Met, Standing, met
from kept.timeline.models import Event


@pytest.fixture
def delivery(marlow):
    return delivered(marlow)


@pytest.fixture
def survey(marlow, delivery):
    return asks(marlow, Occasion.TOUCHPOINT, touchpoint=delivery)


def a_pizza(marlow, **more: object) -> Met:
    told = {
        "event_id": "order 4711",
        "at": marlow.clock.now,
        "handles": (Handle("email", marlow.john.address), Handle("phone", marlow.john.phone)),
        "name": "John Adeyemi",
        "about": "your order on Sunday",
        "product": "Diavola",
    }
    return Met(**{**told, **more})


def test_john_is_known_from_now_on_and_in_line(marlow, delivery, survey):
    assert met(delivery, a_pizza(marlow), now=marlow.clock.now) == Standing("waiting", "")
    row = Invitation.objects.get()
    assert (row.survey, row.touchpoint, row.about, row.product) == (survey, delivery, "your order on Sunday", "Diavola")
    assert row.customer.name == "John Adeyemi"
    assert set(row.customer.identities.values_list("kind", flat=True)) == {"email", "phone"}


def test_the_same_order_told_twice_invites_once(marlow, delivery, survey):
    for _time in range(2):
        assert met(delivery, a_pizza(marlow), now=marlow.clock.now).state == "waiting"
    assert (Invitation.objects.count(), Customer.objects.count()) == (1, 1)


def test_the_same_number_at_another_touchpoint_is_another_time(marlow, delivery, survey):
    counter = delivery.__class__.objects.create(name="Counter", key="counter")
    met(delivery, a_pizza(marlow), now=marlow.clock.now)
    survey.touchpoint = counter
    survey.save()
    met(counter, a_pizza(marlow), now=marlow.clock.now)
    assert Invitation.objects.count() == 2


def test_whoever_must_not_be_asked_is_told_to_the_program(marlow, delivery, survey):
    known(marlow.john, not_asked_since=marlow.clock.now, not_asked_why="opt_out")
    assert met(delivery, a_pizza(marlow), now=marlow.clock.now) == Standing("not_asked", "opt_out")


def test_of_two_surveys_the_one_that_asks_speaks(marlow, delivery, survey):
    asks(marlow, Occasion.TOUCHPOINT, touchpoint=delivery, ask_again_days=10)
    known(marlow.john, last_asked_at=marlow.clock.now - timedelta(days=30))
    assert met(delivery, a_pizza(marlow), now=marlow.clock.now) == Standing("waiting", "")
    assert Invitation.objects.count() == 2


def test_where_nobody_asks_nothing_is_kept(marlow, delivery):
    asks(marlow, Occasion.TOUCHPOINT, touchpoint=delivery, opened_at=None)
    assert met(delivery, a_pizza(marlow), now=marlow.clock.now) == NO_SURVEY
    assert not Customer.objects.exists()


def test_somebody_without_any_address_cannot_be_asked_and_is_refused(marlow, delivery, survey):
    with pytest.raises(Refusal, match="Say who"):
        met(delivery, a_pizza(marlow, handles=()), now=marlow.clock.now)


def test_what_the_program_knows_of_them_is_known(marlow, delivery, survey):
    met(delivery, a_pizza(marlow, facts={"contract": "gold", "town": "Marlow"}), now=marlow.clock.now)
    john = Customer.objects.get()
    assert john.facts == {"contract": "gold", "town": "Marlow"}
    learn(john, {"contract": "silver", "town": ""}, at=marlow.clock.now)
    john.refresh_from_db()
    assert john.facts == {"contract": "silver"}
    learn(john, {"contract": "silver"}, at=marlow.clock.now)
    told = [event.facts["what"] for event in Event.objects.filter(kind="facts_learned").order_by("id")]
    assert told == ["contract: gold, town: Marlow", "contract: silver, town: –"]


def test_facts_never_grow_without_end(marlow):
    john = known(marlow.john)
    learn(john, {f"fact {number}" + "x" * 99: "y" * 999 for number in range(99)}, at=marlow.clock.now)
    assert len(john.facts) <= 20
    assert all(len(name) <= 34 and len(value) <= 120 for name, value in john.facts.items())
