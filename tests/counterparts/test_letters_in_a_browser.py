"""A letter from the first word to the post, in Debian's Chromium: by keyboard, narrow and wide, light and dark."""
# needs: chromium

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import expect

from kept.cases.models import Case
from kept.demo.cast import Marlow
from kept.replies.models import Letter
from tests.counterparts.desk_browsing import signed_in, troubles_on


@pytest.fixture
def marlow(browser, transactional_db) -> Marlow:
    house = Marlow()
    house.hires_the_others()
    house.harold.postal = "14 Weir Lane, MA1 2BC Marlow"
    return house


@pytest.fixture
def case(marlow) -> Iterator[Case]:
    case = marlow.harold.is_written_down("letter", "I stood for thirty-five minutes. May we have a chair?", by=marlow.ines)
    with time_machine.travel(marlow.clock.now, tick=True):
        yield case


def picture(page, name: str) -> None:
    """Kept for whoever asks for it, light and dark: KEPT_PICTURES names a folder."""
    if folder := os.environ.get("KEPT_PICTURES"):
        for colours in ("light", "dark"):
            page.emulate_media(color_scheme=colours)
            page.screenshot(path=Path(folder) / f"{name}-{colours}.png", full_page=True)


def test_written_and_said_to_be_posted_by_keyboard(browser, marlow, case, live_server):
    with signed_in(browser, live_server.url, marlow.priya, viewport={"width": 1280, "height": 900}) as priya:
        page = priya.page
        priya.go(f"/desk/cases/{case.public_id}")
        expect(page.locator("#by")).to_have_value("letter")
        page.keyboard.press("r")
        page.keyboard.type("Dear Harold Finch,\n\nthere is a chair now, and it stays.\n\nPriya Nair")
        expect(page.locator("#readback")).to_contain_text("Nothing is left open.")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".toast")).to_contain_text("It lies ready: print it, post it, and say on which day.")
        expect(page.locator(".out .chip-soon")).to_contain_text("Written, not yet posted")
        page.locator(".out").get_by_role("button", name="It is in the post").press("Enter")
        expect(page.locator(".out .chip-kept")).to_contain_text("In the post since Monday 1 June")
        assert priya.troubles == []
    case.refresh_from_db()
    assert not case.is_silent


def test_several_are_ticked_and_posted_at_once_without_script(browser, marlow, case, live_server):
    marlow.answers(case, "Dear Harold Finch, there is a chair now.", medium="letter")
    with signed_in(browser, live_server.url, marlow.priya, java_script_enabled=False) as priya:
        priya.go("/desk/letters")
        for box in priya.page.locator('input[name="letter"]').all():
            box.check()
        priya.page.get_by_role("button", name="They are in the post").click()
        expect(priya.page.get_by_role("heading", name="No letter waits to be posted")).to_be_visible()
        expect(priya.page.get_by_role("button", name="It is not in the post after all")).to_have_count(2)
    assert Letter.objects.filter(posted_on__isnull=False).count() == 2


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_letters_fit_and_can_be_read_by_everybody(browser, marlow, case, live_server, width):
    marlow.answers(case, "Dear Harold Finch, there is a chair now, and it stays.", medium="letter")
    marlow.harold.is_written_down("letter", "Never mind the chair, I fell.", by=marlow.ines)
    other = marlow.samir.mails("My toner has not come.")
    with signed_in(browser, live_server.url, marlow.priya, viewport={"width": width, "height": 800}) as priya:
        for name, path in (("list", "/desk/letters"), ("case", f"/desk/cases/{case.public_id}")):
            assert troubles_on(priya, path) == []
            picture(priya.page, f"{name}-{width}")
        priya.go(f"/desk/cases/{other.public_id}")
        priya.page.locator("#by").select_option("letter")
        priya.page.locator("#text").fill("Hello Samir, it comes.")
        priya.page.get_by_role("button", name="Send as it is").click()
        expect(priya.page.get_by_label("Their postal address, between commas")).to_be_visible()
        picture(priya.page, f"address-{width}")
