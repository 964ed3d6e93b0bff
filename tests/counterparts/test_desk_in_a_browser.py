"""The desk as a person meets it: Debian's Chromium, a keyboard, narrow and wide, light and dark, with script and without."""
# needs: chromium

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from playwright.sync_api import Page, expect

from kept.cases.models import Case, MessageKind
from kept.demo.cast import Marlow
from tests.counterparts.desk_browsing import Watched, axe, marys_matter, others, signed_in, troubles_on, unproven

WIDE = {"width": 1440, "height": 900}
SENT_TEXT = (
    "Hello Mary,\n\nI send the other sixteen by van, and the corrected invoice today. Ring Tom if it happens again.\n\nPriya Nair"
)


@pytest.fixture
def marlow(browser, transactional_db) -> Marlow:
    house = Marlow()
    house.hires_the_others()
    return house


@pytest.fixture
def mary(marlow) -> Case:
    return marys_matter(marlow)


@pytest.fixture
def at_their_time(marlow, mary) -> Iterator[None]:
    others(marlow)
    with time_machine.travel(marlow.clock.now, tick=True):
        yield


@pytest.fixture
def priya(browser, marlow, at_their_time, live_server) -> Iterator[Watched]:
    with signed_in(browser, live_server.url, marlow.priya, viewport=WIDE) as watched:
        yield watched
    assert watched.troubles == []


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id")


def test_the_whole_way_by_keyboard_from_the_list_to_a_reply_taken_back(priya, mary):
    page = priya.page
    priya.go("/desk/")
    page.keyboard.press("j")
    assert focused(page) == mary.subject
    page.keyboard.press("j")
    assert "sesame" in focused(page)
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(mary.subject)
    page.wait_for_load_state()
    page.keyboard.press("r")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.type("Hello Mary,\n\nThe number is [tracking number]. I ring you tomorrow at 10:00.\n\nPriya Nair")
    readback = page.locator("#readback")
    expect(readback).to_contain_text("A gap was left open: [tracking number]")
    expect(readback).to_contain_text("This is a promise:")
    expect(page.locator("#send-says")).to_contain_text("then send")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".error-summary")).to_contain_text("Nothing was sent. Look at this first:")
    expect(page.locator(".error-summary")).to_be_focused()
    assert not mary.messages.filter(kind=MessageKind.ANSWER).exists()
    priya.troubles.clear()  # the browser itself reports a page that came back with 409
    page.keyboard.press("r")
    page.wait_for_load_state()
    page.locator("#text").fill(SENT_TEXT)
    expect(page.locator("#readback")).not_to_contain_text("A gap was left open")
    page.get_by_role("button", name="Send as it is").click()
    expect(page.locator(".toast")).to_contain_text("Goes to Mary Whitcombe in 20 seconds.")
    page.wait_for_load_state()
    page.keyboard.press("z")
    expect(page.locator(".toast")).to_contain_text("Nothing went out.")
    expect(page.locator("#text")).to_have_value(SENT_TEXT)


def test_every_letter_has_its_place_and_they_can_be_switched_off(priya, mary):
    page = priya.page
    priya.go("/desk/")
    for letters, path in (("gp", "/desk/promises"), ("ga", "/desk/audit"), ("gi", "/desk/"), ("c", "/desk/write-down")):
        for letter in letters:
            page.keyboard.press(letter)
        page.wait_for_url(f"**{path}")
    page.keyboard.press("u")
    page.wait_for_url("**/desk/")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.hasAttribute('data-row')") is False
    page.get_by_label("Single-letter shortcuts are on.").uncheck()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.hasAttribute('data-row')") is False
    priya.go(f"/desk/cases/{mary.public_id}")
    page.keyboard.press("r")
    expect(page.locator("#text")).not_to_be_focused()


def test_note_promise_and_hand_over_open_by_letter_and_take_the_focus(priya, mary):
    page = priya.page
    priya.go(f"/desk/cases/{mary.public_id}")
    for letter, field in (("n", "#note-text"), ("p", "#promise-what"), ("a", "#owner-to")):
        page.keyboard.press(letter)
        expect(page.locator(field)).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(field)).to_be_hidden()
        expect(page.locator(f'[data-key="{letter}"]')).to_be_focused()
    page.keyboard.press("n")
    page.keyboard.type("Kind, tired. She said: jnre")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".ours").last).to_contain_text("She said: jnre")


def test_taking_a_row_leaves_the_focus_on_the_next(priya, marlow):
    page = priya.page
    priya.go("/desk/")
    rows = page.locator(".row")
    taken = rows.filter(has=page.get_by_role("button", name="Take it")).first
    following = taken.locator("xpath=following::li[contains(@class,'row')][1]").locator("[data-row]").inner_text()
    taken.locator("[data-row]").focus()
    page.keyboard.press("a")
    expect(page.locator(".toast")).to_contain_text("It is yours now.")
    page.wait_for_load_state()
    assert focused(page) == following
    page.keyboard.press("z")
    expect(page.locator(".toast")).to_contain_text("It is with")


def test_looking_at_a_case_with_script_says_that_the_owner_has_it(priya, mary):
    priya.go(f"/desk/cases/{mary.public_id}")
    priya.page.wait_for_load_state("networkidle")
    mary.refresh_from_db()
    assert mary.owner_saw_at is not None


def test_the_dark_follows_the_device_until_somebody_chooses(priya, marlow):
    page, ground = priya.page, "getComputedStyle(document.body).backgroundColor"
    priya.go("/desk/")
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(ground)
    assert (light, dark) == ("rgb(250, 248, 243)", "rgb(19, 23, 21)")
    page.get_by_role("button", name=marlow.priya.name).click()
    page.get_by_label("Light", exact=True).check()
    page.get_by_role("button", name="Use this").click()
    page.wait_for_url("**/desk/")
    expect(page.locator("body")).to_have_css("background-color", light)


def test_a_laid_out_mail_loads_nothing_and_says_nothing_in_the_console(priya, mary):
    word = mary.messages.filter(is_theirs=True).latest("id")
    word.html = '<h1>Boxes</h1><img src="https://tracker.example/p.gif"><script>alert(1)</script><p>Where are they?</p>'
    word.save(update_fields=["html"])
    priya.go(f"/desk/messages/{word.public_id}/html")
    expect(priya.page.get_by_text("Where are they?")).to_be_visible()
    assert priya.page.locator(".mail-body").evaluate("one => getComputedStyle(one).borderStyle") == "solid"


def test_everything_works_without_script(browser, marlow, mary, at_their_time, live_server):
    with signed_in(browser, live_server.url, marlow.priya, viewport=WIDE, java_script_enabled=False) as watched:
        page = watched.page
        watched.go("/desk/")
        page.get_by_role("link", name=mary.subject).first.click()
        page.get_by_role("button", name="I have it").click()
        expect(page.locator(".toast")).to_contain_text("You have it.")
        page.get_by_role("button", name="Note", exact=True).click()
        page.locator("#note-text").fill("Written without script")
        page.get_by_role("button", name="Keep the note").click()
        expect(page.locator(".ours").last).to_contain_text("Written without script")
        page.locator("#text").fill(SENT_TEXT)
        page.get_by_role("button", name="Keep as a draft and read back").click()
        expect(page.locator("#readback")).to_contain_text("Read back before it goes")
        page.get_by_role("button", name="Send as it is").click()
        page.locator(".toast").get_by_role("button", name="Take it back").click()
        expect(page.locator("#text")).to_have_value(SENT_TEXT)
    with signed_in(
        browser, live_server.url, marlow.priya, viewport={"width": 360, "height": 740}, java_script_enabled=False
    ) as small:
        small.go("/desk/")
        small.page.get_by_role("button", name="Menu").click()
        small.page.get_by_role("link", name="Promises").click()
        small.page.wait_for_url("**/desk/promises")


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_nothing_stands_in_anybodys_way(browser, marlow, mary, at_their_time, live_server, width):
    """In light and dark axe finds nothing, nothing scrolls sideways, nothing is asked of another house."""
    paths = [
        "/desk/",
        "/desk/?view=ended",
        f"/desk/cases/{mary.public_id}",
        "/desk/promises",
        "/desk/audit",
        "/desk/set-aside",
        "/desk/set-aside?view=locked",
        "/desk/people",
        f"/desk/people/{marlow.tom.public_id}",
        "/desk/accounts",
        f"/desk/accounts/{marlow.mailbox.public_id}",
        "/desk/write-down",
        "/desk/house",
    ]
    unproven(marlow)
    with signed_in(browser, live_server.url, marlow.ines, viewport={"width": width, "height": 900}) as watched:
        found = [trouble for path in paths for trouble in troubles_on(watched, path)]
        watched.go(f"/desk/cases/{mary.public_id}")
        watched.page.wait_for_load_state()
        watched.page.locator("#text").fill("Your number is [tracking number]. I ring you tomorrow at 10:00.")
        expect(watched.page.locator("#readback")).to_contain_text("This is a promise:")
        found += axe(watched.page, "the read-back")
        watched.page.get_by_role("button", name="Mend").click()
        expect(watched.page.locator(".error-summary")).to_be_visible()
        watched.page.wait_for_load_state()
        found += axe(watched.page, "a refused reply")
        watched.page.keyboard.press("?")
        found += axe(watched.page, "the keyboard sheet")
    assert not found, "\n".join(found)
    assert [trouble for trouble in watched.troubles if "409" not in trouble] == []
