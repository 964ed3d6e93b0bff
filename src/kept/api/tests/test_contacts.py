"""Their words by a call, a letter, a visit: kept, filed, and told where."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.api.tests.conftest import moment
from kept.cases.models import Case, Message
from kept.intake import accepting
from kept.intake.models import Arrival, Filed
from kept.lib import clock
from kept.people.models import Employee, Identity
from kept.people.tokens import make_token
from kept.timeline.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def marlow(transactional_db, marlow):
    return marlow


def test_johns_call_is_kept_on_a_case_and_the_program_is_told_where(marlow, program):
    answer = program.contact("My pizza came cold.", subject="Cold again", wish="A hot one")
    assert answer.status_code == 201
    told = answer.json()
    assert told.keys() == {"case", "message", "receipt"}
    case = Case.objects.get(public_id=told["case"])
    word = Message.objects.get(public_id=told["message"])
    assert (word.case, word.text, word.medium, word.is_theirs) == (case, "My pizza came cold.", "phone", True)
    assert (case.subject, case.wish, case.customer.name) == ("Cold again", "A hot one", "John Adeyemi")
    assert str(Arrival.objects.get().receipt) == told["receipt"]


@pytest.mark.parametrize("medium", ["form", "email", "phone", "letter", "fax", "visit", "post", "survey", "chat", "sms", "api"])
def test_every_medium_is_taken(marlow, program, medium):
    assert program.contact("Cold.", medium=medium).status_code == 201
    assert Message.objects.get(is_theirs=True).medium == medium


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("email", "john@example.org"),
        ("phone", "+447700900461"),
        ("handle", "@john@example.social"),
        ("address", "3 Quay Street, Marlow"),
        ("external", "shop:4711"),
    ],
)
def test_every_kind_of_identity_is_his(marlow, program, kind, value):
    program.contact("Cold.", **{"from": {"name": "John", "identities": [[kind, value]]}})
    assert Identity.objects.get().kind == kind
    shown = program.get("/cases").json()["items"][0]["customer"]
    assert [one[0] for one in shown["identities"]] == [kind]


def test_the_clock_starts_when_he_spoke_and_the_call_was_taken_by_ben(marlow, for_ben):
    spoken = clock.now() - timedelta(hours=3)
    told = for_ben.contact("Cold.", at=moment(spoken), spoke_with="Ben").json()
    assert for_ben.get(f"/cases/{told['case']}").json()["silent_since"] == moment(spoken)


def test_a_second_call_on_the_same_matter_is_the_same_case(marlow, program):
    first = program.contact("Cold.", subject="Cold pizza").json()
    second = program.contact("Still cold.", subject="Cold pizza").json()
    assert (second["case"], Case.objects.count()) == (first["case"], 1)


def test_a_program_that_knows_the_case_says_so(marlow, program):
    case = marlow.has_a_case("Cold.", subject="Cold pizza")
    told = program.contact("And the drink is missing.", subject="Drink", case=str(case.public_id)).json()
    assert told["case"] == str(case.public_id)
    assert program.contact("Hm.", case="x").status_code == 422


def test_the_same_key_is_one_contact_and_counts_as_a_duplicate(marlow, program):
    first = program.contact("Cold.", key="call-1")
    again = program.contact("Cold.", key="call-1")
    assert (again.status_code, again.json()) == (201, first.json())
    assert Message.objects.filter(is_theirs=True).count() == 1
    audit = program.get("/audit").json()
    assert (audit["received"], audit["duplicates"], audit["unaccounted"]) == (2, 1, 0)


def test_the_same_words_without_a_key_are_two_contacts(marlow, program):
    program.contact("Cold.")
    program.contact("Cold.")
    assert Message.objects.filter(is_theirs=True).count() == 2


def test_a_key_used_for_other_words_is_refused_and_the_words_are_not_kept(marlow, program):
    program.contact("Cold.", key="call-1")
    refused = program.contact("Something else.", key="call-1")
    assert (refused.status_code, refused.json()["fields"][0]["field"]) == (422, "Idempotency-Key")
    assert Arrival.objects.count() == 1


def test_keys_of_two_programs_do_not_meet(marlow, program, for_ben):
    assert program.contact("Cold.", key="1").json()["message"] != for_ben.contact("Cold.", key="1").json()["message"]


def test_the_history_names_the_program(marlow, program):
    program.contact("Cold.")
    assert Event.objects.get(kind="received").facts["through"].startswith("apitoken:")


def test_before_anybody_is_here_the_words_are_kept_and_wait(transactional_db, client):
    from kept.api.tests.conftest import Program

    alone = Program(make_token("till", scopes=("all",), now=clock.now()), client)
    assert not Employee.objects.exists()
    answer = alone.contact("Cold.")
    assert (answer.status_code, answer.json()["case"], answer.json()["message"]) == (202, None, None)
    assert (Arrival.objects.count(), Filed.objects.count()) == (1, 0)


def test_when_the_disk_does_not_take_it_nobody_says_yes(marlow, program, monkeypatch):
    monkeypatch.setattr(accepting, "MOST_WAITING", 0)
    answer = program.contact("Cold.")
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert answer["Retry-After"]
    assert not Arrival.objects.exists()


@pytest.mark.parametrize("limit", ["MAX_CONTACT_BYTES", "DATA_UPLOAD_MAX_MEMORY_SIZE"])
def test_a_contact_beyond_the_limit_is_refused_with_the_limit(marlow, program, settings, limit):
    settings.MAX_CONTACT_BYTES = 1024 * 1024
    setattr(settings, limit, 1024 * 1024)
    body = '{"medium": "phone", "text": "Cold."}' + " " * 1024 * 1024
    headers = {"Authorization": f"Bearer {program.secret}"}
    answer = program.client.post("/api/v1/contacts", body, content_type="application/json", headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
    assert "1 MB" in answer.json()["detail"]
    assert not Arrival.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"medium": "pigeon"},
        {"medium": None},
        {"from": "John"},
        {"from": {"identities": [["twitter", "@john"]]}},
        {"from": {"identities": [["email"]]}},
        {"text": None},
        {"at": "yesterday"},
        {"closed": True},
        {"text": "\ud800"},
    ],
)
def test_a_contact_we_cannot_read_is_refused_by_name_and_not_kept(marlow, program, change):
    answer = program.contact("Cold.", **change)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer.json()["fields"]
    assert not Arrival.objects.exists()


def test_a_review_has_its_place_its_link_and_its_stars_as_the_webhook_writes_them(marlow, program):
    review = {
        **{"type": "arrival.new", "channel": "trustpilot", "external_id": "r-9", "public": True},
        **{"url": "https://www.trustpilot.com/reviews/9", "rating": {"scale": 5, "value": 1}, "text": "Cold again."},
        "identities": [{"kind": "external", "value": "trustpilot:77"}],
        "occurred_at": moment(clock.now() - timedelta(hours=2)),
    }
    told = program.post("/contacts", review).json()
    case = program.get(f"/cases/{told['case']}").json()
    assert case["media"] == ["post"] and case["customer"]["identities"] == [["external", "trustpilot:77"]]
    posted = case["messages"][0]["posted"]
    assert posted == {
        "place": "trustpilot",
        "url": "https://www.trustpilot.com/reviews/9",
        "rating": {"scale": 5, "value": 1},
    }
    assert case["silent_since"] == review["occurred_at"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"url": "javascript:alert(1)"}, "url"),
        ({"rating": {"scale": 5, "value": 6}}, "rating"),
        ({"rating": {"scale": 0, "value": 0}}, "rating"),
        ({"rating": 5}, "rating"),
    ],
)
def test_what_cannot_be_a_link_or_a_number_of_stars_is_said_by_its_name(marlow, program, wrong, field):
    answer = program.contact("Cold.", **wrong)
    assert answer.status_code == 422 and field in answer.json()["fields"][0]["field"]
    assert not Message.objects.exists()


def test_nobody_without_words_is_no_contact_but_a_call_that_nobody_took_is_one(marlow, program):
    assert program.post("/contacts", {"medium": "phone"}).status_code == 422
    john = {"identities": [["phone", "+447700900461"]]}
    assert program.post("/contacts", {"medium": "phone", "from": john}).status_code == 201
    assert Message.objects.get().medium == "phone"


def test_whoever_names_no_medium_says_at_least_that_it_is_public(marlow, program):
    assert program.post("/contacts", {"text": "Cold."}).status_code == 422
    assert program.post("/contacts", {"text": "Cold.", "public": True}).status_code == 201
    assert Message.objects.get(is_theirs=True).medium == "post"


def test_a_post_that_follows_another_of_its_thread_is_the_same_matter(marlow, program):
    writer = {"public": True, "identities": [["external", "x:mary"]]}
    first = program.post("/contacts", {**writer, "text": "One.", "external_id": "t-1"}).json()
    for other in range(2):
        johns = {"public": True, "identities": [["external", "x:mary"]], "text": f"Other {other}", "subject": f"s{other}"}
        program.post("/contacts", johns)
    again = program.post("/contacts", {**writer, "text": "Two.", "external_id": "t-2", "thread": "t-1"}).json()
    assert again["case"] == first["case"]
