"""The page behind "may others read what you said?": it shows the very words, and a button says yes, no, or no longer."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from kept.cases.models import Message
from kept.lib.links import page_token
from kept.stories.asking_consent import ask
from kept.stories.choosing import choose
from kept.stories.models import Consent, Story
from kept.stories.redacting import see

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(marlow) -> str:
    case = marlow.mary.mails("The box was torn, says Mary Whitcombe.", is_proven=True)
    now = marlow.clock.now
    story = choose(Message.objects.get(case=case, is_theirs=True), title="The torn box", by=marlow.priya, now=now)
    see(story, story.words, by=marlow.priya, now=now)
    return f"/story/{page_token('consent', ask(story, by=marlow.priya, now=now).public_id)}"


@pytest.fixture(autouse=True)
def _time(marlow):
    with time_machine.travel(marlow.clock.now, tick=False):
        yield


def text(page: str) -> str:
    return " ".join(Client().get(page).content.decode().split())


def test_opening_it_changes_nothing_and_shows_the_very_words(page):
    assert "The box was torn, says [name]." in text(page)
    assert "Nothing has happened yet" in text(page)
    assert Story.objects.get().state == "asked"
    assert Consent.objects.count() == 1


def test_a_yes_is_said_with_a_button_and_taken_back_with_another(page):
    assert Client().post(page, {"far": "public", "named": "1"}).status_code == 303
    assert "Anybody may read these words." in text(page) and "Your first name stands beside them." in text(page)
    assert Story.objects.public().get().name_shown == "Mary"
    assert Client().post(page, {"far": "no"}).status_code == 303
    assert "gone from every page" in text(page) and "The box was torn" not in text(page)
    assert not Story.objects.public().exists()


def test_who_chose_nothing_is_told_so_and_keeps_the_tick(page):
    answer = Client().post(page, {"named": "1"})
    assert answer.status_code == 422
    assert 'name="named" value="1" checked' in answer.content.decode()
    assert Story.objects.get().state == "asked"


def test_a_link_that_we_did_not_make_opens_nothing(page):
    assert Client().get("/story/" + "a" * 55).status_code == 404
    assert Client().get(page[:-1]).status_code == 404


def test_the_page_is_never_kept_by_a_browser_nor_found_by_a_search(page):
    answer = Client().get(page)
    assert "no-store" in answer["Cache-Control"] and "noindex" in answer["X-Robots-Tag"]
