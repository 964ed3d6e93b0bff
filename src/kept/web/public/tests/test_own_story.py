"""`/story`: told in their own words, kept before we say thank you, and taken back from the very page that thanks them."""

from __future__ import annotations

import re

import pytest

from kept.cases.models import Case
from kept.intake.models import Arrival, Fate, Filed
from kept.people.models import House, Identity
from kept.places.placing import add_place
from kept.stories.models import Story, StoryState
from kept.stories.redacting import see
from kept.web.customer.tests.conftest import link_in

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/story"
GOOD = {
    "words": "The cake fell, and Ben ran for another.",
    "ending": "well",
    "name": "Joan Petrie",
    "email": "joan@petrie.example",
}


@pytest.fixture(autouse=True)
def open_to_all(marlow):
    House.objects.update(stories_are_public=True)


def test_a_house_that_takes_no_stories_has_no_such_page(visitor):
    House.objects.update(stories_are_public=False)
    assert visitor.opens(PAGE).status_code == 404
    assert visitor.opens("/stories").status_code == 404


def test_whoever_tells_a_story_reads_who_reads_it_and_how_far_it_goes(marlow, visitor):
    sent = visitor.presses(PAGE, **GOOD, far="public", named="on")
    assert sent.status_code == 303
    page = visitor.reads(sent["Location"])
    assert "We have your story, Joan." in page
    assert "Ines Duarte reads it, before anybody else does." in page
    assert "You said that anybody may read it. Your first name stands beside it." in page
    assert "Nobody does before one of us has read it" in page
    assert Filed.objects.get().fate == Fate.STORY and not Case.objects.exists()


def test_a_story_that_wishes_something_has_an_owner_and_an_hour(marlow, visitor):
    sent = visitor.presses(PAGE, **GOOD, wish="Please send me the recipe.")
    case = Case.objects.get()
    assert f"You hear from {case.owner.known_as} by" in visitor.reads(sent["Location"])
    assert case.messages.get(is_theirs=True).wish == "Please send me the recipe."
    assert Story.objects.get().case == case


def test_no_box_is_ticked_beforehand_and_silence_allows_nothing(marlow, visitor):
    assert not re.search(r"<input[^>]* checked", visitor.opens(PAGE).content.decode())
    sent = visitor.presses(PAGE, **GOOD)
    assert "Only the person who looks after it." in visitor.reads(sent["Location"])
    story = Story.objects.get()
    see(story, story.words, by=marlow.ines, now=marlow.clock.now)
    assert Story.objects.get().state == StoryState.CHOSEN


def test_it_is_taken_back_where_it_was_told(marlow, visitor):
    sent = visitor.presses(PAGE, **GOOD, far="public")
    story = Story.objects.get()
    see(story, story.words, by=marlow.ines, now=marlow.clock.now)
    assert "ran for another" in visitor.reads("/stories")
    visitor.presses(sent["Location"])
    assert "ran for another" not in visitor.reads("/stories")
    assert "Nobody else reads it." in visitor.reads(sent["Location"])


def test_typing_somebodys_address_proves_nothing_even_when_the_story_is_taken_back(marlow, visitor):
    sent = visitor.presses(PAGE, **GOOD, far="public")
    visitor.presses(sent["Location"])
    assert Identity.objects.get(value="joan@petrie.example").proven_at is None


def test_a_page_of_thanks_shows_no_words_to_whoever_finds_its_address(marlow, visitor):
    sent = visitor.presses(PAGE, **GOOD, wish="A cake.")
    assert "ran for another" not in visitor.reads(sent["Location"])


def test_pressing_twice_is_one_story(marlow, visitor):
    token = re.findall(r'name="form_token" value="([a-z0-9]+)"', visitor.opens(PAGE).content.decode())[0]
    for _press in range(2):
        visitor.presses(PAGE, **GOOD, form_token=token)
    assert Story.objects.count() == Arrival.objects.count() == 1


def test_a_machine_that_fills_in_the_trap_tells_no_story(marlow, visitor):
    visitor.presses(PAGE, **GOOD, website="x")
    assert not Story.objects.exists()
    assert Filed.objects.get().why == "robot"


def test_a_slip_is_said_at_the_field_and_nothing_typed_is_lost(marlow, visitor):
    add_place("Quay Street kitchen", slug="quay", by=marlow.ines, now=marlow.clock.now)
    answer = visitor.presses(PAGE, **(GOOD | {"email": "joan", "on": "last week", "far": "team_mail", "place": "quay"}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "2 things to mend" in page and "Write the day as in 2026-05-29" in page
    assert "ran for another" in page and 'value="last week"' in page
    assert 'value="team_mail" checked' in page and '<option value="quay" selected' in page
    assert not Story.objects.exists()


def test_from_their_own_page_nobody_asks_who_they_are(marlow, visitor):
    House.objects.update(stories_are_public=False)
    marlow.mary.mails("The box was torn.", subject="Box", is_proven=True)
    marlow.works()
    link = link_in(next(mail for mail in marlow.post if mail.to.value == marlow.mary.address))
    form = f"{PAGE}?from={link.removeprefix('/c/')}"
    assert f'href="{form}"' in visitor.opens(link).content.decode()
    assert 'name="email"' not in visitor.opens(form).content.decode()
    visitor.presses(form, words="You were quick.", ending="well", far="inside")
    story = Story.objects.get()
    assert story.customer == Case.objects.get().customer
    assert "Your story" in visitor.reads(link) and "/story/" in visitor.opens(link).content.decode()


def test_what_anybody_may_read_stands_there_with_both_sides_and_nothing_else_does(marlow, visitor):
    visitor.presses(PAGE, **GOOD, far="inside")
    story = Story.objects.get()
    see(story, story.words, by=marlow.ines, now=marlow.clock.now)
    assert "Nobody has let us tell a story here yet." in visitor.reads("/stories")
    Story.objects.update(scope="public", ours="The table was too small.", different="A larger table.")
    page = visitor.reads("/stories")
    assert "The table was too small." in page and "A larger table." in page and "Name kept back" in page
