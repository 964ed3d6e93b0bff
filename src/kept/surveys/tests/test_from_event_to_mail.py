"""All the way: a pizza was brought, there is room, the mail goes; a matter ends, and the question it began with comes again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.channels.base import Handle
from kept.outcomes.hearing import hear
from kept.people.models import Customer, Employee
from kept.surveys.models import Invitation, Occasion, Response, Survey
from kept.surveys.setting_up import Plan, open_survey, set_up, usual_plan
from kept.surveys.tests.eligible import delivered, has_room
from kept.surveys.touching import Met, met


@pytest.fixture
def delivery(marlow):
    has_room(marlow)
    return delivered(marlow)


@pytest.fixture
def survey(marlow, delivery) -> Survey:
    plan = Plan("Pizza", "csat", Occasion.TOUCHPOINT, {"en": {}}, people=[marlow.priya], touchpoint=delivery, line=2)
    survey = set_up(plan, by=marlow.ines, now=marlow.clock.now)
    open_survey(survey, by=marlow.ines, now=marlow.clock.now)
    return survey


def a_pizza_for(who, *, number: int = 1) -> Met:
    return Met(f"order {number}", who.house.clock.now, (Handle("email", who.address),), who.name, "your order on Sunday")


def invitations_to(who) -> list[str]:
    return [mail.subject for mail in who.house.post if mail.to.value == who.address and "List-Unsubscribe" in mail.headers]


def test_john_is_asked_two_hours_after_his_pizza_and_not_a_minute_before(marlow, delivery, survey):
    met(delivery, a_pizza_for(marlow.john), now=marlow.clock.now)
    marlow.clock.forward(minutes=90)
    marlow.works()
    assert invitations_to(marlow.john) == []
    marlow.clock.forward(minutes=31)
    marlow.works()
    marlow.works()
    assert invitations_to(marlow.john) == ["John, one question: your order on Sunday"]
    row = Invitation.objects.get()
    assert (row.state, row.version) == ("sent", survey.versions.get())
    assert Customer.objects.get().last_asked_at == marlow.clock.now


def test_whoever_waits_while_nobody_has_room_is_asked_when_somebody_has_or_not_at_all(marlow, delivery, survey):
    has_room(marlow, 0)
    for number, who in enumerate((marlow.john, marlow.grace)):
        met(delivery, a_pizza_for(who, number=number), now=marlow.clock.now)
    marlow.clock.forward(hours=3)
    marlow.works()
    assert {row.state for row in Invitation.objects.all()} == {"waiting"}
    marlow.clock.forward(days=8)
    marlow.works()
    assert {(row.state, row.why) for row in Invitation.objects.all()} == {("not_asked", "too_late")}
    assert invitations_to(marlow.john) == invitations_to(marlow.grace) == []


def test_whoever_is_at_home_ill_is_nobody_who_could_answer(marlow, delivery, survey):
    met(delivery, a_pizza_for(marlow.john), now=marlow.clock.now)
    Employee.objects.filter(pk=marlow.priya.pk).update(away_from=marlow.clock.now)
    marlow.clock.forward(hours=3)
    marlow.works()
    marlow.works()
    assert invitations_to(marlow.john) == []


def test_the_end_of_a_matter_that_a_score_began_asks_its_question_again_once(marlow, delivery, survey):
    endings = set_up(usual_plan("ces", name="Was it easy?", people=[marlow.priya]), by=marlow.ines, now=marlow.clock.now)
    open_survey(endings, by=marlow.ines, now=marlow.clock.now)
    met(delivery, a_pizza_for(marlow.john), now=marlow.clock.now)
    marlow.clock.forward(hours=3)
    marlow.works()
    marlow.works()
    asked = Invitation.objects.get()
    case = marlow.john.mails("Cold. Again.", subject="Cold", is_proven=True)
    at = case.opened_at
    Response.objects.create(
        survey=survey, version=survey.versions.get(), invitation=asked, customer=asked.customer, score=1, words="Cold. Again.",
        case=case, first_at=at, changed_at=at, week_on=at.date(),
    )  # fmt: skip
    Invitation.objects.filter(pk=asked.pk).update(state="answered", next_try_at=None)
    marlow.answers(case, "A hot one is on its way, and the bag is mended.", by=marlow.priya)
    case.refresh_from_db()
    hear(case, "yes", now=marlow.clock.forward(hours=1))
    for _hour in range(48):
        marlow.clock.forward(hours=1)
        marlow.works()
    assert invitations_to(marlow.john) == [
        "John, one question: your order on Sunday",
        "John, one question: what Priya Nair looked after for you",
    ]
    again = Invitation.objects.exclude(pk=asked.pk).get()
    assert (again.survey, again.case, again.state) == (survey, case, "sent")
    assert again.sent_at - (asked.sent_at or at) < timedelta(days=3)
