"""Essay 000: not only revenue, growth, retention, NPS, CSAT, response times, social support, but the people behind each."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.test import Client

from kept.numbers.importing import take_months
from kept.numbers.reading_months import read_months
from kept.outcomes.hearing import hear
from kept.surveys.tests.asking import a_survey, gives

OF_THE_ESSAY = {
    "revenue": "What customers were worth",
    "growth": "Customers with us in the newest month",
    "retention": "the share that still is in its newest",
    "nps": "The share of 9 and 10 less the share of 0 to 6",
    "csat": "The share of 4 and 5 on five steps",
    "first_answer": "From their first word to the first answer of a person",
    "in_public": "The share of public posts that needed an answer",
    "likely_told": "So many for each customer whose last matter ended happy",
}


@pytest.fixture
def lived(marlow):
    """John was white and Mary black; both paid us in May, only John still does; Samir wrote where everybody can read it."""
    for who, said, words in (
        (marlow.john, "yes", "My pizza came cold."),
        (marlow.mary, "unsolved", "The toner leaks, for the fourth time."),
    ):
        case = who.mails(words, is_proven=True)
        marlow.answers(case, "I am sorry.")
        case.refresh_from_db()
        hear(case, said, now=marlow.clock.now)
        for measure, score in (("nps", 9), ("csat", 2)):
            gives(a_survey(measure), score, customer=case.customer, words=words, consent="name", at=marlow.clock.now)
    marlow.samir.handle = "@samir@social.example"
    marlow.samir.is_written_down("post", "Is anybody there at Marlow?", by=marlow.priya)
    months = ["john@adeyemi.example,2026-05,20,yes", "mary.whitcombe@brightdental.example,2026-05,300,yes"]
    months += ["john@adeyemi.example,2026-06,20,yes", "mary.whitcombe@brightdental.example,2026-06,,no"]
    rows = read_months("\n".join(["email,month,value,active", *months]), now=marlow.clock.now)
    take_months(rows, by=marlow.ines, now=marlow.clock.now)
    marlow.clock.forward(days=1)
    return marlow


@pytest.mark.parametrize(("name", "definition"), OF_THE_ESSAY.items())
def test_a_leader_opens_every_figure_of_the_essay_and_reaches_a_person_in_one_click(lived, name, definition):
    browser = Client()
    browser.force_login(lived.ines)
    with time_machine.travel(lived.clock.now, tick=False):
        table = browser.get("/desk/pulse/numbers").content.decode()
        assert definition in table, "the number says exactly what it is"
        (link,) = set(re.findall(rf'href="(/desk/pulse/{name}\?)"', table))
        page = browser.get(link).content.decode()
        opened = re.search(r'<article class="story".*?</article>', page, re.S)
        assert opened is not None, "a figure that opens nobody is not shown"
        assert re.search("John Adeyemi|Mary Whitcombe|Samir Patel", opened[0])
        to_the_person = re.search(r'href="(/desk/cases/[^"]+)"', page)
        if name not in {"nps", "csat"}:
            assert to_the_person is not None
            assert browser.get(to_the_person[1]).status_code == 200
        else:
            assert "“" in opened[0], "their words, as they allowed"
