"""The Pulse: a leader opens every figure and reaches a person in one click; a figure that opens nobody is not shown."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kept.cases.models import Case
from kept.numbers.catalogue import CATALOGUE
from kept.numbers.models import CustomerMonth
from kept.outcomes.hearing import hear
from kept.people.models import Employee, Team
from kept.places.models import Place
from kept.surveys.tests.asking import a_survey, gives


def ended(marlow, who, said="yes", text="My pizza came cold."):
    case = who.mails(text, is_proven=True)
    marlow.answers(case, "I am sorry.")
    case.refresh_from_db()
    hear(case, said, now=marlow.clock.now)
    return case


def links(page, name):
    return [found.replace("&amp;", "&") for found in re.findall(rf'href="(/desk/pulse/{name}(?:\?[^"]*)?)"', page)]


def test_a_house_without_anybody_shows_no_figure(marlow, seat):
    page = seat(marlow.ines).sees("/desk/pulse")
    assert "Nobody stands behind any number yet" in page and 'class="big"' not in page


def test_the_sentence_says_the_worst_and_its_people_stand_beside_it(marlow, seat):
    ended(marlow, marlow.john)
    ended(marlow, marlow.mary, "unsolved", "It is only toner. But it was the fourth time.")
    page = seat(marlow.ines).sees("/desk/pulse")
    assert "1 of 2 matters that ended did so with the customer’s own yes." in page
    assert "<b>One matter ended badly.</b>" in page
    assert "It is only toner." in page and "Mary Whitcombe" in page


def test_every_figure_of_the_table_opens_the_people_it_counts_in_one_click(marlow, seat):
    case = ended(marlow, marlow.john)
    marlow.mary.is_written_down("phone", "Where is the toner?", by=marlow.priya)
    gives(a_survey(), 9, words="Lovely.", consent="name", at=marlow.clock.now)
    marlow.clock.forward(days=9)
    page = seat(marlow.ines).sees("/desk/pulse/numbers")
    names = set(re.findall(r'href="/desk/pulse/(\w+)\?"', page)) - {"numbers"}
    assert {"ends", "nps", "first_answer", "calls", "first_contact", "likely_told", "failure_demand", "promises"} <= names
    for name in names:
        (told,) = re.findall(rf'href="/desk/pulse/{name}\?">(\d+)</a></td>', page)
        opened = seat(marlow.ines).sees(f"/desk/pulse/{name}")
        assert opened.count('<article class="story"') == min(int(told), 20), name
    assert f"/desk/cases/{case.public_id}" in seat(marlow.ines).sees("/desk/pulse/ends")


def test_each_part_opens_its_own_people(marlow, seat):
    ended(marlow, marlow.john)
    black = ended(marlow, marlow.mary, "unsolved", "The toner leaks.")
    page = seat(marlow.priya).sees("/desk/pulse/ends?part=black")
    assert page.count('<article class="story"') == 1 and f"/desk/cases/{black.public_id}" in page


def test_a_column_and_a_band_open_whom_they_draw(marlow, seat):
    ended(marlow, marlow.john)
    page = seat(marlow.ines).sees("/desk/pulse")
    column = next(one for one in links(page, "ends") if "since=2026-06-01" in one)
    assert seat(marlow.ines).sees(column).count('<article class="story"') == 1
    assert "Nobody stands behind this" in seat(marlow.ines).sees("/desk/pulse/ends?since=2026-05-01&until=2026-05-07")
    bands = [one for one in links(page, "first_answer") if "band=" in one]
    assert [seat(marlow.ines).sees(one).count('<article class="story"') for one in bands] == [1, 0, 0, 0, 0, 0, 0, 0]


def test_many_people_come_twenty_at_a_time_and_none_twice(marlow, seat):
    survey, seen = a_survey(), []
    for number in range(43):
        gives(survey, 9, words=f"word {number}.", consent="anon", at=marlow.clock.now)
    address = "/desk/pulse/nps"
    while address:
        page = seat(marlow.ines).sees(address)
        seen += re.findall(r"“(word \d+)\.”", page)
        more = re.search(r'<a href="([^"]+)">Show the ones before', page)
        address = f"/desk/pulse/nps{more[1].replace('&amp;', '&')}" if more else ""
    assert len(seen) == 43 == len(set(seen))


def test_words_kept_for_one_are_kept_here_too(marlow, seat):
    marlow.hires_the_others()
    gives(a_survey(), 2, words="Ben was rude.", consent="one", at=marlow.clock.now, owner=marlow.priya)
    assert "Ben was rude." not in seat(marlow.ben).sees("/desk/pulse/nps")
    assert "Ben was rude." not in seat(marlow.ben).opens("/desk/pulse/nps.csv").getvalue().decode()
    assert "Ben was rude." in seat(marlow.priya).sees("/desk/pulse/nps")


def test_below_thirty_a_score_is_people_only(marlow, seat):
    survey = a_survey()
    for _one in range(29):
        gives(survey, 10, at=marlow.clock.now)
    assert "+100" not in seat(marlow.ines).sees("/desk/pulse")
    gives(survey, 10, at=marlow.clock.now)
    assert ">+100</a>" in seat(marlow.ines).sees("/desk/pulse")


def test_figure_and_people_leave_together_and_no_cell_is_a_formula(marlow, seat):
    ended(marlow, marlow.john, text="=HYPERLINK(0) My pizza came cold.")
    told = seat(marlow.ines).opens("/desk/pulse/ends.csv")
    rows = list(csv.reader(io.StringIO(told.getvalue().decode("utf-8-sig"))))
    assert rows[0][0] == "Ended happy" and ["People", "1"] in rows
    last = rows[-1]
    assert last[0] == "John Adeyemi" and last[2] == "happy" and last[4].startswith("'=HYPERLINK")


def test_in_print_figure_and_people_stand_on_one_page(marlow, seat):
    ended(marlow, marlow.john)
    page = seat(marlow.ines).sees("/desk/pulse/ends?print=1")
    assert "The share of matters that ended" in page and "John Adeyemi" in page


def test_a_place_with_its_parts_narrows_the_page(marlow, seat):
    region = Place.objects.create(name="Harbour")
    kitchen = Place.objects.create(name="Quay Street", parent=region)
    case = ended(marlow, marlow.john)
    Case.objects.filter(pk=case.pk).update(place=kitchen)
    ended(marlow, marlow.mary, text="The toner leaks.")
    page = seat(marlow.ines).sees(f"/desk/pulse/ends?place={region.pk}")
    assert page.count('<article class="story"') == 1 and "John Adeyemi" in page


def test_a_team_of_four_is_nobodys_to_look_at_but_its_managers(marlow, seat):
    team = Team.objects.create(name="Front", manager=marlow.priya)
    for number in range(4):
        Employee.objects.create(name=f"One {number}", email=f"one{number}@marlow.example", team=team)
    assert seat(marlow.ines).opens(f"/desk/pulse?team={team.pk}").status_code == 404
    assert seat(marlow.priya).opens(f"/desk/pulse?team={team.pk}").status_code == 200
    Employee.objects.create(name="One 5", email="one5@marlow.example", team=team)
    assert seat(marlow.ines).opens(f"/desk/pulse?team={team.pk}").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "?time=9",
        "?place=7",
        "?medium=pigeon",
        "/ends?since=x&until=y",
        "/ends?band=99",
        "/ends?after=x",
        "/profit",
        "/ends?since=1&until=9999-12-31",
    ],
)
def test_what_there_is_not_is_not_found(marlow, seat, address):
    assert seat(marlow.ines).opens(f"/desk/pulse{address}").status_code == 404


def test_the_pages_ask_few_questions_however_many_there_are(marlow, seat):
    for who in (marlow.john, marlow.mary, marlow.grace):
        ended(marlow, who, "unsolved")
    gives(a_survey(), 9, at=marlow.clock.now)
    priya = seat(marlow.priya)
    for address in ("/desk/pulse", "/desk/pulse/ends", "/desk/pulse/first_answer"):
        with CaptureQueriesContext(connection) as asked:
            priya.sees(address)
        assert len(asked) <= 14, (address, [one["sql"][:90] for one in asked])


def test_what_moved_with_what_is_too_few_to_say_here(marlow, seat):
    case = ended(marlow, marlow.john)
    day = marlow.clock.now.date().replace(day=1)
    CustomerMonth.objects.create(customer=case.customer, month_on=day, value="12.50", currency="GBP")
    marlow.clock.forward(weeks=2)
    page = seat(marlow.ines).sees("/desk/pulse/numbers")
    assert "Too few to say" in page and "12.5" in page
    assert timedelta(0) < marlow.clock.now - case.opened_at
    assert len(CATALOGUE) > 20
