"""A customer tells a story of their own: nothing is lost, nobody meets silence, and nobody reads it before a person has."""

from __future__ import annotations

import pytest

from kept.audit.counting import count
from kept.cases.models import Case
from kept.channels.on_our_pages import OwnStory
from kept.people.models import Notice
from kept.stories.asking_consent import answer
from kept.stories.coming_in import asks_for_somebody, title_of
from kept.stories.covering import pieces_of
from kept.stories.library import Wanted, look_for
from kept.stories.models import Consent, Story, StoryState
from kept.stories.redacting import see

pytestmark = pytest.mark.django_db
CAKE = "Our cake fell, says Mary Whitcombe, and Priya ran for another."


def told(marlow, words=CAKE, **fields: str) -> Story:
    marlow.mary.tells_a_story(words, **fields)
    return Story.objects.latest("id")


def test_a_story_that_asks_for_nothing_is_no_matter_and_waits_for_whoever_leads(marlow):
    story = told(marlow, ending="well", far="public", named="yes")
    assert not Case.objects.exists()
    assert (story.state, story.outcome, story.chosen_by) == (StoryState.CHOSEN, "white", None)
    assert story.words == "Our cake fell, says [name], and [name] ran for another."
    waits = look_for(Wanted(being_prepared=True), reader=marlow.ines)[0]
    assert [one.pk for one in waits] == [story.pk]
    assert look_for(Wanted(being_prepared=True), reader=marlow.priya)[0] == []
    assert Notice.objects.get(about=story.about).to == marlow.ines


def test_it_adds_up_as_nothing_to_answer(marlow):
    told(marlow, ending="well")
    sum_now = count(marlow.clock.now)
    assert (sum_now.received, sum_now.nothing_to_answer, sum_now.unaccounted) == (1, 1, 0)


@pytest.mark.parametrize(
    "fields",
    [
        {"ending": "badly"},
        {"ending": "well", "wish": "A new cake."},
        {"ending": "well", "different": "A second pair of hands."},
        {"ending": "well", "words": "It was lovely. Do you open on Sunday?"},
        {"words": "The cake was broken and nobody rang."},
    ],
)
def test_a_story_in_which_something_is_wished_or_went_wrong_is_somebodys_to_answer(marlow, fields):
    story = told(marlow, **fields)
    assert story.case is not None and story.case.owner is not None
    assert story.case.is_silent and story.case.answer_due_at is not None
    assert count(marlow.clock.now).unaccounted == 0


def test_trouble_that_ended_well_asks_for_nobody():
    assert not asks_for_somebody(OwnStory("It was cold, and you brought another.", ending="well"))
    assert asks_for_somebody(OwnStory("It was cold, and you brought another."))


def test_two_stories_are_two_matters(marlow):
    first, second = told(marlow, ending="badly"), told(marlow, words="Something else, and late too.", ending="badly")
    assert first.case_id != second.case_id


def test_nobody_reads_it_before_a_person_has_whatever_they_allowed(marlow):
    story = told(marlow, ending="well", far="public", named="yes")
    assert not Story.objects.public().exists()
    see(story, story.words, by=marlow.ines, now=marlow.clock.now)
    assert not Notice.objects.filter(about=story.about, seen_at__isnull=True).exists()
    shown = Story.objects.public().get()
    assert (shown.name_shown, shown.words) == ("Mary", story.words)


def test_who_says_nothing_of_others_has_allowed_nothing(marlow):
    story = told(marlow, ending="well", named="yes")
    see(story, story.words, by=marlow.ines, now=marlow.clock.now)
    assert Story.objects.get().state == StoryState.CHOSEN
    assert Consent.objects.get().says_yes is None


def test_who_told_it_takes_it_back_as_any_other_story(marlow):
    story = told(marlow, ending="well", far="public")
    see(story, story.words, by=marlow.ines, now=marlow.clock.now)
    answer(Consent.objects.get(), scope="", with_name=False, now=marlow.clock.now)
    assert Story.objects.get().state == StoryState.WITHDRAWN


def test_who_takes_it_back_before_anybody_read_it_is_heard_too(marlow):
    story = told(marlow, ending="well", far="public")
    answer(Consent.objects.get(), scope="", with_name=False, now=marlow.clock.now)
    assert not Story.objects.visible_to(marlow.ines).exists()
    see(Story.objects.get(), story.words, by=marlow.ines, now=marlow.clock.now)
    assert not Story.objects.public().exists()


def test_its_own_words_lie_under_what_is_covered(marlow):
    story = told(marlow, ending="well")
    assert "".join(piece.text for piece in pieces_of(story)) == CAKE
    assert [piece.text for piece in pieces_of(story) if piece.what] == ["Mary Whitcombe", "Priya"]


def test_what_should_have_been_different_is_covered_too(marlow):
    story = told(marlow, words="Late.", different="Somebody tells Mary Whitcombe before.", ending="badly")
    assert story.different == "Somebody tells [name] before."


def test_it_is_called_by_its_first_words_and_none_is_cut_in_two():
    assert title_of("Short and\nsweet.") == "Short and sweet."
    assert title_of("word " * 40) == "word word word word word word word word word word word word…"
