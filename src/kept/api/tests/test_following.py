"""The audit that adds up and the feed of everything that happened."""

from __future__ import annotations

from kept.api.tests.conftest import Program
from kept.lib import clock
from kept.people.tokens import make_token
from kept.timeline.models import Event
from kept.timeline.sealing import seal

AUDIT = {
    "received", "answered", "waiting_in_time", "waiting_late", "nothing_to_answer", "set_aside", "duplicates", "unaccounted",
    "oldest_wait_seconds", "as_of",
}  # fmt: skip


def test_the_audit_adds_up_at_every_step(marlow, program):
    def audit():
        shown = program.get("/audit").json()
        assert shown.keys() == AUDIT
        parts = AUDIT - {"received", "oldest_wait_seconds", "as_of", "unaccounted"}
        assert shown["received"] == sum(shown[part] for part in parts)
        assert shown["unaccounted"] == 0
        return shown

    assert audit()["received"] == 0
    word = marlow.hears("Cold.")
    assert (audit()["waiting_in_time"], audit()["oldest_wait_seconds"] >= 0) == (1, True)
    program.post(f"/cases/{word.case.public_id}/replies", {"text": "John, baked anew.", "answers": True, "medium": "phone"})
    assert audit()["answered"] == 1
    thanks = marlow.hears("Thank you!", subject="Thanks", name="Grace Okoro", email="grace@example.org")
    reason = {"message": str(thanks.public_id), "reason": "only thanks"}
    program.post(f"/cases/{thanks.case.public_id}/nothing-to-answer", reason)
    assert audit()["nothing_to_answer"] == 1
    marlow.gets_a_mail_of_a_robot()
    assert (audit()["received"], audit()["set_aside"]) == (3, 1)


def test_the_feed_tells_what_happened_in_order_and_only_rises(marlow, program):
    case = marlow.has_a_case("Cold.", subject="Cold pizza")
    program.post(f"/cases/{case.public_id}/notes", {"text": "Third time."})
    seal(clock.now())
    first = program.get("/events", limit=3).json()
    assert first.keys() == {"items", "next", "last"}
    assert first["next"] == first["last"] == first["items"][-1]["number"]
    seen, after = [], 0
    while after is not None:
        page = program.get("/events", after=after, limit=3).json()
        seen += page["items"]
        after = page["next"]
    numbers = [event["number"] for event in seen]
    assert numbers == sorted(set(numbers))
    noted = next(event for event in seen if event["kind"] == "noted")
    assert noted["about"] == {"kind": "case", "id": str(case.public_id), "name": "Cold pizza"}
    assert noted["by"]["name"] == case.owner.name
    assert noted["facts"]["through"] == "till"
    assert noted["says"]
    assert program.get("/events", after=numbers[-1]).json() == {"items": [], "next": None, "last": numbers[-1]}


def test_what_is_not_sealed_yet_is_not_told_yet(marlow, program):
    seal(clock.now())
    last = program.get("/events", limit=200).json()["last"]
    marlow.hears("Cold.")
    assert program.get("/events", after=last).json()["items"] == []


def test_bens_program_does_not_read_what_is_for_admins(marlow, for_ben, client):
    for_ines = Program(make_token("ines", scopes=("all",), now=clock.now(), employee=marlow.ines), client)
    seal(clock.now())
    bens = {event["kind"] for event in for_ben.get("/events", limit=200).json()["items"]}
    hers = {event["kind"] for event in for_ines.get("/events", limit=200).json()["items"]}
    assert bens < hers
    assert "token_made" in hers - bens


def test_no_number_of_ours_stands_in_an_event(marlow, program):
    marlow.hears("Cold.")
    seal(clock.now())
    for event in program.get("/events", limit=200).json()["items"]:
        for name in ("message", "note", "promise", "duty", "verdict"):
            assert not isinstance(event["facts"].get(name), int), event
    assert Event.objects.filter(number__isnull=False).exists()
