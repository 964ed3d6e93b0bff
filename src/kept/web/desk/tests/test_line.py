"""A matter that was forgotten for months is read on one screen: what happens again and again stands once."""

from __future__ import annotations

import re

import pytest

from kept.timeline.happenings import Happened
from kept.timeline.models import Event
from kept.timeline.recording import record

ONCE = r"Still nothing\. Ines Duarte was told on each of (\d+) working days, last on (\w+ \d+ \w+)\."


@pytest.fixture
def case(marlow):
    return marlow.mary.mails("Where are the other sixteen boxes?", subject="16 boxes", is_proven=True)


@pytest.fixture
def priya(marlow, seat):
    return seat(marlow.priya)


def line_on(case, seat) -> str:
    page = seat.sees(f"/desk/cases/{case.public_id}")
    return page[page.index('<ol class="tl"') : page.index("</ol>", page.index('<ol class="tl"'))]


def case_events(case):
    return list(Event.objects.filter(about=case.about, kind=Happened.CLIMBED).order_by("id"))


def forgotten(marlow, *, days: int) -> None:
    for _day in range(days):
        marlow.clock.forward(days=1)
        marlow.works()


def test_weeks_of_silence_are_one_line_that_says_how_many_working_days(marlow, case, priya):
    forgotten(marlow, days=30)
    line = line_on(case, priya)
    climbed = [event.at for event in case_events(case) if event.facts["level"] >= 200]
    ((days, last),) = re.findall(ONCE, line)
    assert int(days) == len({at.date() for at in climbed}) > 15
    assert last == f"{climbed[-1]:%A} {climbed[-1].day} {climbed[-1]:%B}"
    assert line.count('class="tl-day"') <= 6


def test_a_word_of_ours_between_begins_another_line(marlow, case, priya):
    forgotten(marlow, days=10)
    marlow.answers(case, "Hello Mary,\n\nI am on it.\n\nPriya Nair", kind="sign_of_life")
    forgotten(marlow, days=10)
    before, after = line_on(case, priya).split("I am on it.</p>")
    assert len(re.findall(ONCE, before)) == 1 and len(re.findall(ONCE, after)) == 1


def test_the_first_rungs_stand_each_for_itself(marlow, case, priya):
    forgotten(marlow, days=30)
    line = line_on(case, priya)
    assert line.count("The promised hour has passed. Told:") == 1


def test_mail_that_never_arrives_says_once_how_often(marlow, case, priya):
    for _try in range(4):
        record(case.about, Happened.NOT_DELIVERED, at=marlow.clock.now, address="mary@post.example", why="no such mailbox")
        marlow.clock.forward(days=1)
    line = line_on(case, priya)
    assert line.count("It did not reach mary@post.example") == 1
    assert "no such mailbox. This happened 4 times, last on Thursday 4 June." in line


def test_what_happened_once_keeps_its_hour(marlow, case, priya):
    record(case.about, Happened.NOT_DELIVERED, at=marlow.clock.now, address="mary@post.example", why="no such mailbox")
    assert re.search(r"no such mailbox</b> <time", line_on(case, priya))


def test_a_reminder_of_our_question_stands_there_as_written_by_kept_and_no_sentence_says_it_twice(marlow, case, priya):
    marlow.answers(case, "Hello Mary,\n\nWhich order was it?\n\nPriya Nair", kind="asks_back")
    forgotten(marlow, days=4)
    line = line_on(case, priya)
    assert line.count("Reminded of our question") == 1
    assert "Reminded of what we asked" not in line
    assert 'class="ack"' in line[: line.index("Reminded of our question")].rpartition("<li")[2]
