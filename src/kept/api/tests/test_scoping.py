"""A token for somebody reaches only what they see; every address that names a case, a message or a promise asks that."""

from __future__ import annotations

import pytest

from kept.api.tests.conftest import in_days
from kept.cases.models import CaseQuerySet, Note
from kept.timeline.models import Event


@pytest.fixture
def sees_nothing(monkeypatch):
    """The rule of restricted cases as it may be one day: nobody sees any."""
    monkeypatch.setattr(CaseQuerySet, "visible_to", lambda cases, employee: cases.none())


@pytest.fixture
def johns(marlow, program) -> dict[str, str]:
    case = marlow.has_a_case()
    reply = program.post(f"/cases/{case.public_id}/replies", {"text": "John, done.", "answers": True, "despite": "all"}).json()
    promise = program.post(f"/cases/{case.public_id}/promises", {"what": "A refund", "due_at": in_days(2)}).json()
    return {"case": str(case.public_id), "message": reply["message"], "promise": promise["id"]}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/cases/{case}/notes", {"text": "Hm."}),
        ("/cases/{case}/replies", {"text": "John, sorry.", "answers": True, "despite": "all"}),
        ("/cases/{case}/promises", {"what": "A cake", "due_at": "{soon}"}),
        ("/cases/{case}/ask", None),
        ("/cases/{case}/owner", {"owner": "{ben}"}),
        ("/cases/{case}/verdict", {"said": "yes", "words": "Yes."}),
        ("/cases/{case}/nothing-to-answer", {"message": "{message}", "reason": "thanks"}),
        ("/messages/{message}/take-back", None),
        ("/promises/{promise}/keep", None),
        ("/promises/{promise}/renegotiate", {"due_at": "{soon}", "told_in": "{message}"}),
    ],
)
def test_a_case_that_ben_does_not_see_is_not_there_for_his_token(marlow, johns, for_ben, sees_nothing, path, body):
    known = {**johns, "ben": str(marlow.ben.public_id), "soon": in_days(3)}
    filled = body and {name: value.format(**known) if isinstance(value, str) else value for name, value in body.items()}
    events = Event.objects.count()
    answer = for_ben.post(path.format(**known), filled)
    assert (answer.status_code, answer.json()["title"]) == (404, "Not Found")
    assert (Event.objects.count(), Note.objects.count()) == (events, 0)


def test_neither_list_nor_page_shows_ben_what_he_does_not_see(johns, for_ben, program, sees_nothing):
    assert for_ben.get("/cases", state="all").json()["items"] == []
    assert for_ben.get("/promises").json()["items"] == []
    assert for_ben.get(f"/cases/{johns['case']}").status_code == 404
    assert program.get(f"/cases/{johns['case']}").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_ben_cannot_put_words_on_a_case_that_he_does_not_see(johns, for_ben, sees_nothing):
    refused = for_ben.contact("And the drink.", case=johns["case"])
    assert (refused.status_code, refused.json()["fields"][0]["field"]) == (422, "case")


def test_today_ben_sees_every_case(johns, for_ben):
    assert [one["id"] for one in for_ben.get("/cases").json()["items"]] == [johns["case"]]
