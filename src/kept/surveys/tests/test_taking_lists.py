"""A list is tried first, and what it then does is what was shown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.people.models import Customer, Identity
from kept.surveys.models import Invitation, Occasion
from kept.surveys.reading_lists import read_list
from kept.surveys.taking_lists import take_list, try_list
from kept.surveys.tests.eligible import asks, delivered, known
from kept.timeline.models import Event


@pytest.fixture
def delivery(marlow):
    return delivered(marlow)


@pytest.fixture
def survey(marlow, delivery):
    return asks(marlow, Occasion.TOUCHPOINT, touchpoint=delivery)


def listed(marlow, *rows: str):
    text = "email,name,event_id,at\n" + "\n".join(rows)
    return read_list(text, zone="UTC", now=marlow.clock.now)


def everybody(marlow):
    """John is new; Mary must not be asked, Grace was asked lately, Priya works here, Samir is a mistake, Harold is long ago."""
    known(marlow.mary, not_asked_since=marlow.clock.now, not_asked_why="bereaved")
    known(marlow.grace, last_asked_at=marlow.clock.now - timedelta(days=3))
    return listed(
        marlow,
        "john@adeyemi.example,John,1,2026-05-31",
        "mary.whitcombe@brightdental.example,Mary,2,2026-05-31",
        "grace.okoro@whitby.example,Grace,3,2026-05-31",
        "priya@marlow.example,Priya,4,2026-05-31",
        "samir at home,Samir,5,2026-05-31",
        "harold@finch.example,Harold,6,2026-05-01",
    )


def shown(became):
    return [(one.line.name, one.standing and (one.standing.state, one.standing.why)) for one in became]


def test_what_is_shown_first_is_what_happens_then(marlow, delivery, survey):
    lines = everybody(marlow)
    tried = try_list(delivery, lines, now=marlow.clock.now)
    assert not Invitation.objects.exists()
    assert Customer.objects.count() == 2
    taken = take_list(delivery, lines, by=marlow.ines, now=marlow.clock.now)
    assert shown(tried) == shown(taken)
    assert shown(taken) == [
        ("John", ("waiting", "")),
        ("Mary", ("not_asked", "bereaved")),
        ("Grace", ("not_asked", "asked_lately")),
        ("Priya", ("not_asked", "staff")),
        ("Samir", None),
        ("Harold", ("not_asked", "too_late")),
    ]
    assert [one.waits for one in taken] == [True, False, False, False, False, False]
    assert Invitation.objects.get(state="waiting").customer.name == "John"


def test_the_same_list_again_invites_nobody_twice_and_says_so(marlow, delivery, survey):
    lines = everybody(marlow)
    take_list(delivery, lines, by=marlow.ines, now=marlow.clock.now)
    assert [one.is_new for one in try_list(delivery, lines, now=marlow.clock.now)] == [False, False, False, False, True, False]
    again = take_list(delivery, lines, by=marlow.ines, now=marlow.clock.now)
    assert not any(one.waits for one in again)
    assert Invitation.objects.count() == 5


def test_where_nobody_asks_nothing_is_kept(marlow, delivery):
    lines = everybody(marlow)
    taken = take_list(delivery, lines, by=marlow.ines, now=marlow.clock.now)
    assert {one.standing.why for one in taken if one.standing} == {"no_survey"}
    assert not Invitation.objects.exists()
    assert not Identity.objects.filter(value="john@adeyemi.example").exists()


def test_who_brought_it_in_stands_in_the_history(marlow, delivery, survey):
    take_list(delivery, everybody(marlow), by=marlow.ines, now=marlow.clock.now)
    told = Event.objects.get(kind="list_taken_in")
    assert (told.by, told.facts["rows"], told.facts["waiting"]) == (f"employee:{marlow.ines.pk}", 6, 1)


def test_a_long_list_is_tried_with_few_queries(marlow, delivery, survey, django_assert_max_num_queries):
    lines = listed(marlow, *(f"{number}@c.example,Customer,{number},2026-05-31" for number in range(900)))
    with django_assert_max_num_queries(8):
        try_list(delivery, lines, now=marlow.clock.now)
