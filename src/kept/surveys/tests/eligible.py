"""A survey that asks, and the people of Marlow whom it could ask."""

from __future__ import annotations

from kept.demo.cast import CustomerOfMarlow, Marlow
from kept.people.models import Customer, Employee, Identity
from kept.places.models import Touchpoint
from kept.surveys.admitting import admit
from kept.surveys.models import Invitation, Occasion, Survey
from kept.surveys.tests.asking import a_survey


def asks(marlow: Marlow, occasion: str = Occasion.TOUCHPOINT, *, measure: str = "nps", **how: object) -> Survey:
    """It is open, and Ines and Priya answer what comes back."""
    survey = a_survey(measure, now=marlow.clock.now)
    for name, value in {"occasion": occasion, "opened_at": marlow.clock.now, **how}.items():
        setattr(survey, name, value)
    survey.save()
    survey.people.set([marlow.priya, marlow.ines])
    return survey


def has_room(marlow: Marlow, places: int = 9) -> None:
    """Priya can take on so many follow-ups a week."""
    Employee.objects.filter(pk=marlow.priya.pk).update(follow_ups_a_week=places)
    marlow.priya.refresh_from_db()


def known(who: CustomerOfMarlow, **more: object) -> Customer:
    """A customer with their address, of whom nothing else is known."""
    at = who.house.clock.now
    customer = Customer.objects.create(name=who.name, first_seen_at=at, **more)
    Identity.objects.create(customer=customer, kind="email", value=who.address, first_seen_at=at, proven_at=at)
    return customer


def delivered(marlow: Marlow) -> Touchpoint:
    """Where a pizza reaches them; Ines answers for it."""
    return Touchpoint.objects.create(name="Delivery", key="delivered", manager=marlow.ines)


def lined_up(survey: Survey, customer: Customer, *, key: str = "event:1", **more: object) -> Invitation:
    """Their pizza was just brought."""
    now = survey.opened_at or survey.made_at
    told = {"about": "your order on Sunday", "at": now, "now": now, **more}
    return admit(survey, customer, occasion_key=key, **told)
