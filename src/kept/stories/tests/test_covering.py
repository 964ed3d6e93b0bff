"""Whoever chose a story sees what is left out and why, leaves out more by naming it, and changes no word of theirs."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.lib.refusal import Refusal
from kept.stories.asking_consent import ask
from kept.stories.covering import _apart, change_what_is_covered, pieces_of, why
from kept.stories.models import Story
from kept.stories.redacting import see
from kept.stories.tests.conftest import WORDS
from kept.text.redacting import Private

pytestmark = pytest.mark.django_db


def change(marlow, story: Story, *also: str, bring_back: tuple[int, ...] = ()) -> Story:
    change_what_is_covered(story, bring_back=bring_back, also=also, by=marlow.priya, now=marlow.clock.now)
    return Story.objects.get(pk=story.pk)


def test_each_covered_place_stands_there_with_its_reason(story):
    covered = [(piece.text, piece.what) for piece in pieces_of(story) if piece.what]
    wanted = [("Mary Whitcombe", "name"), ("MC-20391", "number"), ("+44 7700 900812", "phone"), ("Priya", "name")]
    assert covered == wanted
    assert {what for _text, what in covered} <= why().keys()
    assert "".join(piece.text for piece in pieces_of(story)) == WORDS


def test_more_is_left_out_by_naming_it_however_it_is_written(marlow, story):
    assert "the […] for order" in change(marlow, story, "BOX").words
    assert "I am [name], and […] torn" in change(marlow, story, "the  box for\norder MC-20391 was").words


def test_a_word_is_left_out_as_a_word_and_not_within_another(marlow, story):
    with pytest.raises(Refusal, match="“ox” does not stand"):
        change(marlow, story, "ox")


def test_what_was_covered_for_nothing_is_brought_back(marlow, story):
    last = [piece.number for piece in pieces_of(story) if piece.what][-1]
    assert change(marlow, story, bring_back=(last,)).words.endswith("Priya was kind.")


def test_something_must_be_left(marlow, story):
    with pytest.raises(Refusal):
        change(marlow, story, WORDS)
    assert Story.objects.get(pk=story.pk).words == story.words


def test_words_that_were_changed_must_be_read_once_more(marlow, story):
    see(story, story.words, by=marlow.priya, now=marlow.clock.now)
    assert change(marlow, story, "torn").redacted_at is None
    with pytest.raises(Refusal):
        ask(story, by=marlow.priya, now=marlow.clock.now)


def test_nobody_writes_other_words_than_theirs(marlow, story):
    with pytest.raises(Refusal):
        see(story, f"{story.words} And all was well.", by=marlow.priya, now=marlow.clock.now)
    see(story, story.words.replace(" ", " "), by=marlow.priya, now=marlow.clock.now)


def test_nothing_changes_once_they_were_asked_about_these_very_words(marlow, story):
    see(story, story.words, by=marlow.priya, now=marlow.clock.now)
    ask(story, by=marlow.priya, now=marlow.clock.now)
    with pytest.raises(Refusal):
        change(marlow, story, "torn")


def test_a_story_from_before_places_were_kept_is_covered_further_as_it_stands(marlow, story):
    Story.objects.filter(pk=story.pk).update(covered=[])
    old = Story.objects.get(pk=story.pk)
    assert [piece.text for piece in pieces_of(old)] == [story.words]
    assert "was […]. Ring" in change(marlow, old, "torn").words


PLACES = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=12)


@given(places=PLACES)
def test_places_never_overlap_and_none_is_lost(places):
    given_ones = [Private(start, start + length, "name") for start, length in places]
    apart = _apart(given_ones)
    assert all(one.end <= other.start for one, other in pairwise(apart))
    reached = {at for one in apart for at in range(one.start, one.end)}
    assert reached == {at for one in given_ones for at in range(one.start, one.end)}
