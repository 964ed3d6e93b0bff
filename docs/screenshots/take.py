"""The pictures in the README: Chromium looks at a sample house that is started for this and gone afterwards.

.venv/bin/python docs/screenshots/take.py        (the development requirements, and Debian's chromium)
"""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
WIDE = {"width": 1360, "height": 980}
LINK = re.compile(r"http://\S+/sign-in/link/\S+")
ON_ONE_MATTER = "Mary Whitcombe"
"""Whose case is shown: a form, a mail, a letter and a call about one thing."""


def main() -> int:
    """inbox, case and pulse, light and dark, lie beside this file."""
    running = nullcontext(sys.argv[1]) if sys.argv[1:] else _sample_house()
    with running as link, sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        base = link.partition("/sign-in/")[0]
        signed_in = _sign_in(chromium.new_page(), link)
        for scheme, ending in (("light", ""), ("dark", "-dark")):
            page = chromium.new_context(viewport=WIDE, color_scheme=scheme, storage_state=signed_in).new_page()
            page.goto(f"{base}/desk/")
            _picture(page, f"inbox{ending}.png")
            path = _path_of_the_case(page)
            page.goto(f"{base}{path}")
            page.wait_for_load_state("networkidle")  # the page says by itself that it was opened
            page.goto(f"{base}{path}")
            _picture(page, f"case{ending}.png")
            page.goto(f"{base}/desk/pulse")
            _picture(page, f"pulse{ending}.png")
        chromium.close()
    return 0


@contextmanager
def _sample_house() -> Iterator[str]:
    """Its sign-in link, for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="kept-pictures-") as folder:
        command = [ROOT / "kept", "demo", "--port", str(_free_port()), "--data", folder]
        house = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            yield _first_link(house)
        finally:
            house.send_signal(signal.SIGTERM)
            house.wait(timeout=10)


def _first_link(house: subprocess.Popen[str]) -> str:
    for line in house.stdout or ():
        if found := LINK.search(line):
            return found[0]
    sys.exit("The sample house did not say how to get in.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _sign_in(page: Page, link: str) -> object:
    """Cookies of somebody who has pressed the button behind the link."""
    page.goto(link)
    page.locator("button.btn-main").click()
    page.wait_for_url(lambda url: "/link/" not in url, wait_until="commit")
    return page.context.storage_state()


def _path_of_the_case(page: Page) -> str:
    rows = page.locator("[data-rowbox]").filter(has=page.locator('a[href^="/desk/cases/"]'))
    wanted = rows.filter(has_text=ON_ONE_MATTER)
    row = (wanted if wanted.count() else rows).first
    return str(row.locator('a[href^="/desk/cases/"]').first.get_attribute("href"))


def _picture(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=HERE / name)
    print(HERE / name)


if __name__ == "__main__":
    sys.exit(main())
