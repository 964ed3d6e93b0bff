"""John presses 2 and ticks "ring me". Somebody by name has it and says by when; three weeks of silence are impossible."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from kept.people.models import Employee
from kept.places.placing import add_touchpoint
from kept.surveys.models import Occasion
from kept.surveys.setting_up import Plan, open_survey, set_up, usual_plan

pytestmark = pytest.mark.django_db(transaction=True)
COLD = "Cold again. Third time in five weeks. I would quite like somebody to tell me why."
NUMBER = "+44 7700 900461"


class John:
    """In his browser, at Marlow's own time."""

    def __init__(self, marlow: Any, story: Any) -> None:
        self.marlow, self.story, self.client = marlow, story, Client()

    def _at_this_moment(self, click: Any) -> Any:
        with time_machine.travel(self.marlow.clock.now, tick=False):
            return click()

    def opens(self, path: str) -> str:
        page = self._at_this_moment(lambda: self.client.get(path))
        assert page.status_code == 200
        self.hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))
        return page.content.decode()

    def reads(self, path: str) -> str:
        return " ".join(re.sub(r"<[^>]+>", " ", self.opens(path)).split())

    def sends(self, path: str, **fields: str) -> str:
        """Returns where it leads."""
        sent = self._at_this_moment(lambda: self.client.post(path, {**self.hidden, **fields}))
        assert sent.status_code == 303
        return str(sent["Location"])

    def link(self) -> str:
        """The one in the last mail that asks him."""
        asking = next(mail.text for mail in reversed(self.marlow.post) if "/s/" in mail.text and mail.to.value == self.address)
        return re.findall(r"/s/[a-z0-9]+", asking)[0]

    @property
    def address(self) -> str:
        return str(self.marlow.john.address)


@pytest.fixture
def john(marlow, story) -> John:
    """His pizza was delivered, and two hours later he was asked how it was."""
    marlow.hires_the_others()
    Employee.objects.filter(pk=marlow.dana.pk).update(follow_ups_a_week=20)
    marlow.dana.refresh_from_db()
    moment = marlow.clock.now
    delivery = add_touchpoint("Delivery", key="delivered", manager=marlow.tom, by=marlow.ines, now=moment)
    usual = usual_plan("nps", name="How was the delivery?", people=[marlow.dana])
    plan = Plan(usual.name, usual.measure, Occasion.TOUCHPOINT, usual.wording, usual.people, touchpoint=delivery, line=usual.line)
    open_survey(set_up(plan, by=marlow.ines, now=moment), by=marlow.ines, now=moment)
    met = {
        "customer": {"name": "John Adeyemi", "identities": [["email", marlow.john.address]]},
        "event_id": "order-4711",
        "at": moment.isoformat(),
        "about": "your order on Monday",
    }
    assert story.api("/touchpoints/delivered/events", met)["state"] == "waiting"
    story.goes_by(hours=3, step=timedelta(minutes=15))
    return John(marlow, story)


def presses_two(john: John) -> str:
    """He says why, and that he wants to be rung. Returns the page that thanks him."""
    page = john.reads(f"{john.link()}?score=2")
    assert "2 out of 10. Thank you for saying so, John." in page
    assert "If you say yes, it is Dana Okafor (runs the Quay Street kitchen), by tomorrow, " in page
    return john.reads(john.sends(john.link(), score="2", why=COLD, contact="phone", phone=NUMBER))


def hour_in(page: str) -> str:
    return re.findall(r"Dana Okafor will ring you by ([A-Z]\w+ \d+ \w+, \d\d:\d\d)\.", page)[0]


def test_he_is_told_who_rings_and_by_when_and_it_is_so(john, marlow, story):
    thanks = presses_two(john)
    assert "Then Ines Duarte is told that minute." in thanks
    case = story.case
    assert (case["owner"]["name"], case["repeats"]) == ("Dana Okafor", 3)
    story.goes_by(minutes=1)
    assert f"You hear from me by {hour_in(thanks)}." in story.mails_to(john.address)[-1]
    assert any("John Adeyemi gave 2 of 10" in mail for mail in story.mails_to(marlow.tom.email)), "who leads the delivery sees it"
    audit = story.audit
    assert (audit["received"], audit["waiting_in_time"]) == (1, 1)


def test_opening_the_link_with_every_number_has_answered_nothing(john, story):
    for score in range(11):
        john.opens(f"{john.link()}?score={score}")
    assert story.audit["received"] == 0
    assert story.api("/surveys")["items"][0]["name"] == "How was the delivery?"


def test_three_weeks_of_silence_are_impossible(john, marlow, story):
    presses_two(john)
    story.goes_by(hours=30, step=timedelta(hours=1))
    story.goes_by(days=20)
    climbed = story.happened("climbed")
    assert [rung["facts"]["level"] for rung in climbed][:4] == [80, 100, 150, 200]
    assert len(climbed) > 10, "then the head of the house hears of it every working day"
    assert all(rung["facts"]["told"] for rung in climbed), "somebody saw each"
    named = next(rung for rung in climbed if rung["facts"]["level"] == 100)
    assert "Ines Duarte" in named["facts"]["told"]
    assert any(COLD[:40] in mail for mail in story.mails_to(marlow.ines.email))
    page = story.reads_their_page(marlow.john)
    assert "You should have heard from Dana Okafor by" in page
    assert story.audit["waiting_late"] == 1


def test_he_is_rung_says_yes_and_is_asked_again_once(john, marlow, story):
    presses_two(john)
    story.goes_by(hours=1)
    story.we_write("I rang John: the zip of the bag was broken, it is mended, and a hot pizza is on its way.", medium="phone")
    assert story.case["silent_since"] is None
    assert "You have had our answer, John." in john.reads(john.link())

    story.goes_by(days=5)
    story.presses(marlow.john, solved="yes")
    assert (story.case["state"], story.case["outcome"]) == ("ended", "white")
    page = story._at_this_moment(lambda: john.client.get(story._link_of(marlow.john))).content.decode()
    assert "How likely are you to recommend us to a friend?" in page, "the question that it began with, where he said yes"
    action, token = re.findall(r'action="(/s/[a-z0-9]+)".*?name="form_token" value="([a-z0-9]+)"', " ".join(page.split()))[0]
    john.hidden = {"form_token": token}
    assert "We have your answer, John." in john.reads(john.sends(action, score="9"))

    [survey] = story.api("/surveys")["items"]
    answers = story.api(f"/surveys/{survey['id']}/responses")["items"]
    assert {answer["score"] for answer in answers} >= {2}
    story.goes_by(days=10)
    asked = [mail for mail in story.mails_to(john.address) if "/s/" in mail]
    assert len(asked) == 1, "he is not asked a third time"
