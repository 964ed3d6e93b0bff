"""Surveys and their scores at the desk, in a real browser: narrow and wide, light and dark, with and without script."""
# needs: chromium

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from kept.demo.cast import MONDAY, Marlow
from kept.people.models import Customer, Employee
from kept.places.models import Place, Touchpoint
from kept.surveys.models import Invitation, Survey
from kept.surveys.releasing import release_what_fits
from kept.surveys.setting_up import Plan, open_survey, reword, set_up, usual_plan
from kept.surveys.tallying import count_who_was_asked
from kept.surveys.tests.asking import gives, somebody
from tests.counterparts.desk_browsing import signed_in, troubles_on

SMALL, WIDE = {"width": 360, "height": 780}, {"width": 1280, "height": 900}
NEW = "/desk/surveys/new/nps"


@pytest.fixture
def marlow(browser, transactional_db) -> Marlow:
    """Three surveys: one with answers from two places in two wordings and a line that waits, one for anybody, one not opened."""
    house = Marlow()
    house.hires_the_others()
    Employee.objects.filter(pk=house.priya.pk).update(follow_ups_a_week=9)
    priya = Employee.objects.get(pk=house.priya.pk)
    survey = set_up(usual_plan("nps", name="Would they send a friend", people=[priya]), by=house.ines, now=house.clock.now)
    open_survey(survey, by=house.ines, now=house.clock.now)
    for number, name in enumerate(("Delivery", "Counter")):
        place = Place.objects.create(name=f"{name} Street", slug=name.lower())
        point = Touchpoint.objects.create(name=name, key=name.lower(), place=place)
        for score in (10, 10, 9, 8, 3 + 6 * number) * 8:
            who = somebody(contract="gold")
            gives(survey, score, touchpoint=point, place=place, words="Cold again.", consent="name", customer=who)
    reword(survey, {"en": {"question": "Would you come again?"}}, by=house.ines, now=house.clock.now)
    gives(survey, 2, words="Not for us.", consent="one", customer=somebody())
    reword(survey, {"en": {}, "de": {}}, by=house.ines, now=house.clock.now)
    for number in range(70):
        when = {"eligible_at": MONDAY, "expires_at": MONDAY + timedelta(days=7)}
        customer = Customer.objects.create(first_seen_at=MONDAY)
        Invitation.objects.create(survey=survey, customer=customer, occasion_key=str(number), draw=number / 70, **when)
    release_what_fits(house.clock.now)
    Invitation.objects.filter(state="waiting", draw__gt=0.9).update(state="not_asked", why="asked_lately")
    count_who_was_asked(house.clock.now)
    anybody = Plan("At the counter", "csat", "link", {"en": {}}, people=[priya])
    open_survey(set_up(anybody, by=house.ines, now=house.clock.now), by=house.ines, now=house.clock.now)
    set_up(usual_plan("ces", name="After an ending"), by=house.ines, now=house.clock.now)
    return house


@pytest.fixture
def at_their_time(marlow) -> Iterator[None]:
    with time_machine.travel(marlow.clock.now, tick=True):
        yield


def page_of(name: str) -> str:
    return f"/desk/surveys/{Survey.objects.get(name=name).public_id}"


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["360", "1280"])
def test_no_page_of_a_survey_stands_in_anybodys_way(browser, marlow, at_their_time, live_server, size):
    friend, counter = page_of("Would they send a friend"), page_of("At the counter")
    pages = ["/desk/surveys", NEW, friend, counter, f"{counter}/card?at=delivery"]
    pages += [f"{friend}/scores{query}" for query in ("", "?by=touchpoint&weeks=all", "?wording=2")]
    pages += [f"{friend}/people", f"{friend}/people?score=10", f"{page_of('After an ending')}/scores"]
    with signed_in(browser, live_server.url, marlow.ines, viewport=size) as watched:
        found = [trouble for path in pages for trouble in troubles_on(watched, path)]
    assert not found, "\n".join(found)
    assert watched.troubles == []


def test_what_is_typed_stands_beside_it_as_customers_see_it_and_nothing_is_kept(browser, marlow, at_their_time, live_server):
    with signed_in(browser, live_server.url, marlow.ines, viewport=WIDE) as watched:
        watched.go(NEW)
        page = watched.page
        page.get_by_label("The question").first.fill("Would you come again?")
        expect(page.locator("#preview")).to_contain_text("Would you come again?")
        expect(page.locator("#preview")).to_contain_text("other words")
        expect(page.get_by_label("The question").first).to_be_focused()
    assert watched.troubles == []
    assert Survey.objects.count() == 3


def test_without_a_script_the_button_shows_it_and_nothing_typed_is_lost(browser, marlow, at_their_time, live_server):
    with signed_in(browser, live_server.url, marlow.ines, viewport=SMALL, java_script_enabled=False) as watched:
        watched.go(NEW)
        page = watched.page
        page.get_by_label("Name", exact=True).fill("Spring")
        page.get_by_label("The question").first.fill("Would you come again?")
        page.get_by_role("button", name="Show it as customers see it").click()
        expect(page.locator("#preview")).to_contain_text("Would you come again?")
        page.get_by_label("Priya Nair").check()
        page.get_by_role("button", name="Set it up").click()
        expect(page.get_by_role("heading", name="Spring")).to_be_visible()
    spring = Survey.objects.get(name="Spring")
    assert [one.name for one in spring.people.all()] == ["Priya Nair"]
    assert not spring.versions.get().is_comparable


def test_from_the_number_to_john_by_keyboard(browser, marlow, at_their_time, live_server):
    with signed_in(browser, live_server.url, marlow.priya, viewport=WIDE) as watched:
        watched.go(f"{page_of('Would they send a friend')}/scores")
        page = watched.page
        page.locator(".units-nps a").nth(3).focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Whoever gave a 3")).to_be_visible()
        expect(page.get_by_text("“Cold again.”").first).to_be_visible()
        page.wait_for_load_state()  # the keys are read by a script that comes last
        page.keyboard.press("u")
        expect(page.get_by_role("heading", name="Would they send a friend")).to_be_visible()
    assert watched.troubles == []
