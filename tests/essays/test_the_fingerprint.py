"""Essay 004, a humbling lesson: a fingerprint on the monitor that only a customer minds, until somebody is there to see it first.

Here one of us sees it, a customer writes of it later, somebody lays the two side by side; it is mended, and whoever saw it knows.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from kept.demo.cast import Marlow
from tests.essays.telling import Story

pytestmark = pytest.mark.django_db(transaction=True)


class Seat:
    """A browser at Marlow, at the time it is there; None: nobody is signed in."""

    def __init__(self, house: Marlow, who: Any = None) -> None:
        self.house, self.client = house, Client()
        if who is not None:
            self.client.force_login(who)

    def sees(self, path: str) -> str:
        with time_machine.travel(self.house.clock.now, tick=False):
            page = self.client.get(path)
        assert page.status_code == 200, (path, page.status_code)
        return " ".join(page.content.decode().split())

    def presses(self, path: str, fields: dict[str, Any]) -> str:
        with time_machine.travel(self.house.clock.now, tick=False):
            page = self.client.post(path, fields)
        assert page.status_code in {302, 303}, (path, page.status_code, page.content.decode()[:400])
        return str(page.headers["Location"])


def test_a_fingerprint_is_seen_before_a_customer_suffers_it(marlow: Marlow, story: Story) -> None:
    marlow.hires_the_others()
    ines, tom, priya, ben = (Seat(marlow, who) for who in (marlow.ines, marlow.tom, marlow.priya, marlow.ben))
    settings = "/desk/settings"
    ines.presses(f"{settings}/places/new", {"name": "Mill Lane"})
    [place] = set(re.findall(rf"{settings}/places/(\d+)\"", ines.sees(f"{settings}/places")))
    ines.presses(f"{settings}/touchpoints/new", {"name": "The monitor", "place": place, "manager": str(marlow.tom.pk)})
    [point] = set(re.findall(rf"{settings}/touchpoints/(\d+)\"", ines.sees(f"{settings}/places")))

    # Ben stands at the counter and scans the card that hangs there. He has no desk, and needs none.
    card = re.findall(r"/seen/the-monitor\?card=[a-z0-9]+", ines.sees(f"{settings}/touchpoints/{point}/card"))[0]
    told = Seat(marlow).presses(card, {"says": "Fingerprints all over the screen. Customers look at it all day."})
    assert "Thank you. Tom Reyes sees to it." in Seat(marlow).sees(told)
    ben.presses("/desk/small-things/new", {"says": "And the frame is sticky.", "where": f"t{point}"})

    # Nobody wipes. The hour passes, and Tom and whoever leads him are told, once.
    story.goes_by(days=4)
    for somebody in (marlow.tom, marlow.ines):
        [mail] = [mail for mail in story.mails_to(somebody.email) if "the hour is over" in mail]
        assert "Fingerprints all over" in mail and "the frame is sticky" in mail

    # A week later it costs us a customer's good opinion.
    case = marlow.mary.mails("Your screen is sticky and filthy. If you do not see that, what else?", subject="Your screen")
    marlow.clock.forward(minutes=5)

    # Whoever answers Mary says that it came of the sticky frame; from then on her matter says who had seen it first.
    open_ones = tom.sees("/desk/small-things")
    [frame] = set(re.findall(r'/desk/small-things/([0-9a-f-]{36})" data-row>And the frame', open_ones))
    page, of_mary = f"/desk/small-things/{frame}", f"/desk/cases/{case.public_id}"
    priya.presses(f"{page}/before", {"case": str(case.public_id), "back": of_mary})
    assert "Somebody had seen it before" in priya.sees(of_mary)
    assert "one customer suffered it" in tom.sees(page)
    assert any("Mary Whitcombe suffers what was seen before" in mail for mail in _after(story, marlow.tom.email))

    # It is mended, and Ben, who saw it, reads the very words.
    tom.presses(f"{page}/settle", {"became": "Wiped each morning before we open; the sheet hangs behind it.", "do": "done"})
    mails = _after(story, marlow.ben.email)
    assert any("You noticed: “And the frame is sticky.”" in mail and "Wiped each morning" in mail for mail in mails)
    assert "Wiped each morning" in ben.sees(f"/desk/people/{marlow.ben.public_id}/praise")
    assert "Wiped each morning" in priya.sees(of_mary)

    # Nobody but Mary ends Mary's matter: it still waits for its answer.
    assert story.case["silent_since"] and story.audit["received"] == 1


def _after(story: Story, address: str) -> list[str]:
    story.goes_by(minutes=1)
    return story.mails_to(address)
