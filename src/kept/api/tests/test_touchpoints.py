"""The till tells us that a pizza was brought: John is in line to be asked, once, and the till hears it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.api.tests.conftest import moment
from kept.lib import clock
from kept.people.models import Customer
from kept.places.models import Touchpoint
from kept.surveys.models import Invitation
from kept.surveys.setting_up import Plan, open_survey, set_up
from kept.timeline.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(marlow):
    delivery = Touchpoint.objects.create(name="Delivery", key="delivered", manager=marlow.ines)
    type(marlow.priya).objects.filter(pk=marlow.priya.pk).update(follow_ups_a_week=9)
    marlow.priya.refresh_from_db()
    plan = Plan("Pizza", "csat", "touchpoint", {"en": {}}, people=[marlow.priya], touchpoint=delivery)
    survey = set_up(plan, by=marlow.ines, now=clock.now())
    open_survey(survey, by=marlow.ines, now=clock.now())
    return survey


def a_pizza(**more: object) -> dict[str, object]:
    return {
        "customer": {"name": "John Adeyemi", "identities": [["email", "John@Adeyemi.example"]]},
        "event_id": "order 4711",
        "at": moment(clock.now() - timedelta(minutes=30)),
        **more,
    }


def test_john_is_in_line_and_the_program_is_told(survey, program):
    told = a_pizza(about="your order on Sunday", product="Diavola", facts={"contract": "gold"})
    answer = program.post("/touchpoints/delivered/events", told)
    assert (answer.status_code, answer.json()) == (202, {"state": "waiting", "why": ""})
    row = Invitation.objects.get()
    assert (row.survey, row.about, row.product) == (survey, "your order on Sunday", "Diavola")
    assert row.identity.value == "john@adeyemi.example"
    assert row.customer.facts == {"contract": "gold"}
    assert "through" in Event.objects.get(kind="facts_learned").facts


def test_told_twice_he_is_in_line_once(survey, program):
    for _time in range(2):
        assert program.post("/touchpoints/delivered/events", a_pizza()).json()["state"] == "waiting"
    assert Invitation.objects.count() == 1


def test_the_reason_why_not_is_told_too(survey, program):
    program.post("/touchpoints/delivered/events", a_pizza())
    Customer.objects.update(last_asked_at=clock.now())
    answer = program.post("/touchpoints/delivered/events", a_pizza(event_id="order 4712"))
    assert answer.json() == {"state": "not_asked", "why": "asked_lately"}


def test_a_touchpoint_that_nobody_asks_about_is_no_fault_of_the_program(survey, program):
    Touchpoint.objects.create(name="Counter", key="counter")
    assert program.post("/touchpoints/counter/events", a_pizza()).json() == {"state": "not_asked", "why": "no_survey"}
    assert program.post("/touchpoints/nowhere/events", a_pizza()).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"event_id": " "}, "event_id"),
        ({"at": "yesterday"}, "at"),
        ({"customer": {"name": "John", "identities": []}}, "customer.identities"),
        ({"customer": {"name": "John", "identities": [["email", "john at home"]]}}, "customer.identities"),
        ({"facts": {"contract": ["gold"]}}, "facts.contract"),
        ({"mood": "sour"}, "mood"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_kept(survey, program, wrong, field):
    answer = program.post("/touchpoints/delivered/events", {**a_pizza(), **wrong})
    assert answer.status_code == 422
    assert [one["field"].removeprefix("told.") for one in answer.json()["fields"]] == [field]
    assert not Invitation.objects.exists() and not Customer.objects.exists()


def test_a_program_that_may_only_read_tells_us_nothing(survey, reader):
    assert reader.post("/touchpoints/delivered/events", a_pizza()).status_code == 403
    assert not Invitation.objects.exists()
