"""Roots as programs read them, and the one key that says which root a case has."""

from __future__ import annotations

from datetime import timedelta

from kept.causes.fixing import promise_fix
from kept.causes.gathering import gather, let_go
from kept.causes.models import Cause, CauseState, Gathered
from kept.causes.opening import open_cause
from kept.lib import clock


def zips(marlow, title="The bags do not close") -> Cause:
    return open_cause(title, owner=marlow.ines, by=marlow.ines, now=clock.now(), theme="cold_food")


def test_a_root_is_told_with_its_day_and_the_cases_that_have_it(marlow, program):
    cause, case = zips(marlow), marlow.has_a_case()
    gather(cause, case, by=marlow.priya, now=clock.now())
    promise_fix(cause, "New zips", on=(clock.now() + timedelta(days=3)).date(), by=marlow.ines, now=clock.now())
    told = program.get(f"/causes/{cause.public_id}").json()
    assert (told["title"], told["state"], told["is_late"], told["people"]) == ("The bags do not close", "open", False, 1)
    assert told["owner"]["name"] == "Ines Duarte" and told["fix_due_on"] == (clock.now() + timedelta(days=3)).date().isoformat()
    assert [one["case"] for one in told["cases"]] == [str(case.public_id)] and told["cases"][0]["told_at"] is None


def test_the_list_turns_its_pages_and_leaves_out_what_nobody_decided(marlow, program):
    for number in range(3):
        zips(marlow, f"Root {number}")
    Cause.objects.filter(title="Root 1").update(state=CauseState.PROPOSED)
    Cause.objects.filter(title="Root 0").update(state=CauseState.HELD)
    first = program.get("/causes", limit=1).json()
    second = program.get("/causes", limit=1, cursor=first["next"]).json()
    assert [page["items"][0]["title"] for page in (first, second)] == ["Root 2", "Root 0"] and second["next"] is None
    assert [one["title"] for one in program.get("/causes", state="held").json()["items"]] == ["Root 0"]
    hidden = Cause.objects.get(title="Root 1")
    assert program.get(f"/causes/{hidden.public_id}").status_code == 404


def test_a_case_is_gathered_by_the_roots_id_and_a_second_time_changes_nothing(marlow, program):
    cause, case = zips(marlow), marlow.has_a_case()
    for _time in range(2):
        answer = program.post(f"/cases/{case.public_id}/cause", {"cause": str(cause.public_id)})
        assert answer.status_code == 201 and answer.json()["people"] == 1
    one = Gathered.objects.get()
    assert (one.case, one.by, one.why) == (case, case.owner, "stood_in_my_way")


def test_in_a_few_words_it_finds_that_root_or_begins_it(marlow, for_ben):
    case, other = marlow.has_a_case(), marlow.has_a_case(email="mary@example.org", name="Mary Whitcombe")
    first = for_ben.post(f"/cases/{case.public_id}/cause", {"title": "The bags do not close"}).json()
    second = for_ben.post(f"/cases/{other.public_id}/cause", {"title": "the bags do not close"}).json()
    assert first["id"] == second["id"] and second["people"] == 2
    assert first["owner"]["name"] == "Ben Castillo"


def test_nothing_named_and_a_root_that_does_not_exist_are_wrong(marlow, program):
    case = marlow.has_a_case()
    assert program.post(f"/cases/{case.public_id}/cause", {}).status_code == 422
    assert program.post(f"/cases/{case.public_id}/cause", {"cause": "nonsense"}).status_code == 422
    assert program.post(f"/cases/{case.public_id}/cause", {"titel": "x"}).status_code == 422
    assert not Cause.objects.exists()


def test_who_was_let_go_is_in_no_count(marlow, program):
    cause, case = zips(marlow), marlow.has_a_case()
    let_go(gather(cause, case, by=marlow.priya, now=clock.now()), by=marlow.priya, now=clock.now())
    told = program.get(f"/causes/{cause.public_id}").json()
    assert (told["people"], told["cases"]) == (0, [])


def test_the_feed_names_the_root_by_its_id(marlow, program):
    from kept.timeline.sealing import seal

    cause, case = zips(marlow), marlow.has_a_case()
    gather(cause, case, by=marlow.priya, now=clock.now())
    seal(clock.now())
    events = {event["kind"]: event for event in program.get("/events", limit=200).json()["items"]}
    assert events["cause_opened"]["about"] == {"kind": "cause", "id": str(cause.public_id), "name": cause.title}
    assert events["gathered"]["facts"]["cause"] == str(cause.public_id)
