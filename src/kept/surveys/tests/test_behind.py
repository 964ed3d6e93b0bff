"""The people behind a number are those that it counts, and their words are for whom they meant them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from kept.people.models import Employee
from kept.surveys.behind import Spot, may_know_who, may_read, people_behind
from kept.surveys.counting import AGAIN
from kept.surveys.summing import Part, Stretch, by_week, wordings_of
from kept.surveys.tests.asking import a_survey, a_version, gives, somebody

pytestmark = pytest.mark.django_db
ALWAYS = Stretch(None, date(2026, 12, 28))


@pytest.fixture
def survey(marlow):
    return a_survey()


def behind(survey, *, part=None, weeks=ALWAYS, score=None, after=None, most=20):
    found = people_behind(survey, wordings_of(survey)[0], part or Part(), weeks, score=score, after=after, most=most)
    return [one.pk for one in found]


def test_the_newest_come_first_and_the_next_page_goes_on_where_the_first_ended(survey):
    them = [gives(survey, 2, weeks=week).pk for week in (0, 0, 1, 3, 3, 4)]
    gives(survey, 9)
    pages, after = [], None
    while page := behind(survey, score=2, after=after, most=2):
        pages.append(page)
        last = survey.responses.get(pk=page[-1])
        after = Spot(last.week_on, last.pk)
    assert pages == [[them[5], them[4]], [them[3], them[2]], [them[1], them[0]]]


def test_a_week_s_people_are_that_week_s(survey):
    monday = [gives(survey, score, weeks=1).pk for score in (2, 9)]
    gives(survey, 2)
    week = date(2026, 6, 8)
    assert behind(survey, weeks=Stretch(week, week)) == monday[::-1]


def test_the_people_of_one_part_and_no_other(survey):
    gold = gives(survey, 2, customer=somebody(contract="gold"), product="Diavola").pk
    gives(survey, 2, customer=somebody(contract="none"))
    assert behind(survey, part=Part("fact:contract", "gold"), score=2) == [gold]
    assert behind(survey, part=Part("product", "Diavola")) == [gold]
    assert behind(survey, part=Part("product", "Margherita")) == []


def test_a_pizza_that_hardly_anybody_buys_is_found_as_one_that_everybody_does(survey, monkeypatch):
    them = [gives(survey, score, weeks=week, product="Diavola").pk for score, week in ((2, 0), (9, 1), (2, 3))]
    gives(survey, 2, product="Margherita")
    for rare in (500, 0):
        monkeypatch.setattr("kept.surveys.behind.RARE", rare)
        assert behind(survey, part=Part("product", "Diavola"), score=2) == [them[2], them[0]]
        assert behind(survey, part=Part("product", "Diavola"), score=2, most=1) == [them[2]]


def test_other_words_have_other_people(survey):
    gives(survey, 2)
    a_version(survey, is_comparable=False)
    other = gives(survey, 2).pk
    assert behind(survey, score=2) == [other]


def test_whoever_was_asked_again_is_found_by_themselves(marlow, survey):
    case = marlow.mary.fills_in_the_form("Where is it?")
    first, again = gives(survey, 2, case=case).pk, gives(survey, 8, after_case=case).pk
    assert behind(survey) == [first]
    assert behind(survey, part=Part(AGAIN, "")) == [again]


class TestWhoeverIsCounted(TestCase):
    @settings(max_examples=25)
    @given(some.lists(some.tuples(some.sampled_from([2, 9]), some.integers(0, 5), some.sampled_from("ab")), max_size=25))
    def test_is_found_and_nobody_else(self, answers):
        survey = a_survey()
        for score, week, product in answers:
            gives(survey, score, weeks=week, product=product)
        stretch = Stretch(date(2026, 6, 8), date(2026, 6, 29))
        worded = wordings_of(survey)[0]
        for part in (Part(), Part("product", "a"), Part("medium", "email")):
            counted = sum(week.get(2, 0) for week in by_week(survey, worded, part, stretch).values())
            assert len(behind(survey, part=part, weeks=stretch, score=2, most=100)) == counted


@pytest.mark.parametrize(
    ("consent", "for_all", "with_name"), [("name", True, True), ("anon", True, False), ("one", False, False), ("", False, False)]
)
def test_john_s_words_are_for_whom_he_meant_them(marlow, survey, consent, for_all, with_name):
    marlow.hires_the_others()
    Employee.objects.filter(pk=marlow.tom.pk).update(manager=marlow.amira)
    marlow.tom.refresh_from_db()
    john = gives(survey, 2, customer=somebody(), words="Cold again.", consent=consent, owner=marlow.tom)
    assert (may_read(john, marlow.ben), may_know_who(john, marlow.ben)) == (for_all, with_name)
    for who in (marlow.tom, marlow.amira, marlow.dana, marlow.ines):
        assert may_read(john, who) and may_know_who(john, who), who.name


def test_whoever_has_the_case_reads_what_began_it(marlow, survey):
    marlow.hires_the_others()
    case = marlow.mary.fills_in_the_form("Where is it?")
    mary = gives(survey, 2, customer=case.customer, consent="one", case=case)
    assert may_read(mary, case.owner)
    assert not may_read(mary, marlow.ben)
