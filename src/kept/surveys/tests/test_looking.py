"""A scanner opens every link of a mail at once; its looks are counted apart, and no answer comes of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from kept.demo.cast import MONDAY
from kept.intake.models import Arrival
from kept.lib.links import page_token
from kept.surveys.counting_looks import count_machine_looks
from kept.surveys.looking import AT_ONCE, LOOKS, Looks
from kept.surveys.models import Invitation, Response
from kept.surveys.tests.posting import asks, how_likely

SECOND = timedelta(seconds=1)


@pytest.fixture
def looks() -> Looks:
    return Looks()


def test_eleven_numbers_at_once_are_a_machines(looks):
    for score in range(11):
        looks.note(7, score=str(score), is_head=False, at=MONDAY + score * SECOND / 10)
    assert looks.take() == {7: 11}
    assert looks.take() == {}


def test_a_person_who_pressed_the_wrong_number_first_is_none(looks):
    looks.note(7, score="3", is_head=False, at=MONDAY)
    looks.note(7, score="8", is_head=False, at=MONDAY + 4 * SECOND)
    assert looks.take() == {}


def test_nor_one_who_comes_back_again_and_again(looks):
    for score in range(11):
        looks.note(7, score=str(score), is_head=False, at=MONDAY + score * (AT_ONCE + SECOND))
    assert looks.take() == {}


def test_nobody_reads_a_page_by_asking_for_its_head_alone(looks):
    looks.note(7, score="", is_head=True, at=MONDAY)
    assert looks.take() == {7: 1}


def test_it_remembers_only_so_many(looks, monkeypatch):
    monkeypatch.setattr("kept.surveys.looking.MOST_REMEMBERED", 100)
    for invitation in range(1_000):
        looks.note(invitation, score="1", is_head=False, at=MONDAY)
        looks.note(invitation, score="", is_head=True, at=MONDAY)
    assert len(looks._links) == 100
    assert len(looks.take()) == 100


def test_links_fetched_by_a_scanner_are_no_answers_and_are_counted_apart(marlow, django_assert_max_num_queries):
    """GET, HEAD and all eleven scores of each; bench/scanner.py does the same to 5,000 of a real server."""
    survey, client = how_likely(marlow), Client()
    asked = [asks(survey, who) for who in (marlow.john, marlow.mary, marlow.grace, marlow.samir)]
    before = list(Invitation.objects.order_by("pk").values())
    for invitation in asked:
        path = f"/s/{page_token('survey', invitation.public_id)}"
        for address in (path, *(f"{path}?score={score}" for score in range(11))):
            assert client.get(address).status_code == 200
            assert client.head(address).status_code == 200
    assert list(Invitation.objects.order_by("pk").values()) == before
    assert (Response.objects.count(), Arrival.objects.count()) == (0, 0)
    with django_assert_max_num_queries(8):
        assert count_machine_looks(marlow.clock.now) == 4 * 24
    assert set(Invitation.objects.values_list("machine_looks", flat=True)) == {24}
    assert LOOKS.take() == {}
