"""A story goes as far as its customer says, from the moment they say it, and back as soon as they take it back."""

from __future__ import annotations

import pytest

from kept.lib.refusal import Refusal
from kept.replies.delivering import deliver_what_waits
from kept.stories.asking_consent import answer, ask, write_down_what_they_said
from kept.stories.choosing import choose, tell_our_side
from kept.stories.library import Wanted, look_for
from kept.stories.models import Consent, Scope, Story, StoryState
from kept.stories.redacting import see
from kept.stories.sharing import share_if_ready
from kept.timeline.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(marlow, story) -> Consent:
    see(story, story.words, by=marlow.priya, now=marlow.clock.now)
    return ask(story, by=marlow.priya, now=marlow.clock.now)


def now_of(story: Story) -> Story:
    return Story.objects.get(pk=story.pk)


def read_by(employee) -> list[str]:
    return [story.title for story in look_for(Wanted(), reader=employee)[0]]


def test_what_is_known_of_everybody_is_covered_before_anybody_reads_it(story):
    assert story.words == "I am [name], and the box for order [number] was torn. Ring me on [phone number]. [name] was kind."
    assert story.state == StoryState.CHOSEN


def test_the_same_words_are_one_story_and_who_chooses_them_again_is_told_which(marlow, word, story):
    with pytest.raises(Refusal, match="The torn box"):
        choose(word, title="Again", by=marlow.ines, now=marlow.clock.now)
    assert Story.objects.count() == 1


def test_words_they_took_back_are_never_chosen_again(marlow, word, asked):
    answer(asked, scope="", with_name=False, now=marlow.clock.now)
    with pytest.raises(Refusal, match="do not want others"):
        choose(word, title="Again", by=marlow.ines, now=marlow.clock.now)


def test_our_own_words_are_no_story(marlow, word):
    ours = marlow.answers(word.case, "We bring a new box on Tuesday.")
    with pytest.raises(Refusal):
        choose(ours, title="Ours", by=marlow.priya, now=marlow.clock.now)


def test_nobody_is_asked_about_words_that_nobody_read_as_shown(marlow, story):
    with pytest.raises(Refusal):
        ask(story, by=marlow.priya, now=marlow.clock.now)
    with pytest.raises(Refusal):
        write_down_what_they_said(story, scope="inside", with_name=True, said="Yes.", by=marlow.priya, now=marlow.clock.now)


def test_they_are_asked_about_the_very_words_in_the_owners_name(marlow, asked, story):
    deliver_what_waits(marlow.clock.now)
    mail = marlow.post[-1]
    assert mail.to.value == marlow.mary.address
    assert mail.author == marlow.priya.name
    assert "[number] was torn" in mail.text and "MC-20391" not in mail.text
    assert "/story/" in mail.text and "/c/" not in mail.text.replace("/story/", "")
    assert asked.words_shown == story.words


def test_nobody_is_pressed_for_a_yes(marlow, asked, story):
    with pytest.raises(Refusal):
        ask(story, by=marlow.priya, now=marlow.clock.forward(days=13))
    assert ask(story, by=marlow.priya, now=marlow.clock.forward(days=2)).public_id != asked.public_id


def test_words_they_were_asked_about_stay_as_they_are(marlow, asked, story):
    with pytest.raises(Refusal):
        see(story, "Something else.", by=marlow.priya, now=marlow.clock.now)


@pytest.mark.parametrize(
    ("scope", "public", "team"), [("inside", False, False), ("team_mail", False, True), ("public", True, True)]
)
def test_it_goes_as_far_as_they_say_and_no_farther(marlow, asked, story, scope, public, team):
    marlow.hires_the_others()
    assert read_by(marlow.ben) == []
    answer(asked, scope=scope, with_name=False, now=marlow.clock.now)
    assert read_by(marlow.ben) == ["The torn box"]
    assert Story.objects.public().exists() is public
    assert Story.objects.for_the_team().exists() is team
    assert now_of(story).name_shown == ""


def test_their_first_name_stands_there_only_if_they_say_so(marlow, asked, story):
    answer(asked, scope="public", with_name=True, now=marlow.clock.now)
    assert now_of(story).name_shown == "Mary"


def test_a_story_taken_back_is_gone_for_everybody_at_once(marlow, asked, story):
    answer(asked, scope="public", with_name=True, now=marlow.clock.now)
    answer(asked, scope="", with_name=True, now=marlow.clock.now)
    assert now_of(story).state == StoryState.WITHDRAWN
    assert not Story.objects.public().exists() and not Story.objects.for_the_team().exists()
    assert read_by(marlow.priya) == read_by(marlow.ines) == []
    assert not Story.objects.visible_to(marlow.ines).exists()


def test_who_took_it_back_may_give_it_again(marlow, asked, story):
    for scope in ("public", "", "inside"):
        answer(asked, scope=scope, with_name=False, now=marlow.clock.now)
    assert now_of(story).state == StoryState.SHARED
    assert now_of(story).scope == Scope.INSIDE


def test_a_no_is_a_no_and_nobody_asks_again(marlow, asked, story):
    answer(asked, scope="", with_name=False, now=marlow.clock.now)
    assert now_of(story).state == StoryState.REFUSED
    with pytest.raises(Refusal):
        ask(story, by=marlow.priya, now=marlow.clock.now)
    with pytest.raises(Refusal):
        write_down_what_they_said(story, scope="public", with_name=True, said="Yes", by=marlow.priya, now=marlow.clock.now)


def test_every_word_of_theirs_is_a_row_of_its_own(marlow, asked):
    for scope in ("public", "inside", ""):
        answer(asked, scope=scope, with_name=False, now=marlow.clock.now)
    said = list(Consent.objects.order_by("id").values_list("scope", "says_yes"))
    assert said == [("", None), ("public", True), ("inside", True), ("", False)]
    assert Event.objects.filter(kind="story_withdrawn").count() == 1


def test_a_spoken_yes_is_written_down_in_their_words(marlow, story):
    see(story, story.words, by=marlow.priya, now=marlow.clock.now)
    with pytest.raises(Refusal):
        write_down_what_they_said(story, scope="inside", with_name=False, said=" ", by=marlow.priya, now=marlow.clock.now)
    write_down_what_they_said(story, scope="inside", with_name=False, said="Tell them!", by=marlow.priya, now=marlow.clock.now)
    assert now_of(story).state == StoryState.SHARED
    assert Consent.objects.get().spoken_to == marlow.priya


def test_a_scope_that_does_not_exist_is_refused(marlow, asked):
    with pytest.raises(Refusal):
        answer(asked, scope="the moon", with_name=False, now=marlow.clock.now)


def test_a_good_word_whose_writer_said_everybody_may_read_it_needs_no_asking(marlow):
    from kept.recognition.models import Recognition

    marlow.hires_the_others()
    marlow.grace.says_a_good_word("Ben waited with me for the bus.", about=marlow.ben, show="name")
    praise = Recognition.objects.get()
    Recognition.objects.update(consent="name")
    praise.refresh_from_db()
    story = choose(praise, title="The bus", by=marlow.priya, now=marlow.clock.now)
    assert not share_if_ready(story, now=marlow.clock.now), "nobody has read it as it will be shown"
    assert now_of(story).state == StoryState.CHOSEN
    see(story, story.words, by=marlow.priya, now=marlow.clock.now)
    assert (now_of(story).state, now_of(story).scope, now_of(story).name_shown) == ("shared", "inside", "Grace")


def test_a_story_has_two_sides(marlow, story):
    tell_our_side(story, ours="The tape ran out.", different="Check it on Monday.", by=marlow.priya, now=marlow.clock.now)
    assert (now_of(story).ours, now_of(story).different) == ("The tape ran out.", "Check it on Monday.")


def test_asking_for_consent_answers_nothing_and_stops_no_clock(marlow, asked, story):
    deliver_what_waits(marlow.clock.now)
    case = now_of(story).case
    assert case.is_silent and case.asked_at is None


def test_a_story_is_found_by_its_words_its_ending_and_where(marlow, asked, story):
    answer(asked, scope="inside", with_name=False, now=marlow.clock.now)
    for wanted, found in [
        (Wanted(words="TORN box"), 1),
        (Wanted(words="torn pizza"), 0),
        (Wanted(outcome="white"), 0),
        (Wanted(touchpoint="delivered"), 0),
    ]:
        assert len(look_for(wanted, reader=marlow.priya)[0]) == found
