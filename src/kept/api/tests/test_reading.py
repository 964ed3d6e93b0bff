"""Who speaks to us, who answers, and the ways in and out."""

from __future__ import annotations

import pytest

from kept.accounts.opening import add_account, close_account
from kept.lib import clock
from kept.people.adding import add_employee


def test_john_is_found_by_his_name_or_address(marlow, program):
    marlow.hears("Cold.")
    mary = marlow.hears("Toner?", name="Mary Whitcombe", email="mary@example.org").customer

    def found(q):
        return [one["name"] for one in program.get("/customers", q=q).json()["items"]]

    assert found("") == ["Mary Whitcombe", "John Adeyemi"]
    assert found("adey") == ["John Adeyemi"]
    assert found("mary@") == ["Mary Whitcombe"]
    assert found("%") == []
    shown = program.get(f"/customers/{mary.public_id}").json()
    assert shown.keys() == {"id", "name", "identities", "language", "first_seen_at", "usual_owner"}
    assert shown["identities"] == [["email", "mary@example.org"]]
    assert program.get("/customers/x").status_code == 404


def test_customers_come_in_pages_each_once(marlow, reader):
    for n in range(5):
        marlow.hears("Hm.", name=f"Samir {n}", email=f"samir{n}@example.org")
    seen, cursor = [], ""
    while cursor is not None:
        answer = reader.get("/customers", limit=2, **({"cursor": cursor} if cursor else {})).json()
        seen += [one["name"] for one in answer["items"]]
        cursor = answer["next"]
    assert seen == [f"Samir {n}" for n in (4, 3, 2, 1, 0)]


def test_everybody_who_answers_is_listed_and_whoever_left_is_not(marlow, reader):
    gone = add_employee("Tom Reyes", now=clock.now())
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    shown = reader.get("/employees").json()["items"]
    assert [one["name"] for one in shown] == ["Priya Nair", "Ines Duarte", "Ben Castillo"]
    assert shown[0].keys() == {"id", "name", "public_name", "job", "role", "team", "answers", "is_away"}
    assert (shown[0]["team"], shown[1]["role"], shown[2]["is_away"]) == ("Customer care", "admin", False)


def test_the_ways_in_are_listed_as_the_command_names_them_without_their_secrets(marlow, program):
    add_account("form", name="Write to us", now=clock.now())
    closed = add_account("form", name="Old", now=clock.now()).account
    close_account(closed, by=marlow.ines, now=clock.now())
    mailbox, form = program.get("/accounts").json()["items"]
    assert (mailbox["kind"], mailbox["address"], mailbox["page"]) == ("email", "help@marlow.example", None)
    assert (form["kind"], form["address"], form["page"]) == ("form", None, "/to/write-to-us")
    assert not {"settings", "door", "door_hash"} & form.keys()


@pytest.mark.parametrize("who", ["reader", "for_ben"])
def test_the_ways_in_are_for_admins(request, marlow, who):
    assert request.getfixturevalue(who).get("/accounts").status_code == 403
