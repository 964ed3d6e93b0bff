"""The settings of the whole house: kept whole, or not at all."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest

from kept.accounts.models import Calendar, SlaPolicy
from kept.accounts.policies import default_calendar
from kept.people.models import House
from kept.places.models import Brand
from kept.timeline.models import Event
from kept.web.desk.tests.conftest import text_of


@pytest.fixture
def ines(marlow, seat):
    return seat(marlow.ines)


def as_shown(page: str) -> dict[str, str]:
    """Everything the page's own form would post unchanged."""
    form = page[page.index('<form class="stack-l"') :]
    inputs = re.findall(r'<input type="(?:text|number)" name="([^"]*)"(?: value="([^"]*)")?', form)
    selects = re.findall(r'<select name="([^"]*)".*?<option value="([^"]*)" selected>', form)
    return {name: html.unescape(value) for name, value in [*inputs, *selects]}


def test_posting_what_is_shown_changes_nothing(marlow, ines):
    before = (
        list(House.objects.values()),
        list(Calendar.objects.values()),
        list(SlaPolicy.objects.values()),
        Event.objects.count(),
    )
    ines.posts("/desk/house", as_shown(ines.sees("/desk/house")))
    after = (
        list(House.objects.values()),
        list(Calendar.objects.values()),
        list(SlaPolicy.objects.values()),
        Event.objects.count(),
    )
    assert after == before


def test_names_people_hours_and_times_are_changed_at_once(marlow, ines):
    typed = {
        **as_shown(ines.sees("/desk/house")),
        "name": "Marlow",
        "brand_name": "Marlow Office",
        "duty_owner": str(marlow.ines.pk),
        "audit_is_public": "on",
        "zone": "Europe/London",
        "open_sat": "9-12, 13:00–15:30",
        "open_mon": "",
        "closed_on": "2026-12-24, 2026-12-31",
        "call-first": "0.5",
    }
    assert ines.posts("/desk/house", typed).status_code == 302
    house, calendar = House.objects.get(), default_calendar()
    assert (house.name, house.duty_owner, house.audit_is_public) == ("Marlow", marlow.ines, True)
    assert Brand.objects.get().name == "Marlow Office"
    assert calendar.zone == "Europe/London" and calendar.week["sat"] == [["09:00", "12:00"], ["13:00", "15:30"]]
    assert "mon" not in calendar.week and calendar.closed_on == ["2026-12-24", "2026-12-31"]
    assert SlaPolicy.objects.get(name="call").first_answer_minutes == 30
    assert "changed the house" not in ines.sees("/desk/house")
    assert Event.objects.filter(kind="house_changed", by=f"employee:{marlow.ines.pk}").exists()


@pytest.mark.parametrize(
    ("typed", "status", "says"),
    [
        ({"open_mon": "all day"}, 422, "Write it as 9:00-17:00"),
        ({"open_mon": "17:00-9:00"}, 409, "closes before it opens"),
        ({f"open_{day}": "" for day in ("mon", "tue", "wed", "thu", "fri")}, 409, "never opens"),
        ({"closed_on": "Christmas"}, 422, "Write each day as year-month-day"),
        ({"country": "XX"}, 409, "are not known"),
        ({"call-first": "soon"}, 422, "Write the answer times as hours"),
        ({"call-first": "0"}, 409, "An answer takes some time"),
        ({"name": ""}, 422, "Name of the house"),
        ({"head": ""}, 422, "Is told when it takes twice as long"),
    ],
)
def test_a_mistake_changes_nothing_and_says_what_to_do(marlow, ines, typed, status, says):
    shown = {**as_shown(ines.sees("/desk/house")), "brand_address": "9 Quay Street"}
    answer = ines.posts("/desk/house", {**shown, **typed})
    page = text_of(answer)
    assert answer.status_code == status and says in html.unescape(page)
    assert 'value="9 Quay Street"' in page
    assert Brand.objects.get().address == "8 Quay Street, Marlow" and default_calendar().week["mon"] == [["09:00", "17:00"]]


def test_the_clock_of_public_posts_runs_day_and_night_once_an_admin_says_so(marlow, seat):
    ines = seat(marlow.ines)
    marlow.mary.is_written_down("post", "Where are my chairs?", by=marlow.ines)
    marlow.clock.forward(hours=10)
    at_seven = marlow.samir.is_written_down("post", "Nobody rings back.", by=marlow.ines)
    assert at_seven.answer_due_at > marlow.clock.now + timedelta(hours=12), "in the evening nobody is here, as a rule"
    page = ines.sees("/desk/house")
    assert 'name="post-never_rests"' in page and 'name="call-never_rests"' not in page
    assert ines.posts("/desk/house", {**as_shown(page), "post-never_rests": "on"}).status_code == 302
    asked = marlow.john.is_written_down("post", "Cold again.", by=marlow.ines)
    assert asked.answer_due_at <= marlow.clock.now + timedelta(hours=2)
    back = {name: value for name, value in as_shown(ines.sees("/desk/house")).items() if name != "post-never_rests"}
    assert ines.posts("/desk/house", back).status_code == 302
    assert SlaPolicy.objects.get(name="post").calendar == SlaPolicy.objects.get(name="office").calendar
