"""Every page in the table of contents, as an admin meets it: narrow and wide, light and dark, with script and without.

Nobody lists them: a page is whatever answers a GET with HTML. A new one is looked at as soon as it has an address.
"""
# needs: chromium

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import URLPattern, reverse

from kept.demo.cast import Marlow
from kept.journeys.mining import mine_ways
from kept.people.models import House
from kept.surveys.models import Survey
from kept.timeline.sealing import seal
from kept.web.urls import CUSTOMER, DESK, PUBLIC
from tests.counterparts.desk_browsing import signed_in, stranger
from tests.counterparts.looking import look_at, look_without_script
from tests.security.world import World

MORE = {
    "small_things": "?view=settled",
    "journeys": "?place=1",
    "set_aside": "?view=locked",
    "pulse": "?weeks=52",
    "journey_people": "?began=email",
}
"""The same page as it is asked for otherwise."""
NO_PAGES = {"message_html": "a customer's mail as they laid it out: their markup, shut away from every script of ours"}
"""Name: why nothing can be looked at there."""


@pytest.fixture
def world(browser, transactional_db) -> Iterator[World]:
    made = World(Marlow())
    House.objects.update(audit_is_public=True)
    seal()
    mine_ways(made.house.clock.now)
    with time_machine.travel(made.house.clock.now, tick=True):
        yield made


def pages(world: World, who: str, patterns: list[URLPattern]) -> list[str]:
    """The addresses of these that show a page to them: not what is only posted, taken away as a file, or leads elsewhere."""
    client, found = world.client_of(who), []
    for name in [str(pattern.name) for pattern in patterns if pattern.name not in NO_PAGES]:
        path = path_of(world, name, who)
        answer = client.get(path)
        if answer.status_code in {302, 405} or not answer["Content-Type"].startswith("text/html"):
            continue
        assert answer.status_code == 200, (name, answer.status_code)
        found += [path, path + MORE[name]] if name in MORE else [path]
    return found


def path_of(world: World, name: str, who: str) -> str:
    """Where there is something to see of that kind."""
    if name == "survey_card":
        return reverse(name, args=[Survey.objects.get(slug="by-link").public_id])
    if name == "remedies_given_to":
        return f"{reverse(name)}?by=remedy&key={world.remedy.pk}"
    return world.path(name, who)


def test_nothing_on_any_page_of_the_desk_stands_in_anybodys_way(browser, world, live_server):
    paths = pages(world, "admin", DESK)
    assert len(paths) > 60
    with signed_in(browser, live_server.url, world.house.ines, viewport={"width": 1440, "height": 900}) as watched:
        found = [trouble for path in paths for trouble in look_at(watched, path)]
    assert not found, "\n".join(found)
    assert watched.troubles == []


def test_every_page_of_the_desk_is_there_without_script(browser, world, live_server):
    size = {"width": 360, "height": 740}
    with signed_in(browser, live_server.url, world.house.ines, viewport=size, java_script_enabled=False) as watched:
        found = [trouble for path in pages(world, "admin", DESK) for trouble in look_without_script(watched, path)]
    assert not found, "\n".join(found)
    assert watched.troubles == []


def test_nothing_on_any_page_for_customers_and_everybody_stands_in_their_way(browser, world, live_server):
    paths = pages(world, "right", [*PUBLIC, *CUSTOMER])
    assert len(paths) > 15
    with stranger(browser, live_server.url) as watched:
        found = [trouble for path in paths for trouble in look_at(watched, path)]
    assert not found, "\n".join(found)
    assert watched.troubles == []
