"""Scores for programs: with n and interval, only from thirty people on, and words only for whom they were meant."""

from __future__ import annotations

import pytest

from kept.lib import clock
from kept.places.models import Touchpoint
from kept.surveys.tests.asking import a_survey, a_version, gives, somebody


@pytest.fixture
def survey(marlow):
    return a_survey(now=clock.now())


def many(survey, histogram, **more):
    return [gives(survey, score, at=clock.now(), **more) for score, people in histogram.items() for _one in range(people)]


def test_every_survey_is_listed_with_its_question_and_people(marlow, program, survey):
    survey.people.add(marlow.priya)
    told = program.get("/surveys").json()["items"]
    assert [(one["id"], one["measure"], one["state"], one["people"][0]["name"]) for one in told] == [
        (str(survey.public_id), "nps", "draft", marlow.priya.name)
    ]
    assert told[0]["question"] == "How likely are you to recommend us to a friend?" and told[0]["is_comparable"]


def test_thirty_are_a_score_and_twenty_nine_are_people(program, survey):
    many(survey, {10: 20, 8: 5, 3: 4})
    told = program.get(f"/surveys/{survey.public_id}/scores").json()
    assert (told["people"], told["score"]) == (29, None)
    many(survey, {3: 1})
    told = program.get(f"/surveys/{survey.public_id}/scores").json()
    assert (told["people"], told["score"]["value"]) == (30, 50.0)
    assert told["score"]["low"] < 50 < told["score"]["high"]
    assert {row["score"]: row["people"] for row in told["histogram"]} == {**dict.fromkeys(range(11), 0), 10: 20, 8: 5, 3: 5}
    assert [week["people"] for week in told["weeks"]] == [30]
    assert told["asked"] == {"asked": 0, "answered": 0, "waiting": 0, "failed": 0, "not_asked": {}}


def test_parts_are_held_beside_each_other(program, survey):
    delivery, counter = (Touchpoint.objects.create(name=name, key=name.lower()) for name in ("Delivery", "Counter"))
    many(survey, {10: 60, 3: 5}, touchpoint=counter)
    many(survey, {10: 20, 3: 45}, touchpoint=delivery)
    told = program.get(f"/surveys/{survey.public_id}/scores", by="touchpoint").json()
    assert [(part["name"], part["beside_others"]) for part in told["parts"]] == [("Counter", "above"), ("Delivery", "below")]
    wrong = program.get(f"/surveys/{survey.public_id}/scores", by="shoe")
    assert (wrong.status_code, wrong.json()["fields"][0]["field"]) == (422, "by")


def test_another_wording_is_another_figure(program, survey):
    many(survey, {10: 3})
    a_version(survey, is_comparable=False, question="Would you come again?", now=clock.now())
    many(survey, {1: 2})
    new = program.get(f"/surveys/{survey.public_id}/scores").json()
    assert (new["people"], new["question"], new["is_comparable"]) == (2, "Would you come again?", False)
    assert program.get(f"/surveys/{survey.public_id}/scores", wording=1).json()["people"] == 3
    assert program.get(f"/surveys/{survey.public_id}/scores", wording=7).status_code == 404


def test_people_come_page_by_page(program, survey):
    them = [str(one.public_id) for one in many(survey, {2: 5})]
    many(survey, {9: 2})
    found, cursor = [], ""
    while True:
        told = program.get(f"/surveys/{survey.public_id}/responses", score=2, limit=2, cursor=cursor).json()
        found += [one["id"] for one in told["items"]]
        if told["next"] is None:
            break
        cursor = told["next"]
    assert found == them[::-1]


def test_words_are_for_whom_john_meant_them(marlow, program, for_ben, survey):
    for consent in ("name", "anon", "one"):
        many(survey, {2: 1}, words=consent, consent=consent, customer=somebody(), owner=marlow.ben)
    nobody = program.get(f"/surveys/{survey.public_id}/responses").json()["items"]
    assert [(one["words"], one["customer"] and one["customer"]["name"]) for one in nobody] == [
        (None, None),
        ("anon", None),
        ("name", "John Adeyemi"),
    ]
    his = for_ben.get(f"/surveys/{survey.public_id}/responses").json()["items"]
    assert [one["words"] for one in his] == ["one", "anon", "name"]
    assert {one["customer"]["name"] for one in his} == {"John Adeyemi"}


@pytest.mark.parametrize("query", [{"score": 11}, {"cursor": "x"}, {"weeks": -1}, {"limit": 0}])
def test_what_cannot_be_asked_is_said(program, survey, query):
    assert program.get(f"/surveys/{survey.public_id}/responses", **query).status_code == 422


def test_a_survey_that_is_none_is_not_found(program, survey):
    assert program.get(f"/surveys/{clock.now().year}/scores").status_code == 404
