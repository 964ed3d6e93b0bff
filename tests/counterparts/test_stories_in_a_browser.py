"""Stories as people meet them: told without script, prepared by keyboard, read on a phone, in light and dark."""
# needs: chromium

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import time_machine
from playwright.sync_api import expect

from kept.demo.cast import Marlow
from kept.lib.links import page_token
from kept.people.models import House
from kept.stories.asking_consent import answer, ask
from kept.stories.choosing import choose, tell_our_side
from kept.stories.hearing import hear_it, show_to_everybody
from kept.stories.models import Consent, Story
from kept.stories.redacting import see
from kept.stories.theories import say, weigh
from tests.counterparts.desk_browsing import axe, signed_in, troubles_on

WIDTHS = (360, 768, 1440)
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.fixture
def marlow(browser, transactional_db) -> Iterator[Marlow]:
    house = Marlow()
    House.objects.update(stories_are_public=True, heard_is_public=True)
    with time_machine.travel(house.clock.now, tick=True):
        yield house


@pytest.fixture
def shared(marlow) -> Story:
    """Anybody may read it, and it stands for a theory and on the page of what we heard."""
    now = marlow.clock.now
    case = marlow.mary.mails(f"The {LONG} was torn, says Mary Whitcombe. 👍🏽 Übel!", subject="Box", is_proven=True)
    story = choose(case.messages.get(is_theirs=True), title="The torn box", by=marlow.ines, now=now, outcome="black")
    tell_our_side(story, ours="The tape ran out.", different="Check it on Mondays.", by=marlow.ines, now=now)
    see(story, story.words, by=marlow.ines, now=now)
    answer(ask(story, by=marlow.ines, now=now), scope="public", with_name=True, now=now)
    weigh(say("The tape is too thin", by=marlow.ines, now=now), story, speaks_for=True, by=marlow.ines, now=now)
    heard = hear_it("Boxes tear.", did="Thicker tape.", story=story, by=marlow.ines, now=now)
    show_to_everybody(heard, by=marlow.ines, now=now)
    return story


@pytest.fixture
def prepared(marlow) -> Story:
    """One that a customer told themselves; somebody has to read it."""
    words = "I am Mary Whitcombe of 14 Harbour View, and Priya ran for another cake. Ring me on +44 7700 900812."
    marlow.mary.tells_a_story(words, ending="well", far="team_mail")
    return Story.objects.latest("id")


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_at_the_desk(browser, marlow, shared, prepared, live_server, width):
    theory = shared.evidence.get().theory
    with signed_in(browser, live_server.url, marlow.ines, viewport={"width": width, "height": 900}) as ines:
        paths = [
            *("/desk/stories", "/desk/stories?prepared=1", "/desk/stories?q=nothing+like+it"),
            *(f"/desk/stories/{prepared.public_id}", f"/desk/stories/{shared.public_id}"),
            *(
                f"/desk/stories/{shared.public_id}/card",
                "/desk/theories",
                f"/desk/theories/{theory.public_id}",
                "/desk/what-we-heard",
            ),
        ]
        found = [trouble for path in paths for trouble in troubles_on(ines, path)]
        assert [*found, *ines.troubles] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_the_pages_for_everybody(browser, marlow, shared, prepared, live_server, width):
    thanks = page_token("receipt", _receipt_of(prepared))
    asked = page_token("consent", Consent.objects.get(story=shared, said_at=None).public_id)
    heard = shared.evidence.model._meta.apps.get_model("kept", "Heard").objects.get()
    context = browser.new_context(viewport={"width": width, "height": 900})
    page, found = context.new_page(), []
    for path in (
        "/",
        "/story",
        "/stories",
        "/heard",
        f"/heard/{heard.public_id}/me-too",
        f"/story/thanks/{thanks}",
        f"/story/{asked}",
    ):
        page.goto(f"{live_server.url}{path}")
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += axe(page, path) + ([f"{path} scrolls sideways by {beyond} px"] if beyond > 0 else [])
    page.goto(f"{live_server.url}/story")
    page.get_by_role("button", name="Tell it").click()
    expect(page).to_have_title(re.compile("^Mistake:"))
    assert found + axe(page, "/story with a mistake") == []
    context.close()


def _receipt_of(story: Story):
    from kept.intake.models import Arrival

    return Arrival.objects.get(pk=int(story.source_key.removeprefix("arrival:"))).receipt


def test_a_story_is_told_and_taken_back_without_script(browser, marlow, live_server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/story")
    page.get_by_label("What happened?").fill("The cake fell, and Ben ran for another.")
    page.get_by_label("It ended well").check()
    page.get_by_label("Anybody", exact=True).check()
    page.get_by_label("Your name").fill("Joan Petrie")
    page.get_by_role("button", name="Tell it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We have your story, Joan.")
    page.get_by_role("button", name="Nobody else may read it any more").click()
    expect(page.locator("main")).to_contain_text("Nobody else reads it.")
    assert context.cookies() == []
    context.close()


def test_what_is_left_out_is_changed_by_keyboard_and_without_script(browser, marlow, prepared, live_server):
    with signed_in(browser, live_server.url, marlow.ines, java_script_enabled=False) as ines:
        page = ines.page
        ines.go(f"/desk/stories/{prepared.public_id}")
        assert page.locator("mark").all_inner_texts() == ["Mary Whitcombe", "14 Harbour View", "Priya", "+44 7700 900812"]
        page.get_by_label("Leave out besides").focus()
        page.keyboard.type("cake")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("mark")).to_have_count(5)
        page.get_by_role("button", name="I read it").click()
    assert (
        Story.objects.get(pk=prepared.pk).words
        == "I am [name] of [address], and [name] ran for another […]. Ring me on [phone number]."
    )
    assert Story.objects.for_the_team().filter(pk=prepared.pk).exists()
