"""One page looked at from every side: three widths, light and dark, whether it scrolls sideways; loaded once for all of it."""

from __future__ import annotations

from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.counterparts.desk_browsing import ALL_RULES, COLOURS, Watched

EVERYWHERE: Final = {360: ("light",), 768: ("light",), 1440: ("light", "dark")}
RULES: Final = {"light": ALL_RULES, "dark": COLOURS}
AXE: Final = Axe().axe_script


def look_at(watched: Watched, path: str) -> list[str]:
    """What axe finds on that page, and by how much it scrolls sideways."""
    page, found = watched.page, []
    page.emulate_media(reduced_motion="reduce")
    watched.go(path)
    page.evaluate(AXE)
    for width, schemes in EVERYWHERE.items():
        page.set_viewport_size({"width": width, "height": 900})
        found += _beyond(page, f"{path} at {width} px")
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found += [f"{path} at {width} px, {scheme}: {one}" for one in _violations(page, RULES[scheme])]
    return found


def look_without_script(watched: Watched, path: str) -> list[str]:
    """Whether its heading is there, and by how much it scrolls sideways; axe is a script itself."""
    watched.go(path)
    found = _beyond(watched.page, f"{path} without script")
    return found if watched.page.locator("h1:visible").count() else [*found, f"{path} without script has no heading"]


def _beyond(page: Page, name: str) -> list[str]:
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{name} scrolls sideways by {beyond} px"] if beyond > 0 else []


def _violations(page: Page, rules: object) -> list[str]:
    answer = page.evaluate("rules => axe.run(document, rules)", rules)
    return [
        f"{one['id']}: {one['help']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in answer["violations"]
        for node in one["nodes"]
    ]
