"""What Marlow has beside its people: places, points where it meets customers, surveys, and what may be given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from kept.demo.cast import Marlow
from kept.people.models import Employee
from kept.places.models import Brand, Place, Touchpoint
from kept.places.placing import add_place, add_touchpoint
from kept.remedies.models import Remedy
from kept.remedies.setting_up import Terms, add_remedy
from kept.surveys.measures import USUAL_LINES, usual_wording
from kept.surveys.models import Measure, Occasion, Survey
from kept.surveys.setting_up import Plan, open_survey, set_up

NICKNAMES = {"amira": "Mira", "ben": "Benny, Benjamin", "dana": "Dan", "tom": "Thomas, Tommy"}
ROOM = {"dana": 14, "priya": 12, "ben": 10, "tom": 6}
"""How many answers that make work each can take on in a week."""
PAGES = [{"name": "Quayside Guide", "url": "https://guide.example/marlow"}]


@dataclass(frozen=True, slots=True)
class Rooms:
    """All of it, by name."""

    kitchen: Place
    shop: Place
    delivery: Touchpoint
    counter: Touchpoint
    after_delivery: Survey
    at_the_counter: Survey
    after_the_end: Survey
    money_back: Remedy
    another: Remedy
    a_call: Remedy


def furnish_the_rooms(marlow: Marlow, *, now: datetime) -> Rooms:
    """Ines has set up everything that a house of this size needs."""
    ines = marlow.ines
    town = add_place("Marlow", manager=ines, by=ines, now=now)
    kitchen = add_place("Pizza, Quay Street", slug="quay-street", parent=town, manager=marlow.dana, by=ines, now=now)
    shop = add_place("Office Supply, Mill Lane", slug="mill-lane", parent=town, manager=marlow.tom, by=ines, now=now)
    _staff(marlow, kitchen, shop)
    delivery = add_touchpoint("Pizza delivery", key="delivered", place=kitchen, manager=marlow.dana, by=ines, now=now)
    counter = add_touchpoint("Counter", key="counter", place=shop, manager=marlow.tom, by=ines, now=now)
    add_touchpoint("Van delivery", key="van", place=shop, manager=marlow.tom, by=ines, now=now)
    add_touchpoint("Invoice", key="invoice", place=shop, manager=ines, by=ines, now=now)
    return Rooms(
        kitchen=kitchen,
        shop=shop,
        delivery=delivery,
        counter=counter,
        after_delivery=_asks(marlow, "After the delivery", Measure.NPS, Occasion.TOUCHPOINT, delivery, marlow.dana, now=now),
        at_the_counter=_asks(marlow, "At the counter", Measure.CSAT, Occasion.LINK, counter, marlow.ben, now=now),
        after_the_end=_asks(marlow, "When it is solved", Measure.CES, Occasion.ENDING, None, marlow.priya, now=now),
        money_back=_may_give(marlow, "your money back", "GBP", 60, 150, 600, now=now),
        another=_may_give(marlow, "another pizza", "", 2, 12, 40, now=now),
        a_call=_may_give(marlow, "a call from Ines", "", 1, 3, 8, now=now),
    )


def _staff(marlow: Marlow, kitchen: Place, shop: Place) -> None:
    for login, place in (("dana", kitchen), ("amira", kitchen), ("tom", shop), ("ben", shop)):
        Employee.objects.filter(pk=getattr(marlow, login).pk).update(place=place, nicknames=NICKNAMES[login])
    for login, room in ROOM.items():
        Employee.objects.filter(pk=getattr(marlow, login).pk).update(follow_ups_a_week=room)
    for login in ("priya", *NICKNAMES):
        getattr(marlow, login).refresh_from_db()
    Brand.objects.update(public_pages=PAGES)


def _asks(
    marlow: Marlow, name: str, measure: str, occasion: str, at: Touchpoint | None, who: Employee, *, now: datetime
) -> Survey:
    wording = {language: usual_wording(measure, language).as_words() for language in ("en", "de")}
    plan = Plan(name, measure, occasion, wording, people=[who], touchpoint=at, line=USUAL_LINES[measure])
    survey = set_up(plan, by=marlow.ines, now=now)
    open_survey(survey, by=marlow.ines, now=now)
    return survey


def _may_give(marlow: Marlow, name: str, currency: str, a_case: int, an_employee: int, a_week: int, *, now: datetime) -> Remedy:
    terms = Terms(
        name=name,
        asks=marlow.ines,
        currency=currency,
        limit_per_case=Decimal(a_case),
        limit_per_employee=Decimal(an_employee),
        limit_per_week=Decimal(a_week),
    )
    return add_remedy(terms, by=marlow.ines, now=now)
