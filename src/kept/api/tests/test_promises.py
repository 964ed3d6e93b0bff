"""The ledger through the API."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.api.tests.conftest import in_days
from kept.lib import clock
from kept.promises.keeping import break_
from kept.promises.making import promise
from kept.promises.models import Promise


def test_a_promise_to_john_stands_in_the_ledger_until_it_is_kept(marlow, program):
    case = marlow.has_a_case()
    made = program.post(f"/cases/{case.public_id}/promises", {"what": "A refund", "due_at": in_days(2)})
    assert made.status_code == 201
    assert (made.json()["state"], made.json()["case"], made.json()["by"]["name"]) == (
        "open",
        str(case.public_id),
        case.owner.name,
    )
    assert made.json()["id"] in [one["id"] for one in program.get("/promises").json()["items"]]
    kept = program.post(f"/promises/{made.json()['id']}/keep")
    assert (kept.status_code, kept.json()["state"]) == (200, "kept")
    assert [one["id"] for one in program.get("/promises", state="kept").json()["items"]] == [made.json()["id"]]
    assert made.json()["id"] not in [one["id"] for one in program.get("/promises").json()["items"]]


def test_a_broken_promise_is_listed_as_broken_and_can_still_be_kept_late(marlow, program):
    case, now = marlow.has_a_case(), clock.now()
    made = promise(case, "A refund", by=marlow.priya, due_at=now - timedelta(hours=1), now=now - timedelta(hours=2))
    break_(made, now=now)
    assert [one["what"] for one in program.get("/promises", state="broken").json()["items"]] == ["A refund"]
    assert program.post(f"/promises/{made.public_id}/keep").json()["state"] == "kept_late"
    assert program.get("/promises", state="broken").json()["items"] == []


def test_a_new_hour_counts_only_when_john_was_told(marlow, program):
    case = marlow.has_a_case()
    made = program.post(f"/cases/{case.public_id}/promises", {"what": "A refund", "due_at": in_days(2)}).json()
    path = f"/promises/{made['id']}/renegotiate"
    assert program.post(path, {"due_at": in_days(4)}).status_code == 422
    johns = program.get(f"/cases/{case.public_id}").json()["messages"][0]["id"]
    assert program.post(path, {"due_at": in_days(4), "told_in": johns}).status_code == 422
    told = {"text": "John, it takes two days more.", "answers": False, "medium": "visit", "promises": []}
    message = program.post(f"/cases/{case.public_id}/replies", told).json()["message"]
    new = program.post(path, {"due_at": in_days(4), "told_in": message})
    assert (new.status_code, new.json()["state"], new.json()["said_in"]) == (200, "open", message)
    assert Promise.objects.get(public_id=made["id"]).state == "renegotiated"
    assert program.post(path, {"due_at": in_days(4), "told_in": message}).status_code == 409


@pytest.mark.parametrize(
    "due_at", ["2020-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "", None, 0, "1e400", "now"]
)
def test_a_promise_needs_an_hour_that_can_come(marlow, program, due_at):
    case = marlow.has_a_case()
    answer = program.post(f"/cases/{case.public_id}/promises", {"what": "A refund", "due_at": due_at})
    assert answer.status_code in {409, 422}
    assert not Promise.objects.filter(is_next_word=False).exists()


def test_no_promise_on_what_has_ended(marlow, program):
    case = marlow.has_a_case()
    program.post(f"/cases/{case.public_id}/verdict", {"said": "yes", "words": "Fine."})
    assert program.post(f"/cases/{case.public_id}/promises", {"what": "A refund", "due_at": in_days(1)}).status_code == 409


def test_a_promise_that_is_not_there_is_a_404(program):
    assert program.post("/promises/x/keep").status_code == 404


def test_the_ledger_comes_in_pages_the_earliest_first(marlow, program):
    case = marlow.has_a_case()
    for day in (5, 3, 4):
        program.post(f"/cases/{case.public_id}/promises", {"what": f"in {day}", "due_at": in_days(day)})
    seen, cursor = [], ""
    while cursor is not None:
        answer = program.get("/promises", limit=1, **({"cursor": cursor} if cursor else {})).json()
        seen += [one["what"] for one in answer["items"] if not one["is_next_word"]]
        cursor = answer["next"]
    assert seen == ["in 3", "in 4", "in 5"]
