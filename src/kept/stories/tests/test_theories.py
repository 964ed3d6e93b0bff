"""A theory is a sentence; stories speak for it and against it, as far as their customers let them."""

from __future__ import annotations

import pytest

from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.stories.models import Evidence, Story
from kept.stories.theories import give_up, say, theories_for, weigh

pytestmark = pytest.mark.django_db


def counted(reader: Employee) -> tuple[int, int]:
    found = vars(theories_for(reader).get())
    return found["speak_for"], found["speak_against"]


def test_a_story_speaks_for_it_and_whoever_weighs_again_has_changed_their_mind(marlow, story):
    now = marlow.clock.now
    theory = say("  The tape is\ntoo thin ", by=marlow.priya, now=now)
    assert theory.says == "The tape is too thin"
    assert say("the tape is too thin", by=marlow.ines, now=now) == theory
    weigh(theory, story, speaks_for=True, by=marlow.priya, now=now)
    weigh(theory, story, speaks_for=False, by=marlow.priya, now=now)
    assert Evidence.objects.get().speaks_for is False
    assert counted(marlow.priya) == (0, 1)


def test_a_story_that_was_taken_back_speaks_no_more(marlow, story):
    theory = say("The tape is too thin", by=marlow.priya, now=marlow.clock.now)
    weigh(theory, story, speaks_for=True, by=marlow.priya, now=marlow.clock.now)
    Story.objects.update(state="withdrawn")
    assert counted(marlow.ines) == (0, 0)
    with pytest.raises(Refusal):
        weigh(theory, story, speaks_for=True, by=marlow.ines, now=marlow.clock.now)


def test_a_theory_is_one_sentence(marlow):
    for typed in ("", " ", "long " * 60):
        with pytest.raises(Refusal):
            say(typed, by=marlow.priya, now=marlow.clock.now)


def test_who_said_it_or_a_manager_gives_it_up_and_nobody_weighs_it_then(marlow, story):
    marlow.hires_the_others()
    theory = say("The tape is too thin", by=marlow.priya, now=marlow.clock.now)
    with pytest.raises(Refusal):
        give_up(theory, by=marlow.ben, now=marlow.clock.now)
    give_up(theory, by=marlow.ines, now=marlow.clock.now)
    with pytest.raises(Refusal):
        weigh(theory, story, speaks_for=True, by=marlow.priya, now=marlow.clock.now)
