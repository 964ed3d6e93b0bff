"""A program reports a small thing, sees to it, and says whose matter came of it."""

from __future__ import annotations

from base64 import b64encode

import pytest

from kept.files.keeping import path_of
from kept.lib import clock
from kept.lib.tests.test_pictures import HIDDEN, exif, jpeg, segment
from kept.observations.models import Observation
from kept.people.models import Notice
from kept.places.placing import add_touchpoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def monitor(marlow):
    return add_touchpoint("The monitor", manager=marlow.ines, by=marlow.ines, now=clock.now())


def test_ben_reports_one_and_hears_what_became_of_it(marlow, for_ben, program, monitor):
    answer = for_ben.post("/observations", {"says": "Fingerprints all over.", "touchpoint": monitor.key})
    assert answer.status_code == 201
    seen = answer.json()
    assert (seen["by"]["name"], seen["owner"]["name"], seen["state"]) == ("Ben Castillo", "Ines Duarte", "open")
    case = marlow.has_a_case("Your screen is filthy.")
    before = program.post(f"/observations/{seen['id']}/came-before", {"case": str(case.public_id)})
    assert before.json()["cases"] == [str(case.public_id)]
    done = program.post(f"/observations/{seen['id']}/settle", {"became": "Wiped every morning."}).json()
    assert (done["state"], done["became"]) == ("done", "Wiped every morning.") and done["told_at"]
    assert "Wiped every morning." in Notice.objects.get(to=marlow.ben, kind="small_thing").says
    assert program.get("/observations", state="done").json()["items"] == [done]
    assert program.get("/observations", state="open").json()["items"] == []


def test_what_cannot_be_is_said_at_the_field(for_ben, program, monitor):
    answer = program.post("/observations", {"says": "Dust.", "touchpoint": "nowhere"})
    assert answer.status_code == 422 and "touchpoint" in answer.content.decode()
    assert program.post("/observations", {"says": "  "}).status_code == 422
    seen = program.post("/observations", {"says": "Dust."}).json()
    assert seen["by"] is None
    assert for_ben.post(f"/observations/{seen['id']}/settle", {"became": "Gone."}).status_code == 409
    assert program.get("/observations/nonsense").status_code == 404


def test_a_photo_comes_in_base64_and_loses_where_it_was_taken(program):
    taken = jpeg(segment(0xE1, exif(3)))
    assert HIDDEN in taken
    seen = program.post("/observations", {"says": "The sign hangs loose.", "photo": b64encode(taken).decode()})
    assert seen.status_code == 201 and seen.json()["has_photo"]
    kept = path_of(Observation.objects.get().photo).read_bytes()
    assert HIDDEN not in kept and kept.startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    ("photo", "says"), [("%%%", "base64"), (b64encode(b"GIF89a").decode(), "JPEG"), ("A" * 17_000_000, "16777220")]
)
def test_what_is_no_photo_is_said_at_the_field(program, photo, says):
    answer = program.post("/observations", {"says": "Dust.", "photo": photo})
    assert answer.status_code == 422 and "photo" in answer.content.decode() and says in answer.content.decode()
    assert not Observation.objects.exists()
