"""A map in a real browser: changed by keyboard alone, without dragging, and printed on one page."""
# needs: chromium

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import time_machine
from playwright.sync_api import Page, expect

from kept.demo.cast import Marlow
from kept.journeys.drawing import empty_step, steps_in
from kept.journeys.keeping import draw, latest
from kept.journeys.models import JourneyMap
from kept.journeys.starting import STARTS, start_from
from tests.counterparts.desk_browsing import Watched, signed_in

A_PAGE, MEASURES = re.compile(rb"/Type\s*/Page\b"), re.compile(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]")
WORDS = "that somebody says it before they have to ask"
STEP = {**empty_step(), **dict.fromkeys(("wants", "feels", "who", "promise", "training"), WORDS), "name": "Asks where it is"}
LONG = {"persona": "Somebody hungry", "reason": "", "outcome": "Everybody eats warm"}


@pytest.fixture
def maps(browser, transactional_db) -> Iterator[dict[str, JourneyMap]]:
    """One of each beginning, and one of sixteen wordy steps, drawn by Ines."""
    marlow = Marlow()
    with time_machine.travel(marlow.clock.now, tick=True):
        told = {key: start_from(key) for key in STARTS}
        told["long"] = ("Long", {**LONG, "stages": [{"name": f"Stage {one}", "steps": [STEP] * 4} for one in range(4)]})
        yield {key: draw(name, drawn, by=marlow.ines, now=marlow.clock.now) for key, (name, drawn) in told.items()}


@pytest.fixture
def ines(browser, maps, live_server) -> Iterator[Watched]:
    who = maps["pizza"].owner
    with signed_in(browser, live_server.url, who, viewport={"width": 1280, "height": 900}) as watched:
        yield watched
    assert watched.troubles == []


def press(page: Page, name: str) -> None:
    """The button of that name, by keyboard; the answer has come."""
    page.get_by_role("button", name=name, exact=True).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_step_is_added_named_and_moved_by_keyboard_alone(ines, maps):
    page, pizza = ines.page, maps["pizza"]
    ines.go(f"/desk/journeys/{pizza.public_id}/change")
    press(page, "Add a step : Orders")
    expect(page.locator('[name="step-1.1-name"]')).to_be_focused()
    page.keyboard.type("Pays at the door")
    page.keyboard.press("Tab")
    expect(page.locator('[name="step-1.1-touchpoint"]')).to_be_focused()
    press(page, "Earlier : A new step")
    expect(page.locator('[name="step-1.0-name"]')).to_have_value("Pays at the door")
    press(page, "Later : Finds us")
    expect(page.locator('[name="stage-0"]')).to_have_value("Orders")
    page.locator("#name").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    names = [step["name"] for _stage, step in steps_in(latest(pizza).drawn)]
    assert names[:3] == ["Pays at the door", "Orders on the page", "Looks at the menu"]


@pytest.mark.parametrize("key", [*sorted(STARTS), "long"])
def test_a_map_is_printed_on_one_page_lying_on_its_side(ines, maps, key):
    ines.go(f"/desk/journeys/{maps[key].public_id}/print")
    printed = ines.page.pdf(prefer_css_page_size=True)
    assert len(A_PAGE.findall(printed)) == 1
    [(wide, tall)] = MEASURES.findall(printed)
    assert float(wide) > float(tall)
