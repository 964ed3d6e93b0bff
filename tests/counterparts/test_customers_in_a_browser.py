"""The customer's side as a person meets it: by keyboard, without script, on a phone, in the dark, inside another site's page."""
# needs: chromium

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from kept.cases.models import Case, Message
from kept.demo.cast import Marlow
from kept.people.inviting import make_sign_in_link
from kept.people.models import House
from kept.promises.making import promise
from tests.counterparts.desk_browsing import Watched

RULES = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = (360, 768, 1440)


@pytest.fixture
def marlow(browser, transactional_db) -> Marlow:
    return Marlow()


@pytest.fixture
def johns(marlow) -> Case:
    """John's matter: acknowledged, answered, with a promise under way, and a link in his proven mailbox."""
    case = marlow.john.mails("Cold again. I would quite like somebody to tell me why.", subject="Cold pizza", is_proven=True)
    marlow.works()
    marlow.clock.forward(hours=2)
    friday = marlow.clock.now + timedelta(days=4)
    promise(case, "a hot pizza on the house", by=marlow.priya, due_at=friday, now=marlow.clock.now)
    marlow.answers(case, "Hello John,\n\nthe zip on the bag was broken. It is mended.\n\nPriya Nair", by=marlow.priya)
    case.refresh_from_db()
    return case


@pytest.fixture
def at_their_time(marlow) -> Iterator[None]:
    with time_machine.travel(marlow.clock.now, tick=True):
        yield


@contextmanager
def visit(browser: Browser, host: str, **options: object) -> Iterator[Watched]:
    """Somebody without a cookie; whatever no page of ours may do fails the test."""
    context = browser.new_context(**options)  # type: ignore[arg-type]
    watched = Watched(context.new_page(), host)
    watched.watch()
    yield watched
    assert [trouble for trouble in watched.troubles if "the server responded with a status of 4" not in trouble] == []
    assert context.cookies() == []
    context.close()


def link_to(marlow: Marlow, address: str) -> str:
    text = next(mail.text for mail in reversed(marlow.post) if mail.to.value == address)
    return re.findall(r"/c/[a-z0-9]+", text)[0]


def tab_to(page: Page, selector: str) -> None:
    """With Tab alone, as somebody without a mouse; not more often than the longest page has stops."""
    for _press in range(30):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"{selector} cannot be reached with Tab")


@pytest.mark.parametrize("with_script", [True, False])
def test_from_the_form_to_the_private_page_by_keyboard(browser, marlow, live_server, at_their_time, with_script):
    with visit(browser, live_server.url, java_script_enabled=with_script) as john:
        page = john.page
        john.go("/to/contact")
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        tab_to(page, "button[type=submit]")
        page.keyboard.press("Enter")
        expect(page).to_have_title(re.compile("^Mistake: Write to us"))
        expect(page.locator(".error-summary")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#id_message")).to_be_focused()
        page.keyboard.type("Cold again.")
        tab_to(page, "#id_name")
        page.keyboard.type("John Adeyemi")
        tab_to(page, "#id_email")
        page.keyboard.type("john@adeyemi.example")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("We have your words, John.")
        expect(page.locator(".pledge")).to_contain_text("You hear from Priya Nair by Tuesday 2 June, 09:15.")
        tab_to(page, ".links a")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("We have your words, John.")
        expect(page.locator("main")).not_to_contain_text("Cold again.")
    assert Message.objects.get(is_theirs=True).text == "Cold again."


@pytest.mark.parametrize("with_script", [True, False])
def test_no_and_then_yes_by_keyboard_on_the_mailed_page(browser, marlow, johns, live_server, at_their_time, with_script):
    with visit(browser, live_server.url, java_script_enabled=with_script) as john:
        page = john.page
        john.go(link_to(marlow, marlow.john.address))
        expect(page.locator("main")).to_contain_text("A hot pizza on the house, by Friday 5 June, 11:00")
        tab_to(page, "#say")
        page.keyboard.type("The second one was cold too.")
        tab_to(page, "button[name=solved][value=no]")
        page.keyboard.press("Enter")
        expect(page.locator(".word").last).to_contain_text("The second one was cold too.")
        johns.refresh_from_db()
        assert (johns.is_open, johns.noes) == (True, 1)
        tab_to(page, "button[name=solved][value=yes]")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="You said that it is solved.")).to_be_visible()
    johns.refresh_from_db()
    assert johns.outcome == "white"


def test_yes_and_no_are_equally_large(browser, marlow, johns, live_server, at_their_time):
    for width in WIDTHS:
        with visit(browser, live_server.url, viewport={"width": width, "height": 900}) as john:
            john.go(link_to(marlow, marlow.john.address))
            yes, no = (john.page.locator(f"button[name=solved][value={said}]").bounding_box() for said in ("yes", "no"))
            assert (yes["width"], yes["height"]) == (no["width"], no["height"])


@contextmanager
def another_site(page: str) -> Iterator[str]:
    """A site of somebody else, with this one page."""

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_said: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Shop) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_the_form_works_inside_another_sites_page(browser, marlow, live_server, at_their_time):
    framed = f'<iframe title="Write" width=700 height=1500 src="{live_server.url}/to/contact"></iframe>'
    with another_site(framed) as shop:
        context = browser.new_context()
        page = context.new_page()
        page.goto(shop)
        inside = page.frame_locator("iframe")
        inside.locator("#id_message").fill("Cold again.")
        inside.get_by_role("button", name="Send it").click()
        expect(inside.get_by_role("heading", level=1)).to_have_text("We have your words.")
        inside.get_by_role("link", name="See how it stands, at any time").click()
        page.wait_for_url(f"{live_server.url}/c/*")
        assert context.cookies() == []
        context.close()


def test_no_page_has_a_fault_that_axe_can_find(browser, marlow, johns, live_server, at_their_time):
    """Every width, light and dark, nothing wider than the screen."""
    House.objects.update(audit_is_public=True)
    marlow.mary.mails("Where are my boxes?", subject="16 boxes", is_proven=True)
    marlow.works()
    paths = ["/", "/to/contact", "/audit", "/nothing", "/sign-in", link_to(marlow, marlow.john.address)]
    paths.append(f"/sign-in/link/{make_sign_in_link(marlow.ines, now=marlow.clock.now)}")
    found: list[str] = []
    for path in paths:
        with visited(browser, live_server.url) as page:
            page.goto(live_server.url + path)
            found += faults(page, path)
    with visited(browser, live_server.url) as page:
        page.goto(live_server.url + "/to/contact")
        page.get_by_role("button", name="Send it").click()
        found += faults(page, "a mistake")
        page.locator("#id_message").fill("Cold again.")
        page.get_by_role("button", name="Send it").click()
        found += faults(page, "thanks")
        page.get_by_role("link", name="See how it stands, at any time").click()
        found += faults(page, "receipt")
    marlow.clock.forward(days=2)
    with time_machine.travel(marlow.clock.now, tick=True), visited(browser, live_server.url) as page:
        page.goto(live_server.url + link_to(marlow, marlow.mary.address))
        expect(page.locator(".note-late")).to_be_visible()
        found += faults(page, "late")
        page.locator("summary").click()
        page.get_by_role("button", name="I leave you").click()
        found += faults(page, "left")
    assert found == []


@contextmanager
def visited(browser: Browser, host: str) -> Iterator[Page]:
    """Like `visit`, for pages that may set the cookie of the sign-in form."""
    context = browser.new_context(reduced_motion="reduce")  # a colour on its way from light to dark has no contrast to measure
    watched = Watched(context.new_page(), host)
    watched.watch()
    yield watched.page
    assert [trouble for trouble in watched.troubles if "the server responded with a status of 4" not in trouble] == []
    context.close()


IS_TOO_WIDE = """() => new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(
    () => seen(document.documentElement.scrollWidth > innerWidth))))"""
"""Asked when the page has been laid out for its new width."""


def faults(page: Page, where: str) -> list[str]:
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate(IS_TOO_WIDE):
            found.append(f"{where} at {width}: wider than the screen")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            for broken in Axe().run(page, options=RULES).response["violations"]:
                found.append(f"{where} at {width}, {scheme}: {broken['id']} {[node['html'][:120] for node in broken['nodes']]}")
    return found
