"""Lists of cases, one case, and what is decided about it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.api.tests.conftest import in_days, moment
from kept.cases.minding import note
from kept.cases.models import Case
from kept.intake.models import Arrival
from kept.lib import clock
from kept.lib.links import read_page_token
from kept.timeline.models import Event

KEYS = {
    "id", "subject", "kind", "wish", "danger", "state", "outcome", "outcome_reason", "customer", "owner", "media", "silent_since",
    "last_word_at", "answer_due_at", "next_due_at", "deadline_at", "opened_at", "ended_at", "repeats", "reach",
}  # fmt: skip


def test_johns_case_is_shown_with_exactly_the_keys_programs_rely_on(marlow, program):
    case = marlow.has_a_case("My pizza came cold.", subject="Cold again", wish="A hot one")
    [shown] = program.get("/cases").json()["items"]
    assert shown.keys() == KEYS
    assert shown["id"] == str(case.public_id)
    assert (shown["subject"], shown["wish"], shown["state"], shown["media"]) == ("Cold again", "A hot one", "open", ["phone"])
    assert shown["customer"]["name"] == "John Adeyemi"
    assert shown["customer"]["identities"] == [["email", "john@example.org"]]
    assert shown["owner"] == {"id": str(case.owner.public_id), "name": case.owner.name}
    assert shown["silent_since"] == moment(case.silent_since)
    assert shown["kind"] is shown["danger"] is shown["outcome"] is shown["deadline_at"] is shown["reach"] is None


def test_one_case_brings_what_was_said_noted_and_promised_and_johns_own_page(marlow, program):
    case = marlow.has_a_case("My pizza came cold.")
    program.post(
        f"/cases/{case.public_id}/replies", {"text": "John, a new one is on its way.", "answers": True, "medium": "phone"}
    )
    note(case, "Third time for John.", by=marlow.priya, now=clock.now())
    program.post(f"/cases/{case.public_id}/promises", {"what": "A voucher", "due_at": in_days(3)})
    shown = program.get(f"/cases/{case.public_id}").json()
    assert shown.keys() == KEYS | {"messages", "promises", "readings", "page"}
    said = [one for one in shown["messages"] if one["kind"] != "acknowledgement"]
    assert [(one["direction"], one["kind"], one["author"]) for one in said] == [
        ("in", None, "John Adeyemi"),
        ("out", "answer", case.owner.name),
        ("out", "note", "Priya Nair"),
    ]
    assert [one["delivery"] for one in said] == [None, "delivered", None]
    assert said[0].keys() == {"id", "direction", "kind", "medium", "author", "text", "at", "delivery", "posted"}
    assert "A voucher" in [made["what"] for made in shown["promises"]]
    assert shown["page"].startswith("http://testserver/c/")
    assert read_page_token("receipt", shown["page"].rpartition("/")[2]) == (Arrival.objects.get().receipt, 1)


def test_a_held_reply_waits_and_one_taken_back_is_gone(marlow, program):
    case = marlow.has_a_case()
    sent = program.post(f"/cases/{case.public_id}/replies", {"text": "Hello John, we bake it anew.", "answers": True}).json()
    outgoing = program.get(f"/cases/{case.public_id}").json()["messages"]
    assert ("Hello John, we bake it anew.", "waiting") in [(one["text"], one["delivery"]) for one in outgoing]
    program.post(f"/messages/{sent['message']}/take-back")
    assert sent["message"] not in [one["id"] for one in program.get(f"/cases/{case.public_id}").json()["messages"]]


def test_lists_tell_open_from_ended_cases(marlow, program):
    open_one = marlow.has_a_case("Cold.", subject="Cold")
    ended = marlow.has_a_case("Thanks!", subject="Toner", name="Mary Whitcombe", email="mary@example.org")
    program.post(f"/cases/{ended.public_id}/verdict", {"said": "yes", "words": "Yes, all good."})
    ids = {state: [one["id"] for one in program.get("/cases", state=state).json()["items"]] for state in ("open", "ended", "all")}
    assert ids["open"] == [str(open_one.public_id)]
    assert ids["ended"] == [str(ended.public_id)]
    assert len(ids["all"]) == 2


def test_lists_narrow_to_an_owner_a_customer_or_words(marlow, program):
    johns = marlow.has_a_case("Cold.", subject="Cold pizza")
    marys = marlow.has_a_case("Where is it?", subject="Toner", name="Mary Whitcombe", email="mary@example.org")
    program.post(f"/cases/{johns.public_id}/owner", {"owner": str(marlow.ben.public_id)})

    def listed(**query):
        return [one["id"] for one in program.get("/cases", **query).json()["items"]]

    assert listed(owner=str(marlow.ben.public_id), q="cold") == [str(johns.public_id)]
    assert listed(customer=str(marys.customer.public_id)) == [str(marys.public_id)]
    assert listed(q="PIZZA") == [str(johns.public_id)]
    assert listed(q="whitcombe") == [str(marys.public_id)]
    assert listed(q="mary@example.org") == [str(marys.public_id)]
    assert listed(q="nobody said this") == []


def test_signs_of_harm_stand_above_what_falls_due_first(marlow, program):
    soon, later, harm = (
        marlow.has_a_case("Hm.", name=name, email=f"{name}@example.org") for name in ("Samir", "Grace", "Harold")
    )
    now = clock.now()
    for case, hours in ((soon, 1), (later, 2), (harm, 3)):
        Case.objects.filter(pk=case.pk).update(next_due_at=now + timedelta(hours=hours))
    Case.objects.filter(pk=harm.pk).update(danger="allergy")
    listed = [one["id"] for one in program.get("/cases").json()["items"]]
    assert listed == [str(harm.public_id), str(soon.public_id), str(later.public_id)]


@pytest.mark.parametrize("sort", ["due", "silence", "opened"])
def test_pages_of_every_order_hold_each_case_once_even_where_nothing_is_due(marlow, program, sort):
    cases = [marlow.has_a_case("Hm.", name=f"Samir {n}", email=f"samir{n}@example.org") for n in range(5)]
    for case in cases[:2]:
        program.post(f"/cases/{case.public_id}/verdict", {"said": "leave", "words": "I go elsewhere."})
    seen, cursor = [], ""
    for _page in range(9):
        answer = program.get("/cases", state="all", sort=sort, limit=2, **({"cursor": cursor} if cursor else {})).json()
        seen += [one["id"] for one in answer["items"]]
        cursor = answer["next"]
        if cursor is None:
            break
    assert sorted(seen) == sorted(str(case.public_id) for case in cases)
    if sort == "opened":
        assert seen == [str(case.public_id) for case in reversed(cases)]


def test_a_case_that_falls_due_first_is_not_shown_twice_when_it_arrives_between_two_pages(marlow, program):
    for n in range(4):
        marlow.has_a_case("Hm.", name=f"Samir {n}", email=f"samir{n}@example.org")
    first = program.get("/cases", sort="opened", limit=2).json()
    marlow.has_a_case("New!", name="Grace Okoro", email="grace@example.org")
    second = program.get("/cases", sort="opened", limit=2, cursor=first["next"]).json()
    assert not {one["id"] for one in first["items"]} & {one["id"] for one in second["items"]}
    assert len(second["items"]) == 2


def test_fifty_cases_cost_a_handful_of_queries(marlow, program, django_assert_max_num_queries):
    for n in range(12):
        marlow.has_a_case("Hm.", name=f"Samir {n}", email=f"samir{n}@example.org")
    with django_assert_max_num_queries(5):
        assert len(program.get("/cases").json()["items"]) == 12


def test_looking_at_a_case_changes_nothing(marlow, for_ben):
    case = marlow.has_a_case()
    events = Event.objects.count()
    for_ben.get(f"/cases/{case.public_id}")
    assert Event.objects.count() == events
    case.refresh_from_db()
    assert case.owner_saw_at is None


@pytest.mark.parametrize(
    "query",
    [
        {"cursor": "x"},
        {"cursor": "\0"},
        {"limit": 0},
        {"limit": 201},
        {"limit": "9" * 5000},
        {"state": "closed"},
        {"sort": "id; DROP TABLE"},
        {"owner": "no id"},
        {"customer": "00000000-0000-0000-0000-000000000000"},
        {"q": "x" * 201},
    ],
)
def test_a_filter_that_makes_no_sense_is_refused_by_name(marlow, program, query):
    answer = program.get("/cases", **query)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert [wrong["field"] for wrong in answer.json()["fields"]] == list(query)


def test_a_cursor_of_another_order_is_refused(marlow, program):
    for n in range(2):
        marlow.has_a_case("Hm.", name=f"Samir {n}", email=f"samir{n}@example.org")
    cursor = program.get("/cases", sort="opened", limit=1).json()["next"]
    assert program.get("/cases", sort="due", limit=1, cursor=cursor).status_code == 422


def test_nul_and_wildcards_in_a_search_find_nothing_and_break_nothing(marlow, program):
    marlow.has_a_case()
    for words in ("\0", "%", "_", "'; --", "\u2028", "𝕵"):
        assert program.get("/cases", q=words).status_code == 200
    assert program.get("/cases", q="%").json()["items"] == []


@pytest.mark.parametrize("id", ["00000000-0000-0000-0000-000000000000", "7", "x", "%00", "..", "{}"])
def test_a_case_that_is_not_there_is_a_404(program, id):
    answer = program.get(f"/cases/{id}")
    assert (answer.status_code, answer.json()["status"]) == (404, 404)


def test_priya_hands_johns_case_to_ben_who_has_not_opened_it(marlow, program):
    case = marlow.has_a_case()
    answer = program.post(f"/cases/{case.public_id}/owner", {"owner": str(marlow.ben.public_id)})
    assert answer.status_code == 200
    assert answer.json()["owner"]["name"] == "Ben Castillo"


def test_a_case_cannot_be_given_to_nobody_or_to_somebody_who_does_not_answer(marlow, program):
    case = marlow.has_a_case()
    marlow.ben.answers = False
    marlow.ben.save(update_fields=["answers"])
    assert program.post(f"/cases/{case.public_id}/owner", {"owner": str(marlow.ben.public_id)}).status_code == 409
    unknown = program.post(f"/cases/{case.public_id}/owner", {"owner": "x"})
    assert (unknown.status_code, unknown.json()["fields"][0]["field"]) == (422, "owner")


def test_john_is_asked_only_when_nothing_is_owed(marlow, program):
    case = marlow.has_a_case()
    assert program.post(f"/cases/{case.public_id}/ask").status_code == 409
    program.post(f"/cases/{case.public_id}/replies", {"text": "John, it is baked anew.", "answers": True, "medium": "phone"})
    asked = program.post(f"/cases/{case.public_id}/ask")
    assert (asked.status_code, asked.json()["delivery"]) == (202, "waiting")


def test_johns_spoken_yes_ends_it_white_in_his_words(marlow, program):
    case = marlow.has_a_case()
    answer = program.post(f"/cases/{case.public_id}/verdict", {"said": "yes", "words": "Yes, it was lovely."})
    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["outcome"], answer.json()["outcome_reason"]) == ("ended", "white", "said")
    again = program.post(f"/cases/{case.public_id}/verdict", {"said": "yes", "words": "Yes."})
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("said", "outcome", "reason"), [("unsolved", "black", "said"), ("leave", "black", "left"), ("no", None, None)]
)
def test_what_john_says_otherwise_ends_it_black_or_not_at_all(marlow, program, said, outcome, reason):
    case = marlow.has_a_case()
    answer = program.post(f"/cases/{case.public_id}/verdict", {"said": said, "words": "Not like that."}).json()
    assert (answer["outcome"], answer["outcome_reason"]) == (outcome, reason)


@pytest.mark.parametrize("body", [{"said": "yes"}, {"said": "yes", "words": " "}, {"said": "closed", "words": "x"}, {}, [], None])
def test_no_verdict_without_johns_words(marlow, program, body):
    case = marlow.has_a_case()
    assert program.post(f"/cases/{case.public_id}/verdict", body).status_code == 422
    case.refresh_from_db()
    assert case.is_open
