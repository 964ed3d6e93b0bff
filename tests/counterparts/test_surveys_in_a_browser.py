"""A survey's page as a person meets it, and as a machine does: a number that somebody looked at is kept, nobody else's is."""
# needs: chromium

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import time_machine
from playwright.sync_api import Browser, Page, expect

from kept.cases.models import Case
from kept.demo.cast import Marlow
from kept.lib.links import page_token
from kept.surveys.models import Invitation, Occasion, Response, Survey
from kept.surveys.tests.posting import asks, how_likely
from tests.counterparts.patience import eventually
from tests.counterparts.test_customers_in_a_browser import faults, tab_to, visit

COLD = "Cold again. Third time in five weeks."
LIKE_A_PERSONS = "Object.defineProperty(Navigator.prototype, 'webdriver', {get: () => false})"
"""A steered browser says so of itself; a person's does not."""


@pytest.fixture
def marlow(browser, transactional_db) -> Marlow:
    return Marlow()


@pytest.fixture
def at_their_time(marlow) -> Iterator[None]:
    with time_machine.travel(marlow.clock.now, tick=True):
        yield


@pytest.fixture
def johns(marlow) -> Invitation:
    return asks(how_likely(marlow), marlow.john)


@contextmanager
def a_persons(browser: Browser, url: str, path: str) -> Iterator[Page]:
    with visit(browser, url) as visitor:
        visitor.page.add_init_script(LIKE_A_PERSONS)
        visitor.go(path)
        yield visitor.page


def link(invitation: Invitation, score: str = "") -> str:
    return f"/s/{page_token('survey', invitation.public_id)}" + (f"?score={score}" if score else "")


def stays(page: Page, seconds: float) -> None:
    """The page stays open so long, and nobody does anything."""
    page.wait_for_timeout(seconds * 1000)


def test_a_number_that_somebody_looked_at_is_kept_and_send_takes_its_place(browser, johns, live_server, at_their_time):
    with a_persons(browser, live_server.url, link(johns, "2")) as page:
        page.mouse.move(100, 200)
        expect(page.locator("#kept")).to_be_visible(timeout=20_000)
        assert Response.objects.get().score == 2
        page.get_by_label("3", exact=True).check(force=True)
        page.get_by_label("Why this number?").fill(COLD)
        page.get_by_label("Yes, write to john").check()
        page.get_by_role("button", name="Send my answer").click()
        expect(page.locator(".pledge")).to_contain_text("You hear from Dana Okafor")
    assert (Response.objects.get().score, Response.objects.get().words) == (3, COLD)


def test_where_nobody_so_much_as_moved_nothing_is_kept(browser, johns, live_server, at_their_time):
    with a_persons(browser, live_server.url, link(johns, "2")) as page:
        stays(page, 3)
    assert not Response.objects.exists()


def test_a_steered_browser_posts_nothing_by_itself(browser, johns, live_server, at_their_time):
    with visit(browser, live_server.url) as machine:
        for score in ("0", "5", "10"):
            machine.go(link(johns, score))
            machine.page.mouse.move(100, 200)
            machine.page.mouse.wheel(0, 300)
            stays(machine.page, 2.5)
    assert not Response.objects.exists()


def test_a_page_that_was_closed_at_once_kept_nothing(browser, johns, live_server, at_their_time):
    with a_persons(browser, live_server.url, link(johns, "2")) as page:
        page.mouse.move(100, 200)
        stays(page, 0.5)
    assert not Response.objects.exists()


def test_without_script_by_keyboard_send_is_enough(browser, johns, live_server, at_their_time):
    with visit(browser, live_server.url, java_script_enabled=False) as john:
        john.go(link(johns, "2"))
        tab_to(john.page, "#why")
        john.page.keyboard.type(COLD)
        tab_to(john.page, "button[type=submit]")
        john.page.keyboard.press("Enter")
        expect(john.page.get_by_role("heading", level=1)).to_have_text("We have your words, John.")
    eventually(lambda: Case.objects.exists())
    assert Response.objects.get().score == 2


def test_no_page_of_a_survey_has_a_fault_that_axe_can_find(browser, marlow, johns, live_server, at_their_time):
    Survey.objects.update(occasion=Occasion.LINK)
    found: list[str] = []
    for path, where in ((link(johns), "asked"), (link(johns, "2"), "chosen"), ("/s/at/how-likely", "by link")):
        with visit(browser, live_server.url, reduced_motion="reduce") as visitor:
            visitor.go(path)
            found += faults(visitor.page, where)
    with visit(browser, live_server.url, reduced_motion="reduce") as john:
        john.go(link(johns, "2"))
        john.page.get_by_label("Yes, ring me").check()
        john.page.get_by_role("button", name="Send my answer").click()
        found += faults(john.page, "a mistake")
        john.page.get_by_label(re.compile("^The number to ring you on")).fill("+44 7700 900461")
        john.page.get_by_role("button", name="Send my answer").click()
        expect(john.page.locator(".pledge")).to_contain_text("will ring you by")
        found += faults(john.page, "thanks")
    assert found == []
