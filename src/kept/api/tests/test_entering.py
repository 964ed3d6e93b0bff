"""Who may, what everything that goes wrong looks like, and that a key is done once."""

from __future__ import annotations

import json

import pytest

from kept.api.tests.conftest import Program, in_days
from kept.cases.models import Note
from kept.lib import clock
from kept.people.models import ApiToken
from kept.people.tokens import make_token, revoke
from kept.promises.models import Promise
from kept.wsgi import application

PROBLEM = "application/problem+json"
READS = ["/cases", "/customers", "/employees", "/accounts", "/promises", "/set-aside", "/audit", "/events"]


@pytest.mark.parametrize("path", READS)
@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer x", "Bearer kept_", "Basic a2VwdA==", "kept_x"])
def test_a_stranger_sees_nothing_and_hears_how(marlow, client, path, authorization):
    answer = client.get(f"/api/v1{path}", headers={"Authorization": authorization} if authorization else {})
    assert (answer.status_code, answer["Content-Type"], answer["WWW-Authenticate"]) == (401, PROBLEM, "Bearer")
    assert answer.json().keys() == {"type", "title", "status", "detail"}


def test_whoever_is_signed_in_at_the_desk_is_still_a_stranger_here(marlow, client):
    client.force_login(marlow.ines)
    assert client.get("/api/v1/cases").status_code == 401


def test_a_token_that_reads_does_not_write_and_one_that_writes_does_not_read(marlow, reader, client):
    case = marlow.has_a_case()
    writer = Program(make_token("pen", scopes=("write",), now=clock.now()), client)
    assert reader.get("/cases").status_code == 200
    refused = reader.post(f"/cases/{case.public_id}/notes", {"text": "Hm."})
    assert (refused.status_code, refused["Content-Type"]) == (403, PROBLEM)
    assert writer.get("/cases").status_code == 403
    assert writer.post(f"/cases/{case.public_id}/notes", {"text": "Hm."}).status_code == 201


def test_a_revoked_token_and_one_of_somebody_who_left_open_nothing(marlow, program, for_ben):
    revoke(ApiToken.objects.get(name="till"), now=clock.now())
    assert program.get("/cases").status_code == 401
    marlow.ben.is_active = False
    marlow.ben.save(update_fields=["is_active"])
    assert for_ben.get("/cases").status_code == 401


@pytest.mark.parametrize("path", ["/", "/nothing", "/cases/", "/cases/x/y", "/tickets", "/../desk"])
def test_where_there_is_nothing_the_answer_is_a_problem(program, path):
    answer = program.get(path)
    assert (answer.status_code, answer["Content-Type"], answer.json()["status"]) == (404, PROBLEM, 404)


@pytest.mark.parametrize(
    ("method", "path"), [("delete", "/cases"), ("put", "/cases/x"), ("get", "/contacts"), ("post", "/audit")]
)
def test_a_wrong_method_is_a_problem_that_names_the_right_one(program, method, path):
    answer = getattr(program.client, method)(f"/api/v1{path}", headers={"Authorization": f"Bearer {program.secret}"})
    assert (answer.status_code, answer["Content-Type"]) == (405, PROBLEM)
    assert answer["Allow"]


@pytest.mark.parametrize("body", ["", "{", "[]", "7", "null", '"x"', "\x00", '{"text": ' * 2000])
def test_a_body_that_is_no_json_object_is_a_problem(marlow, program, body):
    case = marlow.has_a_case()
    headers = {"Authorization": f"Bearer {program.secret}"}
    path = f"/api/v1/cases/{case.public_id}/notes"
    answer = program.client.post(path, body, content_type="application/json", headers=headers)
    assert (answer.status_code in {400, 422}, answer["Content-Type"]) == (True, PROBLEM)
    assert not Note.objects.exists()


def test_a_fault_of_ours_is_a_problem_too(marlow, program, monkeypatch, caplog):
    monkeypatch.setattr("kept.api.audit.count", lambda now: 1 / 0)
    answer = program.get("/audit")
    assert (answer.status_code, answer["Content-Type"]) == (500, PROBLEM)
    assert "division" not in answer.content.decode()


def test_what_is_stopped_at_the_door_of_the_house_is_a_problem_too(settings, rf):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    heard: list[str] = []
    environ = rf.post("/api/v1/contacts", "x" * 11, content_type="application/json").environ
    body = b"".join(application(environ, lambda status, headers: heard.extend([status, dict(headers)["Content-Type"]])))
    assert heard == ["413 Content Too Large", PROBLEM]
    assert json.loads(body)["status"] == 413


def test_the_same_key_writes_one_note_and_is_answered_the_same(marlow, program):
    case = marlow.has_a_case()
    path, body = f"/cases/{case.public_id}/notes", {"text": "He rang twice."}
    first, again = (program.post(path, body, key="note-1") for _time in range(2))
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert Note.objects.count() == 1


def test_a_key_used_for_another_body_or_another_address_is_refused(marlow, program):
    case = marlow.has_a_case()
    program.post(f"/cases/{case.public_id}/notes", {"text": "One."}, key="1")
    other_body = program.post(f"/cases/{case.public_id}/notes", {"text": "Two."}, key="1")
    other_path = program.post(f"/cases/{case.public_id}/promises", {"what": "A refund", "due_at": in_days(1)}, key="1")
    assert [(one.status_code, one.json()["fields"][0]["field"]) for one in (other_body, other_path)] == [
        (422, "Idempotency-Key")
    ] * 2
    assert (Note.objects.count(), Promise.objects.filter(is_next_word=False).count()) == (1, 0)


def test_what_was_refused_leaves_its_key_free(marlow, program):
    case = marlow.has_a_case("Where is my refund?")
    path = f"/cases/{case.public_id}/replies"
    assert program.post(path, {"text": "John, sorry.", "answers": True, "medium": "phone"}, key="r").status_code == 409
    despite = {"text": "John, sorry.", "answers": True, "medium": "phone", "despite": "all"}
    assert program.post(path, despite, key="r").status_code == 202


@pytest.mark.parametrize("key", ["x" * 201, "a\tb"])
def test_a_key_that_is_too_long_or_not_printable_is_refused(marlow, program, key):
    case = marlow.has_a_case()
    assert program.post(f"/cases/{case.public_id}/notes", {"text": "x"}, key=key).status_code == 422
