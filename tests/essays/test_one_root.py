"""Eight cold pizzas, one root: the zips of the bags. It is mended by a day, all eight hear so once, and it holds.

Nobody is blamed anywhere: what stood in the way is a bag.
"""

from __future__ import annotations

import re

import pytest
import time_machine
from django.test import Client

from kept.demo.cast import CustomerOfMarlow

COLD = (
    "The pizza was cold; the bag of your rider stood open at the door.",
    "Cold again, and the zip of the bag did not close.",
    "My pizza came cold. The bag had a broken zip.",
    "It was cold when it arrived, the bag hung open because the zip is gone.",
    "A cold pizza. I saw that the zip on the bag was torn.",
    "Stone cold. The bag was not zipped.",
    "The pizza is cold, and the bag would not close, the zip is broken.",
    "Cold for the second time; the zip of that bag again.",
)
TOLD = "Your pizza came cold because our bags did not close. All twelve have new zips since today.\n\nI am sorry."


class Desk:
    """One of us at the desk, over the real pages, at the time it is there."""

    def __init__(self, house, who) -> None:
        self.house, self.client = house, Client()
        self.client.force_login(who)

    def sees(self, path: str) -> str:
        with time_machine.travel(self.house.clock.now, tick=False):
            return " ".join(self.client.get(path).content.decode().split())

    def presses(self, path: str, fields: dict[str, object]) -> None:
        with time_machine.travel(self.house.clock.now, tick=False):
            assert self.client.post(path, fields).status_code == 302


@pytest.fixture
def eight(marlow, story) -> list[str]:
    """Eight people in eight days. Returns the ids of their cases."""
    for number, words in enumerate(COLD):
        person = CustomerOfMarlow(marlow, f"{'ABCDEFGH'[number]}. Eater", f"eater{number}@customer.example")
        person.mails(words, subject="Cold pizza", is_proven=True)
        story.goes_by(days=1)
    return [case["id"] for case in story.api("/cases?sort=opened")["items"]]


def test_eight_cold_pizzas_have_one_root_that_is_mended_told_once_and_holds(marlow, story, eight):
    priya, ines = Desk(marlow, marlow.priya), Desk(marlow, marlow.ines)

    # Kept sees that they look alike, and asks; a person decides.
    assert "These look alike. Is there one root?" in ines.sees("/desk/causes")
    assert story.api("/causes")["items"] == [], "nobody has said so yet"
    page = re.search(r"/desk/causes/[0-9a-f-]{36}", ines.sees("/desk/causes"))[0]
    alike = re.findall(r'name="proposal" value="(\d+)"', ines.sees(page))
    ines.presses(f"{page}/decide", {"do": "yes", "title": "The bags do not close", "proposal": alike})

    # One key on a case: what stood in my way. It finds the same root.
    for case in eight:
        priya.presses(f"/desk/cases/{case}/cause", {"title": "the bags do not close"})
    [root] = story.api("/causes")["items"]
    assert root["people"] == 8 and root["title"] == "The bags do not close"

    # Mended by a day; one of the eight has our word to hear of it.
    day = story.in_days(5)[:10]
    ines.presses(f"{page}/promise", {"fix": "New zips on all twelve bags", "on": day})
    words = re.findall(r'action="(/desk/gathered/\d+/word)"', ines.sees(page))
    ines.presses(words[0], {})
    story.goes_by(days=3)
    tell = re.findall(r'name="tell" value="(\d+)"', ines.sees(page))
    assert len(tell) == 8
    ines.presses(f"{page}/fix", {"told_text": TOLD, "tell": tell, "do": "tell"})
    story.goes_by(minutes=2)

    # Everybody hears it once, by name, from the person who looks after them.
    news = [mail for mail in marlow.post if "new zips since today" in mail.text]
    assert sorted(mail.to.value for mail in news) == [f"eater{number}@customer.example" for number in range(8)]
    assert all(mail.text.startswith("Hello") and "Priya Nair" in mail.text and not mail.automatic for mail in news)
    told = story.api(f"/causes/{root['id']}")
    assert told["state"] == "watched" and all(one["told_at"] for one in told["cases"])
    [kept] = [one for one in story.api("/promises?state=kept")["items"] if not one["is_next_word"]]
    assert kept["state"] == "kept" and kept["kept_at"] < kept["due_at"]

    # They still wait for an answer of their own: news for all is none.
    assert all(story.api(f"/cases/{case}")["silent_since"] for case in eight)

    # Six weeks later somebody is told to look, and says what they see.
    story.goes_by(days=43)
    assert any("Did it come back?" in mail for mail in story.mails_to(marlow.ines.email))
    assert "It looks as if it held: 8 in 6 weeks before, 0 in 6 weeks since." in ines.sees(page)
    ines.presses(f"{page}/judge", {"verdict": "held", "says": "Not one cold pizza in six weeks."})
    assert story.api(f"/causes/{root['id']}")["state"] == "held"
    assert len([mail for mail in marlow.post if "new zips since today" in mail.text]) == 8
    assert story.audit["received"] == 8
