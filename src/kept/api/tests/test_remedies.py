"""A till gives John his money back through the API, within the same limits as a person."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kept.lib import clock
from kept.people.tokens import make_token
from kept.remedies.models import Remedy
from kept.remedies.setting_up import Terms, add_remedy


@pytest.fixture
def money(marlow) -> Remedy:
    terms = Terms("your money back", marlow.ines, "GBP", limit_per_case=Decimal(20))
    return add_remedy(terms, by=marlow.ines, now=clock.now())


@pytest.fixture
def for_ines(marlow, client):
    from kept.api.tests.conftest import Program

    return Program(make_token("ines's own", scopes=("all",), now=clock.now(), employee=marlow.ines), client)


def test_what_may_be_given_is_listed_with_its_limits(program, money):
    [one] = program.get("/remedies").json()["items"]
    assert (one["id"], one["name"], one["currency"]) == (str(money.pk), "your money back", "GBP")
    assert (one["limit_per_case"], one["limit_per_week"], one["asks"]["name"]) == ("20.00", None, "Ines Duarte")


def test_what_is_given_is_promised_and_then_done(marlow, program, money):
    case = marlow.has_a_case()
    given = program.post(f"/cases/{case.public_id}/gifts", {"remedy": str(money.pk), "amount": "12.50"})
    assert (given.status_code, given.json()["state"], given.json()["amount"]) == (201, "given", "12.50")
    [promise] = [one for one in program.get(f"/cases/{case.public_id}").json()["promises"] if not one["is_next_word"]]
    assert (promise["id"], promise["what"]) == (given.json()["promise"], "your money back: £12.50")
    done = program.post(f"/gifts/{given.json()['id']}/done")
    assert (done.json()["state"], done.json()["done_at"] is not None) == ("done", True)
    assert [one["state"] for one in program.get(f"/cases/{case.public_id}/gifts").json()["items"]] == ["done"]


def test_keeping_its_promise_does_it(marlow, program, money):
    case = marlow.has_a_case()
    given = program.post(f"/cases/{case.public_id}/gifts", {"remedy": str(money.pk), "amount": "5"}).json()
    program.post(f"/promises/{given['promise']}/keep")
    assert program.get(f"/cases/{case.public_id}/gifts").json()["items"][0]["state"] == "done"


def test_beyond_the_limit_ines_is_asked_and_only_she_or_a_manager_decides(marlow, program, for_ines, money):
    case = marlow.has_a_case()
    path = f"/cases/{case.public_id}/gifts"
    refused = program.post(path, {"remedy": str(money.pk), "amount": "40"})
    assert (refused.status_code, "Say why, for Ines" in refused.json()["detail"]) == (409, True)
    asked = program.post(path, {"remedy": str(money.pk), "amount": "40", "why": "a birthday"}).json()
    assert (asked["state"], asked["asked_of"]["name"], asked["promise"]) == ("asked", "Ines Duarte", None)
    assert program.post(f"/gifts/{asked['id']}/decide", {"yes": True}).status_code == 409
    decided = for_ines.post(f"/gifts/{asked['id']}/decide", {"yes": True})
    assert (decided.json()["state"], decided.json()["decided_by"]["name"]) == ("given", "Ines Duarte")


def test_a_no_carries_its_reason(marlow, program, for_ines, money):
    case = marlow.has_a_case()
    body = {"remedy": str(money.pk), "amount": "40", "why": "a birthday"}
    asked = program.post(f"/cases/{case.public_id}/gifts", body).json()
    assert for_ines.post(f"/gifts/{asked['id']}/decide", {"yes": False}).status_code == 409
    told = for_ines.post(f"/gifts/{asked['id']}/decide", {"yes": False, "why": "We agreed on twenty."}).json()
    assert (told["state"], told["decided_why"]) == ("refused", "We agreed on twenty.")


@pytest.mark.parametrize(
    "wrong", [{"remedy": "99999"}, {"remedy": "none"}, {"amount": "-1"}, {"amount": "1,50"}, {"amount": 5}, {"more": "x"}]
)
def test_what_cannot_be_used_is_named(marlow, program, money, wrong):
    case = marlow.has_a_case()
    body = {"remedy": str(money.pk), "amount": "5", **wrong}
    answer = program.post(f"/cases/{case.public_id}/gifts", body)
    assert answer.status_code == 422
    assert answer.json()["fields"][0]["field"] in wrong


def test_the_same_key_gives_once(marlow, program, money):
    case = marlow.has_a_case()
    for _time in range(2):
        program.post(f"/cases/{case.public_id}/gifts", {"remedy": str(money.pk), "amount": "5"}, key="one")
    assert len(program.get(f"/cases/{case.public_id}/gifts").json()["items"]) == 1


def test_a_case_tells_the_how_manieth_time_it_is(marlow, program):
    case = marlow.has_a_case("This is the third time that the pizza is cold.")
    assert program.get(f"/cases/{case.public_id}").json()["repeats"] == 3


def test_a_gift_that_is_none_is_not_there(program, money):
    assert program.post("/gifts/00000000-0000-0000-0000-000000000000/done").status_code == 404
