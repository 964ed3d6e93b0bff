"""Replies, their doubts, taking back, notes, and words that need no answer."""

from __future__ import annotations

from datetime import datetime

import pytest

from kept.api.tests.conftest import in_days
from kept.cases.models import Case, Message, Note
from kept.lib import clock
from kept.promises.models import Promise
from kept.timeline.models import Event


def test_a_reply_is_on_its_way_and_says_until_when_it_can_be_taken_back(marlow, program):
    case = marlow.has_a_case()
    answer = program.post(f"/cases/{case.public_id}/replies", {"text": "Hello John, we bake it anew.", "answers": True})
    assert answer.status_code == 202
    told = answer.json()
    assert told.keys() == {"message", "delivery", "goes_at"}
    assert told["delivery"] == "waiting"
    assert 0 < (datetime.fromisoformat(told["goes_at"]) - clock.now()).total_seconds() <= 20
    message = Message.objects.get(public_id=told["message"])
    assert (message.kind, message.text, message.is_held) == ("answer", "Hello John, we bake it anew.", True)
    assert message.answers_up_to == Message.objects.get(case=case, is_theirs=True)


def test_a_program_for_nobody_writes_as_the_owner_and_the_history_names_the_program(marlow, program):
    case = marlow.has_a_case()
    program.post(f"/cases/{case.public_id}/replies", {"text": "John, it is here.", "answers": True})
    event = Event.objects.get(kind="replied")
    assert event.by == f"employee:{case.owner_id}"
    assert event.facts["through"].startswith("apitoken:")
    assert Message.objects.get(kind="answer").author == case.owner


def test_bens_token_writes_as_ben(marlow, for_ben):
    case = marlow.has_a_case()
    for_ben.post(f"/cases/{case.public_id}/replies", {"text": "John, it is here.", "answers": True})
    assert Message.objects.get(kind="answer").author == marlow.ben
    assert Event.objects.get(kind="replied").by == f"employee:{marlow.ben.pk}"


def test_a_question_left_open_is_a_doubt_and_goes_only_despite_it(marlow, program):
    case = marlow.has_a_case("Where is my refund? It was cold.")
    reply = {"text": "Hello John, I am sorry it was cold.", "answers": True}
    refused = program.post(f"/cases/{case.public_id}/replies", reply)
    assert refused.status_code == 409
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["doubts"][0]["code"] == "question_open"
    assert "refund" in refused.json()["doubts"][0]["says"]
    assert not Message.objects.filter(kind="answer").exists()
    despite = program.post(f"/cases/{case.public_id}/replies", reply | {"despite": ["question_open"]})
    assert despite.status_code == 202


@pytest.mark.parametrize("despite", ["all", ["all"], ["gap", "all"]])
def test_despite_all_overrules_every_doubt(marlow, program, despite):
    case = marlow.has_a_case("Where is my refund?")
    answer = program.post(f"/cases/{case.public_id}/replies", {"text": "Dear [NAME], hm.", "answers": True, "despite": despite})
    assert answer.status_code == 202


def test_an_answer_to_less_than_johns_last_word_is_overtaken(marlow, program):
    first = marlow.hears("Cold again.", subject="Cold")
    marlow.hears("And the drink is missing.", subject="Cold")
    reply = {"text": "Hello John, a new one comes.", "answers": True, "answers_up_to": str(first.public_id)}
    refused = program.post(f"/cases/{first.case.public_id}/replies", reply)
    assert [doubt["code"] for doubt in refused.json()["doubts"]] == ["overtaken"]


def test_a_sign_of_life_and_a_question_back_are_kept_apart(marlow, program):
    case = marlow.has_a_case("My toner is wrong.")
    path = f"/cases/{case.public_id}/replies"
    program.post(path, {"text": "Hello John, I am on it.", "answers": False})
    program.post(path, {"text": "Hello John, which printer is it?", "answers": "asks_back", "medium": "phone"})
    assert list(
        Message.objects.filter(author__isnull=False, is_theirs=False)
        .exclude(kind="acknowledgement")
        .order_by("id")
        .values_list("kind", flat=True)
    ) == [
        "sign_of_life",
        "asks_back",
    ]
    case.refresh_from_db()
    assert case.silent_since is None
    again = program.post(path, {"text": "Hello John, and which paper?", "answers": "asks_back", "medium": "phone"})
    assert again.status_code == 409


def test_a_call_back_answers_at_once(marlow, program):
    case = marlow.has_a_case()
    answer = program.post(
        f"/cases/{case.public_id}/replies", {"text": "Told John a new one comes.", "answers": True, "medium": "phone"}
    )
    assert (answer.json()["delivery"], answer.json()["goes_at"]) == ("delivered", None)
    case.refresh_from_db()
    assert case.silent_since is None


def test_the_promises_of_a_reply_stand_in_the_ledger(marlow, program):
    case = marlow.has_a_case()
    promises = [{"what": "A refund", "due_at": in_days(2), "by": str(marlow.ben.public_id)}]
    reply = {"text": "John, you get it back.", "answers": True, "promises": promises, "medium": "phone"}
    program.post(f"/cases/{case.public_id}/replies", reply)
    made = Promise.objects.get(is_next_word=False)
    assert (made.what, made.by) == ("A refund", marlow.ben)


def test_a_reply_may_promise_nothing_whatever_it_says(marlow, program):
    case = marlow.has_a_case()
    reply = {"text": "John, I call you tomorrow at 10:00.", "answers": True, "medium": "phone"}
    program.post(f"/cases/{case.public_id}/replies", reply | {"promises": []})
    assert not Promise.objects.filter(is_next_word=False).exists()


@pytest.mark.parametrize(
    "change",
    [
        {"owner": "x"},
        {"silent_since": None},
        {"author": "Ines"},
        {"answers": "true"},
        {"answers": 1},
        {"answers_up_to": "00000000-0000-0000-0000-000000000000"},
        {"despite": "none"},
        {"despite": "question_open"},
        {"promises": [{"what": "x"}]},
        {"promises": [{"what": "x", "due_at": "9999-12-31T23:59:59-14:00"}]},
        {"promises": [{"what": "x", "due_at": "tomorrow"}]},
        {"promises": [{"what": "x", "due_at": "2099-01-01T10:00:00"}]},
        {"promises": [{"what": "x", "due_at": 10**30}]},
        {"promises": [{"what": "x", "due_at": "2000-01-01T00:00:00Z", "by": "nobody"}]},
        {"medium": "pigeon"},
        {"text": "\ud800"},
        {"text": 7},
    ],
)
def test_a_reply_with_a_field_we_cannot_use_is_refused_and_nothing_is_written(marlow, program, change):
    case = marlow.has_a_case()
    reply = {"text": "Hello John.", "answers": True} | change
    assert program.post(f"/cases/{case.public_id}/replies", reply).status_code == 422
    assert not Message.objects.filter(kind="answer").exists()


def test_an_empty_reply_is_refused(marlow, program):
    case = marlow.has_a_case()
    assert program.post(f"/cases/{case.public_id}/replies", {"text": " ", "answers": True}).status_code == 409


def test_nul_is_taken_out_of_what_we_write(marlow, program):
    case = marlow.has_a_case()
    assert program.post(f"/cases/{case.public_id}/notes", {"text": "Third\0 time"}).status_code == 201
    assert Note.objects.get().text == "Third time"


def test_a_word_of_another_customers_case_cannot_be_answered_here(marlow, program):
    case = marlow.has_a_case()
    marys = marlow.hears("Toner!", name="Mary Whitcombe", email="mary@example.org")
    reply = {"text": "Hello John.", "answers": True, "answers_up_to": str(marys.public_id)}
    assert program.post(f"/cases/{case.public_id}/replies", reply).status_code == 422


def test_a_reply_is_taken_back_and_is_a_draft_again(marlow, for_ben):
    case = marlow.has_a_case()
    sent = for_ben.post(f"/cases/{case.public_id}/replies", {"text": "Hello John, done.", "answers": True}).json()
    answer = for_ben.post(f"/messages/{sent['message']}/take-back")
    assert answer.json() == {"message": sent["message"], "draft": "Hello John, done."}
    assert for_ben.post(f"/messages/{sent['message']}/take-back").status_code == 404


def test_a_call_cannot_be_taken_back(marlow, program):
    case = marlow.has_a_case()
    sent = program.post(f"/cases/{case.public_id}/replies", {"text": "Told John.", "answers": True, "medium": "phone"}).json()
    assert program.post(f"/messages/{sent['message']}/take-back").status_code == 409


def test_a_note_is_only_for_us(marlow, for_ben):
    case = marlow.has_a_case()
    answer = for_ben.post(f"/cases/{case.public_id}/notes", {"text": "He rang twice."})
    assert answer.status_code == 201
    assert (answer.json()["kind"], answer.json()["author"], answer.json()["delivery"]) == ("note", "Ben Castillo", None)
    assert for_ben.post(f"/cases/{case.public_id}/notes", {"text": "\n"}).status_code == 422


def test_thanks_need_no_answer_once_somebody_says_why(marlow, program):
    word = marlow.hears("Thank you!")
    path = f"/cases/{word.case.public_id}/nothing-to-answer"
    assert program.post(path, {"message": str(word.public_id), "reason": ""}).status_code == 422
    answer = program.post(path, {"message": str(word.public_id), "reason": "only thanks"})
    assert answer.status_code == 200
    assert answer.json()["silent_since"] is None
    assert program.post(path, {"message": "x", "reason": "only thanks"}).status_code == 422


def test_our_own_words_cannot_be_put_to_rest(marlow, program):
    case = marlow.has_a_case()
    sent = program.post(f"/cases/{case.public_id}/replies", {"text": "Told John.", "answers": True, "medium": "phone"}).json()
    path = f"/cases/{case.public_id}/nothing-to-answer"
    assert program.post(path, {"message": sent["message"], "reason": "x"}).status_code == 409
    assert Case.objects.get(pk=case.pk).is_open
