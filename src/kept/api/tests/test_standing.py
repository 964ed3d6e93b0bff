"""Programs read what everybody is promised, and say what became of it on a case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.lib import clock
from kept.promises.standing import Terms, add_standing


@pytest.fixture
def hot(marlow):
    terms = Terms("A hot pizza", clock.now().date() - timedelta(days=1), said_in="guarantee", within_minutes=60)
    return add_standing(terms, by=marlow.ines, now=clock.now())


def test_what_everybody_is_promised_is_listed(program, hot):
    [one] = program.get("/standing-promises").json()["items"]
    assert (one["id"], one["says"], one["said_in"]) == (str(hot.public_id), "A hot pizza", "guarantee")
    assert (one["within_minutes"], one["place"], one["until_on"]) == (60, None, None)


def test_a_program_says_that_it_was_broken_and_hears_that_it_was_said_already(marlow, program, hot):
    case = marlow.has_a_case()
    told = {"standing": str(hot.public_id), "became": "broken"}
    made = program.post(f"/cases/{case.public_id}/standing-promises", told)
    assert (made.status_code, made.json()["state"], made.json()["what"]) == (201, "broken", "A hot pizza")
    assert program.post(f"/cases/{case.public_id}/standing-promises", told).status_code == 409
    assert program.post(f"/cases/{case.public_id}/standing-promises", {**told, "became": "sold"}).status_code == 422
