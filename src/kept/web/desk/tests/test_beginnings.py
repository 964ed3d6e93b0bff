"""Every cause, rule and answer time carries the story that began it, as far as whoever looks may read that story."""

from __future__ import annotations

import html
import re

import pytest

from kept.accounts.models import SlaPolicy
from kept.cases.models import Message
from kept.causes.opening import open_cause
from kept.people.models import House
from kept.remedies.models import Remedy
from kept.stories.choosing import choose
from kept.stories.models import Story


@pytest.fixture
def torn(marlow) -> Story:
    """Mary's story, which everybody here may read."""
    case = marlow.mary.mails("The box was torn.", subject="Box", is_proven=True)
    word = Message.objects.get(case=case, is_theirs=True)
    story = choose(word, title="The torn box", by=marlow.priya, now=marlow.clock.now)
    Story.objects.update(state="shared", scope="inside", shared_at=marlow.clock.now)
    return story


def as_shown(page: str) -> dict[str, str]:
    """What the house's own form would post unchanged."""
    form = page[page.index('<form class="stack-l"') :]
    inputs = re.findall(r'<input type="(?:text|number)" name="([^"]*)"(?: value="([^"]*)")?', form)
    selects = re.findall(r'<select name="([^"]*)".*?<option value="([^"]*)" selected>', form)
    return {name: html.unescape(value) for name, value in [*inputs, *selects]}


def test_an_answer_time_keeps_the_story_that_began_it(marlow, torn, seat):
    ines = seat(marlow.ines)
    answer = ines.posts("/desk/house", {**as_shown(ines.sees("/desk/house")), "office-began_with": torn.about})
    assert answer.status_code == 302
    assert SlaPolicy.objects.get(name="office").began_with == torn.about
    assert "The torn box</option>" in ines.sees("/desk/house")


def test_the_house_says_how_many_are_likely_told_and_where_that_is_from(marlow, seat):
    ines = seat(marlow.ines)
    typed = {"told_if_good": "7", "told_if_bad": "9", "told_source": "Asked here in May"}
    ines.posts("/desk/house", {**as_shown(ines.sees("/desk/house")), **typed})
    assert House.objects.values_list("told_if_good", "told_if_bad", "told_source").get() == (7, 9, "Asked here in May")


def test_a_cause_shows_its_story_until_it_is_withdrawn(marlow, torn, seat):
    cause = open_cause("Boxes tear", owner=marlow.ines, by=marlow.ines, now=marlow.clock.now)
    ines, priya = seat(marlow.ines), seat(marlow.priya)
    ines.posts(f"/desk/causes/{cause.public_id}/change", {"title": "Boxes tear", "began_with": torn.about})
    cause.refresh_from_db()
    assert cause.began_with == torn.about
    assert "It began with a story:" in priya.sees(f"/desk/causes/{cause.public_id}")
    Story.objects.update(state="withdrawn")
    page = priya.sees(f"/desk/causes/{cause.public_id}")
    assert "It began with a story:" not in page and "The torn box" not in page
    ines.posts(f"/desk/causes/{cause.public_id}/change", {"title": "Boxes tear", "began_with": "story:999"})
    cause.refresh_from_db()
    assert cause.began_with == ""


def test_a_rule_of_what_may_be_given_keeps_its_story(marlow, torn, seat):
    ines = seat(marlow.ines)
    typed = {"name": "a new box", "limit_per_case": "2", "asks": str(marlow.ines.pk), "answer_within": "4", "done_within": "40"}
    assert ines.posts("/desk/remedies/new", {**typed, "began_with": torn.about}).status_code == 302
    assert Remedy.objects.get().began_with == torn.about
    assert "The torn box</a>" in ines.sees("/desk/remedies")
