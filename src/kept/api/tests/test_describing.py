"""The committed description says what the API does, and the API does what it says, whatever it is sent."""

from __future__ import annotations

import pytest
import schemathesis
from django.core.management import call_command
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from kept.api.describing import COMMITTED, as_json
from kept.api.routes import api
from kept.api.tests.conftest import in_days
from kept.intake.models import Arrival
from kept.wsgi import application

TOLD = schemathesis.openapi.from_path(COMMITTED)
TOLD.app = application
NAUGHTY = [
    "", " ", "\0", "\ufeff", "\u202eevil", "\u200b", "'; DROP TABLE kept_case; --", "<script>alert(1)</script>", "{{7*7}}",
    "%s%n%d", "../../etc/passwd", "𝕵𝖔𝖍𝖓", "👩‍👩‍👧‍👦", "Ω≈ç√∫˜µ", "\r\nBcc: all@example.org", "null", "NaN", "-1", "9" * 400,
    "田中さん", "الكلمة", "x" * 1000, "\\", '"', "\u2028", "a\tb\nc",
]  # fmt: skip


@pytest.fixture
def known(marlow, program) -> dict[str, str]:
    """Something that is there, for each kind of address."""
    case = marlow.has_a_case()
    reply = program.post(f"/cases/{case.public_id}/replies", {"text": "John, done.", "answers": True, "despite": "all"}).json()
    promise = program.post(f"/cases/{case.public_id}/promises", {"what": "A refund", "due_at": in_days(2)}).json()
    aside = f"{Arrival.objects.get(pk=marlow.gets_a_mail_of_a_robot().arrival_id).receipt}.0"
    return {
        "cases": str(case.public_id),
        "messages": reply["message"],
        "promises": promise["id"],
        "customers": str(case.customer.public_id),
        "set-aside": aside,
    }


def test_the_committed_description_is_current():
    assert COMMITTED.read_text(encoding="utf-8") == as_json(api), "./kept django openapi writes it"
    call_command("openapi", "--check")


def test_the_served_description_is_the_committed_one(client, db):
    assert client.get("/api/v1/openapi.json").content.decode() == COMMITTED.read_text(encoding="utf-8")


@TOLD.parametrize()
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@pytest.mark.django_db(transaction=True)
def test_nothing_a_program_sends_breaks_it(case, program, known):
    checks = [not_a_server_error, status_code_conformance, response_schema_conformance]
    headers = {"Authorization": f"Bearer {program.secret}"}
    case.call_and_validate(headers=headers, checks=checks)
    folder = case.path.split("/")[-3 if case.method == "POST" else -2]
    if "id" in case.path_parameters and folder in known:
        case.path_parameters["id"] = known[folder]
        case.call_and_validate(headers=headers, checks=checks)


@pytest.mark.django_db(transaction=True)
def test_naughty_words_are_kept_or_refused_in_every_field_and_come_back_whole(marlow, program):
    known = marlow.has_a_case()
    for naughty in NAUGHTY:
        answers = [
            program.get("/cases", q=naughty),
            program.get("/customers", q=naughty),
            program.get("/cases", cursor=naughty),
            program.get("/cases", owner=naughty),
            program.post(
                "/contacts",
                {
                    "medium": "phone",
                    "from": {"name": naughty, "identities": [["external", naughty], ["email", naughty]]},
                    **dict.fromkeys(("subject", "text", "wish", "spoke_with", "on_behalf_of"), naughty),
                },
            ),
            program.post(f"/cases/{known.public_id}/notes", {"text": naughty}),
            program.post(f"/cases/{known.public_id}/promises", {"what": naughty, "due_at": naughty}),
            program.post(f"/cases/{known.public_id}/owner", {"owner": naughty}),
            program.post(f"/cases/{known.public_id}/replies", {"text": naughty, "answers": True, "despite": "all"}),
            program.post(f"/cases/{known.public_id}/nothing-to-answer", {"message": naughty, "reason": naughty}),
            program.post(f"/cases/{known.public_id}/verdict", {"said": naughty, "words": naughty}),
        ]
        assert all(answer.status_code < 500 for answer in answers), (naughty, [one.status_code for one in answers])
        if answers[4].status_code == 201:
            shown = program.get(f"/cases/{answers[4].json()['case']}").json()
            assert naughty.replace("\0", "").strip() in {one["text"] for one in shown["messages"]}
