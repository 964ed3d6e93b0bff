"""The score page: how sure we are, who stands behind each number, who was not asked; words only for whom they were meant."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kept.demo.cast import MONDAY
from kept.people.models import Employee, Team
from kept.places.models import Place, Touchpoint
from kept.surveys.models import Invitation
from kept.surveys.tallying import count_who_was_asked
from kept.surveys.tests.asking import a_survey, a_version, gives, somebody


@pytest.fixture
def survey(marlow):
    survey = a_survey()
    survey.opened_at = MONDAY
    survey.save()
    marlow.hires_the_others()
    return survey


def many(survey, histogram, **more):
    return [gives(survey, score, **more) for score, people in histogram.items() for _one in range(people)]


def page_of(seat, who, survey, query=""):
    return seat(who).sees(f"/desk/surveys/{survey.public_id}/scores{query}")


def people_of(seat, who, survey, query=""):
    return seat(who).sees(f"/desk/surveys/{survey.public_id}/people{query}")


def link(page, pattern):
    """The address of the first link that looks like this."""
    found = re.search(pattern, page)
    assert found, pattern
    return found[1].replace("&amp;", "&")


def test_thirty_people_are_a_score_with_how_sure_it_is(marlow, seat, survey):
    many(survey, {10: 20, 8: 5, 3: 5})
    page = page_of(seat, marlow.priya, survey)
    assert "30 people answered" in page
    assert ">+50</a>" in page and "between +19 and +72" in page


def test_twenty_nine_people_are_people(marlow, seat, survey):
    many(survey, {10: 29})
    page = page_of(seat, marlow.priya, survey)
    assert "+100" not in page and "people so far; from 30 on there is a score" in page


def test_each_number_opens_the_people_who_gave_it(marlow, seat, survey):
    many(survey, {10: 3})
    gives(survey, 2, words="Cold again.", consent="name", customer=somebody())
    page = page_of(seat, marlow.priya, survey)
    found = seat(marlow.priya).sees(link(page, r'href="([^"]+score=2)"'))
    assert "“Cold again.”" in found and "John Adeyemi" in found and "Whoever gave a 2" in found


def test_a_number_nobody_gave_opens_nobody(marlow, seat, survey):
    gives(survey, 2)
    assert "Nobody gave it in this time" in people_of(seat, marlow.priya, survey, "?score=7")


@pytest.mark.parametrize(
    ("consent", "words", "name"), [("name", True, True), ("anon", True, False), ("one", False, False), ("", False, False)]
)
def test_ben_reads_what_john_allowed_and_ines_what_he_wrote(marlow, seat, survey, consent, words, name):
    gives(survey, 2, words="Cold again.", consent=consent, customer=somebody(), owner=marlow.priya)
    ben, ines = people_of(seat, marlow.ben, survey), people_of(seat, marlow.ines, survey)
    assert ("Cold again." in ben, "John Adeyemi" in ben) == (words, name)
    assert "Cold again." in ines and "John Adeyemi" in ines
    assert ("Their words are only for who looks after it" in ben) == (not words)


def test_the_case_behind_is_a_click_away_for_whoever_may_know_whose_it_is(marlow, seat, survey):
    case = marlow.mary.fills_in_the_form("Where is it?")
    gives(survey, 2, customer=case.customer, case=case, consent="anon", owner=case.owner)
    link = f"/desk/cases/{case.public_id}"
    assert link in people_of(seat, case.owner, survey)
    assert link not in people_of(seat, marlow.ben, survey)


def test_further_answers_stand_beside_their_questions(marlow, seat, survey):
    version = survey.versions.get()
    version.wording["en"]["further"] = ["Where from?", "How far?"]
    version.save()
    gives(survey, 9, consent="name", further=["Whitby", ""])
    page = people_of(seat, marlow.priya, survey)
    assert "Where from?" in page and "Whitby" in page and "How far?" not in page


def test_twenty_are_shown_and_the_others_follow(marlow, seat, survey):
    many(survey, {9: 43})
    page, seen = people_of(seat, marlow.priya, survey, "?score=9"), 0
    for expected in (20, 20, 3):
        assert page.count('<article class="story"') == expected
        seen += expected
        more = re.search(r'<a href="([^"]+)">Show the ones before', page)
        page = people_of(seat, marlow.priya, survey, more[1].replace("&amp;", "&")) if more else ""
    assert seen == 43 and page == ""


def test_two_touchpoints_are_held_beside_each_other(marlow, seat, survey):
    kitchen = Place.objects.create(name="Quay Street")
    delivery, counter = (Touchpoint.objects.create(name=name, key=name, place=kitchen) for name in ("Delivery", "Counter"))
    many(survey, {10: 60, 3: 5}, touchpoint=counter)
    many(survey, {10: 20, 3: 45}, touchpoint=delivery)
    page = page_of(seat, marlow.priya, survey, "?by=touchpoint")
    assert re.search(r"Counter</a>.*?higher than the others.*?Delivery</a>.*?lower than the others", page)
    part = page_of(seat, marlow.priya, survey, link(page, r'href="(\?[^"]*only=[^"]+)">Delivery'))
    assert "Touchpoint: Delivery" in part and "65 people answered" in part and "Where, and from whom" not in part


def test_where_a_quota_gives_each_touchpoint_its_part_the_whole_is_not_called_one(marlow, seat, survey):
    many(survey, {10: 30}, touchpoint=Touchpoint.objects.create(name="Delivery", key="delivered"))
    assert "stand for no whole" not in page_of(seat, marlow.priya, survey)
    survey.quota_a_week = 20
    survey.save()
    assert "stand for no whole" in page_of(seat, marlow.priya, survey)
    assert "stand for no whole" not in page_of(seat, marlow.priya, survey, "?only=medium%3Demail")


def test_what_chance_may_have_done_is_called_no_difference(marlow, seat, survey):
    for contract, promoters in (("gold", 31), ("none", 29)):
        many(survey, {10: promoters, 3: 20}, customer=somebody(contract=contract))
    page = page_of(seat, marlow.priya, survey, "?by=fact:contract")
    assert "Customer: contract" in page
    assert page.count("no difference that can be told from chance") == 2


def test_a_small_team_has_people_and_no_score(marlow, seat, survey):
    riders = Team.objects.create(name="Riders")
    Employee.objects.filter(pk=marlow.amira.pk).update(team=riders)
    many(survey, {10: 31}, team=riders)
    page = page_of(seat, marlow.priya, survey, "?by=team")
    row = page.partition("Riders</a>")[2].partition("</tr>")[0]
    assert ">31</td>" in row and "too few" in row and "+100" not in row


def test_other_words_stand_apart_and_say_so(marlow, seat, survey):
    many(survey, {10: 30})
    a_version(survey, is_comparable=False, question="Would you come again?")
    many(survey, {1: 30})
    ours = page_of(seat, marlow.priya, survey)
    assert "Would you come again?" in ours and "words of our own" in ours and "30 people answered" in ours
    standard = page_of(seat, marlow.priya, survey, "?wording=1")
    assert ">+100</a>" in standard and "words of our own" not in standard
    assert "wording=1" in link(standard, r'href="([^"]+score=10)"')


def test_lower_than_before_is_said_only_when_it_is_so(marlow, seat, survey):
    marlow.clock.forward(weeks=20)
    many(survey, {10: 60}, weeks=1)
    many(survey, {1: 60}, weeks=20)
    assert "Lower than in as many weeks before" in page_of(seat, marlow.priya, survey)
    assert "weeks before" not in page_of(seat, marlow.priya, survey, "?weeks=all")


def test_who_was_not_asked_stands_there_with_the_reason(marlow, seat, survey):
    states = [("answered", "")] * 10 + [("sent", "")] * 30 + [("not_asked", "too_late")] * 4 + [("waiting", "no_room")]
    for number, (state, why) in enumerate(states):
        Invitation.objects.create(
            survey=survey,
            customer=somebody(),
            occasion_key=str(number),
            eligible_at=MONDAY,
            expires_at=MONDAY + timedelta(days=7),
            state=state,
            why=why,
        )
    gives(survey, 9)
    gives(survey, 9, medium="qr")
    count_who_was_asked(MONDAY)
    page = page_of(seat, marlow.priya, survey)
    assert "25%" in page and "10 of 40" in page
    assert "It would have been too late" in page and "one waits" in page
    assert "One came unasked" in page


def test_the_numbers_given_again_are_no_part_of_the_score(marlow, seat, survey):
    case = marlow.mary.fills_in_the_form("Where is it?")
    gives(survey, 2, case=case)
    gives(survey, 9, after_case=case, consent="name", words="Better.")
    page = page_of(seat, marlow.priya, survey)
    assert "One person answered" in page and "One gave a higher number than before" in page
    assert "Better." in people_of(seat, marlow.priya, survey, "?only=again%3D")


@pytest.mark.parametrize("query", ["?weeks=7", "?wording=9", "?only=shoe%3D9", "?score=11", "?score=x", "?after=x_y", "?week=x"])
def test_what_is_not_there_is_not_found(marlow, seat, survey, query):
    page = "scores" if query.startswith(("?weeks", "?wording", "?only")) else "people"
    assert seat(marlow.priya).opens(f"/desk/surveys/{survey.public_id}/{page}{query}").status_code == 404


def test_a_page_asks_as_little_of_a_thousand_answers_as_of_ten(marlow, seat, survey):
    def queries(path):
        browser = seat(marlow.priya)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.sees(f"/desk/surveys/{survey.public_id}/{path}")
        return len(asked)

    many(survey, {10: 2, 3: 2}, customer=somebody(contract="gold"))
    few = queries("scores"), queries("people?score=10")
    for number in range(30):
        case_of = somebody(contract=str(number))
        gives(survey, 10, customer=case_of, product=str(number), owner=marlow.priya, weeks=-number)
    assert (queries("scores"), queries("people?score=10")) == few
    assert few[0] <= 18 and few[1] <= 12, few


def test_nobody_yet_is_said_as_it_is(marlow, seat, survey):
    page = page_of(seat, marlow.priya, survey)
    assert "Nobody has answered yet" in page
    assert "Everybody who could be asked was asked" in page
