"""A program of whoever posts for the house says what is in the post."""

from __future__ import annotations

from typing import Any

import pytest

from kept.cases.models import Case, Message
from kept.letters.posting import day_at
from kept.lib import clock
from kept.replies.models import Letter

TO = {"medium": "letter", "address": "3 Mill Lane, MA1 3XY Marlow", "text": "Hello John, we bake it anew.", "answers": True}


def wrote(marlow, program, **more) -> tuple[Case, dict[str, Any]]:
    case = marlow.has_a_case()
    answer = program.post(f"/cases/{case.public_id}/replies", TO | more)
    assert answer.status_code == 202, answer.content
    return case, answer.json()


def today(case: Case) -> str:
    return day_at(case, clock.now()).isoformat()


def test_a_letter_lies_ready_and_the_clock_runs_until_it_is_posted(marlow, program):
    case, told = wrote(marlow, program)
    assert (told["delivery"], told["goes_at"]) == ("waiting", None)
    case.refresh_from_db()
    assert case.is_silent
    answer = program.post(f"/messages/{told['message']}/posted", {"posted_on": today(case)})
    assert answer.status_code == 200, answer.content
    assert answer.json()["posted_on"] == today(case)
    assert answer.json()["delivery"] == "delivered"
    case.refresh_from_db()
    assert not case.is_silent


def test_without_an_address_the_answer_says_that_it_is_missing(marlow, program):
    case = marlow.has_a_case()
    refused = program.post(f"/cases/{case.public_id}/replies", TO | {"address": ""})
    assert refused.status_code == 409
    assert [doubt["code"] for doubt in refused.json()["doubts"]] == ["address_missing"]
    assert not Message.objects.filter(medium="letter").exists()


@pytest.mark.parametrize("day", ["", "tomorrow", 20260601, "2026-13-01", None])
def test_a_day_that_is_none_is_refused(marlow, program, day):
    _case, told = wrote(marlow, program)
    assert program.post(f"/messages/{told['message']}/posted", {"posted_on": day}).status_code == 422


@pytest.mark.parametrize("day", ["0001-01-01", "2999-12-31"])
def test_a_day_on_which_it_cannot_have_been_posted_is_refused_in_words(marlow, program, day):
    _case, told = wrote(marlow, program)
    refused = program.post(f"/messages/{told['message']}/posted", {"posted_on": day})
    assert refused.status_code == 409 and refused.json()["detail"]


def test_a_newer_word_is_a_doubt_and_it_goes_only_despite_it(marlow, program):
    case, told = wrote(marlow, program)
    marlow.has_a_case("And where is my drink?")
    Message.objects.filter(text="And where is my drink?").update(case=case)
    refused = program.post(f"/messages/{told['message']}/posted", {"posted_on": today(case)})
    assert [doubt["code"] for doubt in refused.json()["doubts"]] == ["overtaken"]
    posted = {"posted_on": today(case), "despite": ["overtaken"]}
    assert program.post(f"/messages/{told['message']}/posted", posted).status_code == 200


def test_mistyped_it_is_taken_back(marlow, program):
    case, told = wrote(marlow, program)
    program.post(f"/messages/{told['message']}/posted", {"posted_on": today(case)})
    answer = program.post(f"/messages/{told['message']}/not-posted", {})
    assert (answer.status_code, answer.json()["posted_on"], answer.json()["delivery"]) == (200, None, "waiting")
    assert program.post(f"/messages/{told['message']}/not-posted", {}).status_code == 409
    assert Letter.objects.get().is_waiting


def test_only_a_letter_can_be_posted(marlow, program):
    case = marlow.has_a_case()
    told = program.post(f"/cases/{case.public_id}/replies", {"text": "Hello John, it comes.", "answers": True}).json()
    for what in ("posted", "not-posted"):
        assert program.post(f"/messages/{told['message']}/{what}", {"posted_on": today(case)}).status_code == 404
