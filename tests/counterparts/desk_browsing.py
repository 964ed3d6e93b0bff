"""Marlow's desk in Debian's Chromium: a few matters to look at, somebody signed in, and what went wrong on the way noted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request

from kept.accounts.opening import account_of_kind
from kept.cases.models import Case
from kept.demo.cast import CustomerOfMarlow, Marlow
from kept.intake.accepting import accept_here
from kept.intake.models import ArrivalState
from kept.people.models import Employee

CHROMIUM = "/usr/bin/chromium"
ALL_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, "resultTypes": ["violations"]}
"""All that can change between light and dark: tokens-dark.css gives the same names other colours and nothing else."""


def launch(playwright: Playwright) -> Browser:
    """Debian's own browser, without a window."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])


@dataclass
class Watched:
    """A page, and everything that no page of ours may do: errors in the console, words to another host."""

    page: Page
    host: str
    troubles: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on("console", lambda line: self.troubles.append(line.text) if line.type in {"error", "warning"} else None)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("request", self._note)

    def _note(self, request: Request) -> None:
        if not request.url.startswith((self.host, "data:")):
            self.troubles.append(f"asked {request.url}")

    def go(self, path: str) -> None:
        self.page.goto(f"{self.host}{path}")


@contextmanager
def signed_in(browser: Browser, host: str, who: Employee, **options: object) -> Iterator[Watched]:
    """`who` at the desk; `options` are the browser's: viewport, color_scheme, java_script_enabled."""
    context: BrowserContext = browser.new_context(**options)  # type: ignore[arg-type]
    client = Client()
    client.force_login(who)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": host}])
    watched = Watched(context.new_page(), host)
    watched.watch()
    try:
        yield watched
    finally:
        context.close()


@contextmanager
def stranger(browser: Browser, host: str, **options: object) -> Iterator[Watched]:
    """Somebody without an account."""
    context: BrowserContext = browser.new_context(**options)  # type: ignore[arg-type]
    watched = Watched(context.new_page(), host)
    watched.watch()
    try:
        yield watched
    finally:
        context.close()


def marys_matter(marlow: Marlow) -> Case:
    """Form, a call, mails and a letter over eleven days; one answer long past its hour, one promise broken."""
    case = marlow.mary.fills_in_the_form(
        "I ordered forty boxes of A4 for our training week. Twenty-four arrived and I was charged for forty. "
        "Will you send the other sixteen, or refund me? I need to know before the 12th.",
        wish="The sixteen boxes, or my money.",
    )
    marlow.clock.forward(hours=1)
    marlow.answers(case, "Hello Mary,\n\nI am on it.\n\nPriya Nair", by=marlow.priya, kind="sign_of_life")
    marlow.clock.forward(days=7)
    marlow.works()
    marlow.mary.answers_our_mail("Thank you for finding me. Can I have a corrected invoice? My accountant asks every day.")
    marlow.clock.forward(days=1)
    marlow.works()
    from kept.cases.minding import note

    note(case, "She rang the shop because she was passing. Kind, tired.", by=marlow.ines, now=marlow.clock.now)
    marlow.clock.forward(days=1)
    marlow.works()
    marlow.mary.mails("This is my fifth try. Whom do I ring if it happens again?", subject="Re: A4", headers="")
    case.refresh_from_db()
    return case


def others(marlow: Marlow) -> None:
    """A few more who wait, each by another medium."""
    marlow.harold.is_written_down(
        "letter", "I am eighty-one and I stood for thirty-five minutes. A chair is all I ask.", by=marlow.priya,
        at=marlow.clock.now - timedelta(days=2),
    )  # fmt: skip
    marlow.samir.is_written_down(
        "phone", "Which bases have sesame? My daughter is allergic. Please ring before lunch.", by=marlow.ines
    )
    marlow.john.mails("Cold again. I would quite like somebody to tell me why.", subject="Third cold pizza in five weeks")
    marlow.clock.forward(minutes=35)
    marlow.grace.mails("Are you open on Saturday? And is the laminator working again?", subject="Open on Saturday?")
    marlow.works()


def unproven(marlow: Marlow) -> None:
    """Somebody answers a mail that Mary got, and something came by a door with a wrong signature."""
    signed = next(mail for mail in marlow.post if mail.to.value == marlow.mary.address).reply_to
    CustomerOfMarlow(marlow, "Ada Whitcombe", "ada@whitcombe.example").mails("I pay for those boxes.", to=signed)
    door = account_of_kind("program", now=marlow.clock.now)
    forged = {"forged": "The signature does not fit."}
    accept_here(door, b"{}", forged, key="", reached_us_at=marlow.clock.now, state=ArrivalState.QUARANTINED)


def troubles_on(watched: Watched, path: str) -> list[str]:
    """What axe finds on that page, and whether it scrolls sideways."""
    watched.go(path)
    beyond = watched.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return axe(watched.page, path) + ([f"{path} scrolls sideways by {beyond} px"] if beyond > 0 else [])


def axe(page: Page, name: str) -> list[str]:
    """What axe finds on the page as it stands, in light and dark."""
    found = []
    page.emulate_media(reduced_motion="reduce")
    for scheme, rules in (("dark", COLOURS), ("light", ALL_RULES)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for one in Axe().run(page, options=rules).response["violations"]:
            places = [f"{node['html'][:160]} {node['failureSummary'][:200]}" for node in one["nodes"]]
            found += [f"{name}, {scheme}: {one['id']}: {one['help']}: {place}" for place in places]
    return found
