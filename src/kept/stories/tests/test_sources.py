"""What may become a story: a promise beaten in its customer's words, a small thing as somebody saw it; each once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError

from kept.lib.ids import new_id
from kept.lib.refusal import Refusal
from kept.observations.reporting import report
from kept.observations.settling import settle
from kept.people.models import Employee
from kept.promises.keeping import keep
from kept.promises.making import promise
from kept.promises.models import Promise
from kept.stories.choosing import choose
from kept.stories.models import Story
from kept.stories.sources import as_said

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(marlow, word) -> Promise:
    priya = Employee.objects.get(pk=marlow.priya.pk)
    return promise(word.case, "a new box", by=priya, due_at=marlow.clock.now + timedelta(days=4), now=marlow.clock.now)


def test_a_promise_beaten_is_told_in_what_they_said_once_it_was_kept(marlow, made):
    keep(made, by=marlow.priya, now=marlow.clock.forward(days=1))
    marlow.clock.forward(hours=1)
    marlow.mary.mails("It came today, says Mary Whitcombe!", subject="Re: Box", is_proven=True)
    made.refresh_from_db()
    story = choose(made, title="Early", by=marlow.priya, now=marlow.clock.now)
    assert (story.words, story.outcome) == ("It came today, says [name]!", "kept")
    assert story.ours == "We promised “a new box”, and kept it before its hour."


def test_a_promise_that_was_not_beaten_is_no_story_of_one(marlow, made):
    with pytest.raises(Refusal):
        choose(made, title="Open", by=marlow.priya, now=marlow.clock.now)
    keep(made, by=marlow.priya, now=marlow.clock.forward(days=5))
    made.refresh_from_db()
    with pytest.raises(Refusal):
        choose(made, title="Late", by=marlow.priya, now=marlow.clock.now)


def test_words_told_by_way_of_a_promise_are_not_told_a_second_time_by_way_of_their_message(marlow, made, word):
    keep(made, by=marlow.priya, now=marlow.clock.forward(days=1))
    made.refresh_from_db()
    choose(made, title="Early", by=marlow.priya, now=marlow.clock.now)
    with pytest.raises(Refusal, match="Early"):
        choose(word, title="Box", by=marlow.priya, now=marlow.clock.now)


def test_a_small_thing_is_a_story_with_what_became_of_it(marlow):
    seen = report("A smudge on Priya Nair’s monitor", by=Employee.objects.get(pk=marlow.priya.pk), now=marlow.clock.now)
    seen = settle(seen, became="Wiped off, and a cloth hangs there now.", by=marlow.ines, now=marlow.clock.now)
    story = choose(seen, title="The smudge", by=marlow.priya, now=marlow.clock.now)
    assert (story.outcome, story.ours) == ("small", "Wiped off, and a cloth hangs there now.")
    assert story.words == "A smudge on [name]’s monitor"
    assert as_said(story) == "A smudge on Priya Nair’s monitor"


def test_the_database_itself_keeps_one_source_to_one_story(story):
    twin = Story.objects.get(pk=story.pk)
    twin.pk, twin.public_id = None, new_id()
    with pytest.raises(IntegrityError):
        twin.save(force_insert=True)
