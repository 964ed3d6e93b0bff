"""The ways people took, as everybody who works here sees them: figures that open onto people."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree

import pytest

from kept.journeys.mining import mine_ways
from kept.outcomes.hearing import hear
from kept.timeline.sealing import seal


@pytest.fixture
def ways(marlow):
    """John was answered and is happy; Mary had to ask again and left; Grace waits."""
    happy = marlow.john.fills_in_the_form("Do you have pens that write upside down?")
    marlow.answers(happy, "Yes, at the counter.")
    hear(happy, "yes", now=marlow.clock.forward(hours=1))
    marlow.mary.mails("Sixteen boxes never came.", subject="Boxes", is_proven=True)
    marlow.clock.forward(hours=3)
    again = marlow.mary.mails("Where are they?", subject="Boxes", is_proven=True)
    marlow.answers(again, "They leave today.")
    hear(again, "unsolved", now=marlow.clock.forward(hours=1))
    marlow.grace.fills_in_the_form("Is the oven on?")
    seal()
    mine_ways(marlow.clock.now)
    return marlow


@pytest.mark.django_db
def test_one_sentence_comes_first_and_then_the_flow(ways, seat):
    page = seat(ways.priya).sees("/desk/journeys")
    assert "What 3 people went through" in page
    assert "One had to ask again; one of them ended badly" in page
    assert 'class="flow flow-bad"' in page
    assert "style=" not in page


@pytest.mark.django_db
def test_every_stream_opens_exactly_its_people(ways, seat):
    priya = seat(ways.priya)
    page = priya.sees("/desk/journeys")
    streams = re.findall(r'<a href="(/desk/journeys/people[^"]*)"><path[^>]*><title>[^<]*: (\d+)</title>', page)
    assert len(streams) == 6
    for address, count in streams:
        assert priya.sees(unescape(address)).count('<article class="story"') == int(count)


@pytest.mark.django_db
def test_who_had_to_ask_again_is_read_in_their_own_words(ways, seat):
    people = seat(ways.priya).sees("/desk/journeys/people?began=email&went=again&end=black")
    assert "Sixteen boxes never came." in people
    assert "Mary" in people
    assert "pens" not in people


@pytest.mark.django_db
def test_the_table_says_the_same_as_the_picture(ways, seat):
    page = seat(ways.priya).sees("/desk/journeys")
    table = page[page.index("The same as a table") :]
    assert re.search(r'<th scope="row">Form</th><td class="r"><a href="[^"]*began=form">2</a>', table)


@pytest.mark.django_db
def test_an_older_address_that_says_nonsense_shows_everybody(ways, seat):
    assert seat(ways.priya).sees("/desk/journeys/people?after=rubbish&went=there").count("<article") == 1
    assert "What 3 people" in seat(ways.priya).sees("/desk/journeys?place=x")


@pytest.mark.django_db
def test_the_log_is_for_managers_and_comes_in_two_forms(ways, seat):
    assert seat(ways.priya).opens("/desk/journeys/log/csv").status_code == 403
    rows = seat(ways.ines).opens("/desk/journeys/log/csv").getvalue().decode().splitlines()
    assert rows[0] == "case,activity,time,medium"
    assert seat(ways.ines).opens("/desk/journeys/log/xes").getvalue().startswith(b"<?xml")
    assert seat(ways.ines).opens("/desk/journeys/log/doc").status_code == 404


@pytest.mark.django_db
def test_the_page_asks_few_questions_however_many_came(ways, seat, django_assert_max_num_queries):
    priya = seat(ways.priya)
    priya.opens("/desk/journeys")
    with django_assert_max_num_queries(12):
        priya.opens("/desk/journeys")


@pytest.mark.django_db
def test_the_flow_can_be_taken_away_as_a_picture_of_the_same_people(ways, seat):
    priya = seat(ways.priya)
    drawn = priya.opens("/desk/journeys/flow/svg").content.decode()
    root = ElementTree.fromstring(drawn)
    says = ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"2 Form", "1 E-mail", "1 Had to ask again", "1 Solved, they said so", "1 Still open", "1 Ended badly"} <= set(says)
    bands = [title.text for title in root.iter("{http://www.w3.org/2000/svg}title")][1:]
    assert "Form → Answered where they asked: 1" in bands
    assert "Mary" not in drawn
    picture = priya.opens("/desk/journeys/flow/png")
    assert (picture["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert priya.opens("/desk/journeys/flow/csv").status_code == 404


@pytest.mark.django_db
def test_an_empty_flow_is_still_a_picture(marlow, seat):
    assert seat(marlow.priya).opens("/desk/journeys/flow/png").content[:4] == b"\x89PNG"
