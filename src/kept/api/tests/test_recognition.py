"""Good words through the API: heard and typed in, waiting for a name, passed on once."""

from __future__ import annotations

import pytest

from kept.lib import clock
from kept.people.models import Notice
from kept.recognition.giving import say_a_good_word
from kept.recognition.models import Recognition


def heard(program, marlow, **more):
    return program.post("/recognitions", {"words": "He carried eleven boxes.", "by": str(marlow.priya.public_id), **more})


def test_what_was_heard_about_ben_is_passed_on_at_once(marlow, program):
    made = heard(program, marlow, employee=str(marlow.ben.public_id), writer="Whitby Primary School", medium="phone")
    assert made.status_code == 201, made.content
    told = made.json()
    assert (told["state"], told["employee"]["name"], told["writer"]) == ("passed_on", "Ben Castillo", "Whitby Primary School")
    assert Notice.objects.filter(kind="praise", to=marlow.ben).count() == 1
    assert [one["id"] for one in program.get("/recognitions", state="passed_on").json()["items"]] == [told["id"]]


def test_without_a_name_it_waits_until_a_person_says_that_it_was_ben(marlow, program):
    waiting = heard(program, marlow, hint="Ben, I think").json()
    assert waiting["state"] == "looking"
    assert [(one["name"], one["why"]) for one in waiting["candidates"]] == [("Ben Castillo", "named")]
    path, who = f"/recognitions/{waiting['id']}/it-was", str(marlow.ben.public_id)
    said = program.post(path, {"employee": who, "by": str(marlow.priya.public_id)})
    assert (said.status_code, said.json()["state"], said.json()["candidates"]) == (200, "passed_on", [])
    assert program.post(path, {"employee": who, "by": str(marlow.priya.public_id)}).status_code == 409
    assert program.get("/recognitions").json()["items"] == []


def test_a_program_that_speaks_for_nobody_says_who_says_so(marlow, program):
    assert program.post("/recognitions", {"words": "So kind"}).json()["fields"][0]["field"] == "by"


def test_bens_own_program_speaks_for_ben_and_not_about_him(marlow, for_ben):
    made = for_ben.post("/recognitions", {"words": "So kind", "employee": str(marlow.ben.public_id)})
    assert made.json()["state"] == "looking"


@pytest.mark.parametrize(
    ("field", "value"),
    [("words", " "), ("employee", "nobody"), ("case", "none"), ("place", "moon"), ("consent", "all"), ("medium", "pigeon")],
)
def test_what_cannot_be_used_is_refused_and_nothing_waits(marlow, program, field, value):
    assert heard(program, marlow, **{field: value}).status_code in {404, 422}
    assert not Recognition.objects.exists()


def test_ben_reads_what_everybody_may_and_what_is_his(marlow, for_ben, program):
    now = clock.now()
    say_a_good_word("For Ines alone", employee=marlow.ines, now=now, writer_name="Joan")
    say_a_good_word("For all", employee=marlow.ines, now=now, writer_name="Joan", consent="anon")
    say_a_good_word("For Ben", employee=marlow.ben, now=now, writer_name="Joan")
    found = for_ben.get("/recognitions", state="passed_on").json()["items"]
    assert {one["words"]: one["writer"] for one in found} == {"For all": None, "For Ben": "Joan"}
    assert len(program.get("/recognitions", state="passed_on").json()["items"]) == 3
    of_ines = program.get("/recognitions", state="passed_on", employee=str(marlow.ines.public_id)).json()["items"]
    assert len(of_ines) == 2


def test_ben_decides_about_nothing_that_he_may_not_read(marlow, for_ben):
    hidden = say_a_good_word("For Ines alone", employee=marlow.ines, now=clock.now())
    answer = for_ben.post(f"/recognitions/{hidden.public_id}/it-was", {"employee": str(marlow.priya.public_id)})
    assert answer.status_code == 404


def test_a_long_list_comes_a_page_at_a_time(marlow, program):
    for number in range(3):
        heard(program, marlow, hint=str(number))
    first = program.get("/recognitions", limit=2).json()
    rest = program.get("/recognitions", limit=2, cursor=first["next"]).json()
    assert [one["hint"] for one in first["items"] + rest["items"]] == ["2", "1", "0"]
    assert rest["next"] is None
