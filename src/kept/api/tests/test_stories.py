"""Stories through the API: as far as their customers say, and gone from the moment they are taken back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kept.cases.models import Message
from kept.stories.asking_consent import write_down_what_they_said
from kept.stories.choosing import choose
from kept.stories.hearing import hear_it, show_to_everybody
from kept.stories.models import Story
from kept.stories.redacting import see

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def story(marlow, program) -> Story:
    assert program.contact("The box was torn.").status_code == 201
    word = Message.objects.get(is_theirs=True)
    story = choose(word, title="The torn box", by=marlow.priya, now=NOW)
    see(story, story.words, by=marlow.priya, now=NOW)
    return story


def say(marlow, story, scope: str) -> None:
    write_down_what_they_said(story, scope=scope, with_name=True, said="So be it.", by=marlow.priya, now=NOW)


def test_a_program_that_speaks_for_nobody_reads_what_anybody_may(marlow, program, story):
    assert program.get("/stories").json()["items"] == []
    say(marlow, story, "inside")
    assert program.get("/stories").json()["items"] == []
    assert program.get(f"/stories/{story.public_id}").status_code == 404
    say(marlow, story, "public")
    [shown] = program.get("/stories", q="torn").json()["items"]
    assert (shown["title"], shown["words"], shown["name"], shown["scope"]) == (
        "The torn box",
        "The box was torn.",
        "John",
        "public",
    )
    assert program.get("/stories", q="pizza").json()["items"] == []


def test_a_story_taken_back_is_gone_at_once(marlow, program, story):
    say(marlow, story, "public")
    assert program.get(f"/stories/{story.public_id}").status_code == 200
    say(marlow, story, "")
    assert program.get(f"/stories/{story.public_id}").status_code == 404
    assert program.get("/stories").json()["items"] == []


def test_what_we_heard_is_read_as_on_its_page(marlow, program):
    heard = hear_it("The boxes tear.", did="Thicker tape.", by=marlow.ines, now=NOW)
    assert program.get("/heard").json()["items"] == []
    show_to_everybody(heard, by=marlow.ines, now=NOW)
    assert [(one["said"], one["did"]) for one in program.get("/heard").json()["items"]] == [("The boxes tear.", "Thicker tape.")]
