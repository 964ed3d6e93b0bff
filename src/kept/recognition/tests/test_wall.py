"""The wall: who reads what, what is counted, and where a month begins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.people.models import Employee
from kept.places.placing import add_place
from kept.recognition.giving import write_down_praise
from kept.recognition.leading import leaders_of, may_see_page_of
from kept.recognition.models import Recognition
from kept.recognition.showing import people_met_by, people_of
from kept.recognition.wall import Month, month_named, month_of, on_the_wall, told_of

BERLIN = "Europe/Berlin"


A_CENTURY = st.integers(0, 3_600_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@given(A_CENTURY, st.sampled_from([BERLIN, "UTC", "Asia/Tokyo"]))
def test_every_moment_is_in_its_month_and_months_touch_without_a_gap(moment, zone):
    month = month_of(moment, zone)
    assert month.begins <= moment < month.ends
    before = month.before()
    assert before.ends == month.begins and month_of(month.begins - timedelta(seconds=1), zone) == before
    assert month_named(month.key, zone) == month


@pytest.mark.parametrize("key", ["", "2026", "2026-13", "June", "9999-12", "0000-01", "2026-06-01"])
def test_what_is_no_month_is_none(key):
    assert month_named(key, BERLIN) is None or key == "9999-12"


def test_the_first_minute_of_june_in_berlin_is_still_may_in_london():
    moment = datetime(2026, 5, 31, 22, 30, tzinfo=UTC)
    assert month_of(moment, BERLIN).key == "2026-06" and month_of(moment, "UTC").key == "2026-05"
    assert month_of(moment, BERLIN).begins == datetime(2026, 6, 1, tzinfo=ZoneInfo(BERLIN))


@pytest.fixture
def town(marlow):
    marlow.hires_the_others()
    return marlow


@pytest.fixture
def june(town) -> Month:
    return month_of(town.clock.now, "UTC")


def test_only_what_its_writer_lets_everybody_read_hangs_there_for_everybody(town, june):
    town.grace.says_a_good_word("He carried eleven boxes.", about=town.ben, show="name")
    town.grace.says_a_good_word("He stayed late for me.", about=town.ben, show="no")
    assert [praise.words for praise in on_the_wall(june, town.priya)] == ["He carried eleven boxes."]
    for reader in (town.ben, town.ines):
        assert len(on_the_wall(june, reader)) == 2
    told = told_of(june, town.priya)
    assert (told.people, told.times, told.kept_close, told.looking) == (1, 2, 1, 0)


def test_whoever_wrote_it_down_may_read_it_again(town, june):
    write_down_praise("He is a treasure.", by=town.priya, employee=town.ben, now=town.clock.now)
    assert len(on_the_wall(june, town.priya)) == 1 and not on_the_wall(june, town.tom)


def test_a_place_counts_what_opens_there_and_nothing_else(town, june):
    quay = add_place("Quay Street", by=town.ines, now=town.clock.now)
    Employee.objects.filter(pk=town.ben.pk).update(place=quay)
    town.grace.says_a_good_word("He carried eleven boxes.", about=town.ben, show="anon")
    town.grace.says_a_good_word("He stayed late for me.", about=town.ben, show="no")
    town.grace.says_a_good_word("She brought it hot.", about=town.amira, show="anon")
    told = told_of(june, town.priya)
    assert told.places == [(quay, 1)]
    assert [praise.words for praise in on_the_wall(june, town.priya, place=quay)] == ["He carried eleven boxes."]


def test_further_ones_begin_where_the_last_page_ended(town, june, monkeypatch):
    monkeypatch.setattr("kept.recognition.wall.AT_ONCE", 2)
    for words in ("one", "two", "three"):
        town.grace.says_a_good_word(words, about=town.ben, show="anon")
        town.clock.forward(minutes=1)
    first = on_the_wall(june, town.priya)
    assert [praise.words for praise in first] == ["three", "two", "one"]
    assert [praise.words for praise in on_the_wall(june, town.priya, after=first[1])] == ["one"]


def test_a_page_is_seen_by_whoever_leads_them_and_by_nobody_else(town):
    Employee.objects.filter(pk=town.ben.pk).update(manager=town.dana)
    ben = Employee.objects.get(pk=town.ben.pk)
    assert leaders_of(ben, now=town.clock.now) == [town.dana]
    seen_by = {one.name for one in Employee.objects.all() if may_see_page_of(ben, one, now=town.clock.now)}
    assert seen_by == {"Ben Castillo", "Dana Okafor"}


def test_without_a_manager_it_is_whoever_the_house_would_tell(town):
    Employee.objects.filter(pk=town.ben.pk).update(manager=None)
    assert leaders_of(Employee.objects.get(pk=town.ben.pk), now=town.clock.now) == [town.ines]


def test_whom_a_customer_met_are_those_who_wrote_to_them_the_last_first(town):
    case = town.john.mails("My pizza was cold.", subject="Cold pizza")
    town.works()
    town.answers(case, "The next one is on us.", by=town.priya)
    town.clock.forward(hours=1)
    town.answers(case, "It left the oven.", by=town.dana)
    met = people_met_by(case.customer, now=town.clock.now)
    assert [one.person.name for one in met[:2]] == ["Dana Okafor", "Priya Nair"]
    Employee.objects.filter(pk=town.dana.pk).update(is_listed=False)
    assert "Dana Okafor" not in [one.person.name for one in people_met_by(case.customer, now=town.clock.now)]
    assert "Priya Nair" not in [one.person.name for one in people_met_by(case.customer, now=town.clock.now + timedelta(days=61))]


def test_the_people_of_a_region_are_those_of_its_kitchens_and_only_who_is_listed(town):
    north = add_place("North", by=town.ines, now=town.clock.now)
    quay = add_place("Quay Street", parent=north, by=town.ines, now=town.clock.now)
    Employee.objects.filter(pk__in=[town.ben.pk, town.amira.pk]).update(place=quay)
    Employee.objects.filter(pk=town.amira.pk).update(is_listed=False)
    assert [one.person for one in people_of(north)] == [town.ben]
    assert people_of(None) == []


def test_without_any_place_the_whole_listed_house_can_be_chosen(town):
    assert town.amira in [one.person for one in people_of(None)]
    assert Recognition.objects.count() == 0
