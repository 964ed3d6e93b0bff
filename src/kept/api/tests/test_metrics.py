"""The catalogue for programs: figure and people travel together, and a score of a few is people only."""

from __future__ import annotations

from kept.lib import clock
from kept.numbers.catalogue import CATALOGUE
from kept.surveys.tests.asking import a_survey, gives, somebody


def many(histogram, **more):
    survey = a_survey(now=clock.now())
    return [gives(survey, score, at=clock.now(), **more) for score, people in histogram.items() for _one in range(people)]


def test_a_number_that_opens_nobody_is_not_listed(program):
    assert program.get("/metrics").json() == {"items": []}


def test_each_number_says_what_it_is_and_whom_it_counts(marlow, program):
    marlow.has_a_case()
    told = {one["name"]: one for one in program.get("/metrics").json()["items"]}
    waits = told["first_answer"]
    assert waits["definition"] and waits["population"] and waits["unit"] == "minutes"
    assert (waits["people"], waits["value"]) == (1, None)
    assert {part["part"]: part["people"] for part in waits["parts"]} == {"answered": 0, "waiting": 1}


def test_every_number_opens_exactly_its_people(marlow, program):
    case = marlow.has_a_case()
    many({9: 2})
    for one in program.get("/metrics").json()["items"]:
        told = program.get(f"/metrics/{one['name']}/stories").json()
        assert told["people"] == one["people"] == len(told["items"]), one["name"]
    story = program.get("/metrics/first_answer/stories", part="waiting").json()["items"][0]
    assert (story["case"], story["words"]) == (str(case.public_id), "My pizza came cold.")
    assert program.get("/metrics/first_answer/stories", part="answered").json()["people"] == 0


def test_thirty_are_a_score_with_how_sure_it_is(program):
    many({10: 20, 3: 10})
    told = program.get("/metrics/nps").json()
    assert told["value"] == 33.33 and told["low"] < 33 < told["high"] and told["beside_before"] == "too_few"


def test_words_are_for_whom_they_were_meant(for_ben, program):
    many({2: 1}, words="Cold again.", consent="one", customer=somebody())
    for reader in (for_ben, program):
        story = reader.get("/metrics/nps/stories").json()["items"][0]
        assert story["words"] is None and "John" not in story["who"]


def test_people_come_a_page_at_a_time(program):
    many({9: 7})
    seen, cursor = [], ""
    while cursor is not None:
        told = program.get("/metrics/nps/stories", limit=3, cursor=cursor).json()
        seen += [one["key"] for one in told["items"]]
        cursor = told["next"]
    assert len(seen) == len(set(seen)) == 7


def test_months_are_tried_first_and_then_open_their_customers_as_revenue(marlow, program):
    case = marlow.has_a_case()
    this = f"{clock.now():%Y-%m}"
    john = {"identities": [["email", "john@example.org"]]}
    months = [
        {"customer": john, "month": this, "value": "49.90", "currency": "GBP"},
        {"customer": {"identities": [["external", "K-17"]]}, "month": this, "value": 10, "currency": "GBP"},
        {"customer": {}, "month": this},
        {"customer": john, "month": this, "value": 7},
    ]
    tried = program.post("/customer-months", {"months": months, "dry_run": True}).json()
    assert [(one["fate"], one["newcomer"]) for one in tried["items"]] == [
        ("new", False), ("new", True), ("left_out", False), ("left_out", False),
    ]  # fmt: skip
    assert program.get("/metrics/revenue").json()["people"] == 0
    assert [one["fate"] for one in program.post("/customer-months", {"months": months}).json()["items"]][:2] == ["new", "new"]
    told = program.get("/metrics/revenue", time="month").json()
    assert (told["value"], told["people"]) == (59.9, 2)
    assert str(case.public_id) in [one["case"] for one in program.get("/metrics/revenue/stories", time="month").json()["items"]]
    again = program.post("/customer-months", {"months": months}).json()
    assert [one["fate"] for one in again["items"]] == ["same", "same", "left_out", "left_out"]
    assert program.post("/customer-months", {"months": [{"customer": john, "month": "June"}]}).status_code == 422


def test_what_there_is_not_is_refused(program):
    assert program.get("/metrics/profit").status_code == 404
    assert program.get("/metrics/profit/stories").status_code == 404
    assert program.get("/metrics", time="7").status_code == 422
    assert program.get("/metrics/nps/stories", cursor="x").status_code == 422
    assert "profit" not in {metric.name for metric in CATALOGUE}
