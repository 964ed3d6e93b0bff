"""What stands in our way, in a real browser: narrow and wide, light and dark, by one key, and without script."""
# needs: chromium

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from kept.cases.models import Case
from kept.causes.fixing import fix, promise_fix
from kept.causes.gathering import gather_many
from kept.causes.models import Cause, CauseState, Gathered
from kept.causes.opening import open_cause
from kept.causes.proposing import propose_what_may_belong_together
from kept.causes.tests.conftest import WORDS, by_mail
from kept.demo.cast import Marlow
from kept.places.models import Touchpoint
from tests.counterparts.desk_browsing import signed_in, troubles_on

SMALL, WIDE = {"width": 360, "height": 780}, {"width": 1280, "height": 900}


@pytest.fixture
def marlow(browser, transactional_db) -> Marlow:
    """One root being watched, one promised, and six matters that look alike."""
    house = Marlow()
    house.hires_the_others()
    delivery = Touchpoint.objects.create(name="The delivery", key="delivered", manager=house.dana)
    cold = [by_mail(house, number, words) for number, words in enumerate(WORDS)]
    Case.objects.update(touchpoint=delivery, theme="cold_food")
    house.clock.forward(days=8)
    zips = open_cause("The bags do not close", owner=house.dana, by=house.dana, now=house.clock.now, theme="cold_food")
    gather_many(zips, cold[:6], by=house.priya, now=house.clock.now)
    promise_fix(zips, "New zips", on=(house.clock.now + timedelta(days=2)).date(), by=house.dana, now=house.clock.now)
    fix(zips, told_text="All bags have new zips.", by=house.dana, now=house.clock.now)
    house.clock.forward(days=10)
    form = open_cause("The form asks for an order number", owner=house.ines, by=house.ines, now=house.clock.now)
    for number in range(9, 12):
        gather_many(form, [by_mail(house, number, "Which order number? I have none.")], by=house.ben, now=house.clock.now)
    promise_fix(form, "It asks no more", on=(house.clock.now + timedelta(days=4)).date(), by=house.ines, now=house.clock.now)
    for number in range(6):
        by_mail(house, number, "The parcel stood at the neighbour's fence in the rain.", subject="Fence")
    house.works()
    propose_what_may_belong_together(house.clock.now)
    return house


@pytest.fixture
def at_their_time(marlow) -> Iterator[None]:
    with time_machine.travel(marlow.clock.now, tick=True):
        yield


def page_of(title: str) -> str:
    return f"/desk/causes/{Cause.objects.get(title=title).public_id}"


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["360", "1280"])
def test_no_page_of_a_root_stands_in_anybodys_way(browser, marlow, at_their_time, live_server, size):
    alike = f"/desk/causes/{Cause.objects.get(state=CauseState.PROPOSED).public_id}"
    zips = page_of("The bags do not close")
    pages = ["/desk/causes", zips, f"{zips}?week=-2", page_of("The form asks for an order number"), alike]
    with signed_in(browser, live_server.url, marlow.ines, viewport=size) as watched:
        found = [trouble for path in pages for trouble in troubles_on(watched, path)]
    assert not found, "\n".join(found)
    assert watched.troubles == []


def test_w_says_what_stood_in_the_way_and_z_takes_it_back(browser, marlow, at_their_time, live_server):
    case = Case.objects.filter(subject="Fence").earliest("pk")
    with signed_in(browser, live_server.url, marlow.priya, viewport=WIDE) as watched:
        watched.go(f"/desk/cases/{case.public_id}")
        page = watched.page
        page.keyboard.press("w")
        page.get_by_label("Or something else, in a few words").fill("Nobody has a key to the gate")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Noted: Nobody has a key to the gate")).to_be_visible()
        assert Gathered.objects.taken().filter(case=case).exists()
        page.wait_for_load_state()
        page.keyboard.press("z")
        expect(page.get_by_text("does not stand there any more")).to_be_visible()
        assert page.url.endswith(f"/desk/cases/{case.public_id}")
    assert not Gathered.objects.taken().filter(case=case).exists()


def test_g_then_w_leads_to_the_list(browser, marlow, at_their_time, live_server):
    with signed_in(browser, live_server.url, marlow.priya, viewport=WIDE) as watched:
        watched.go("/desk/")
        watched.page.keyboard.press("g")
        watched.page.keyboard.press("w")
        watched.page.wait_for_url("**/desk/causes")


def test_it_is_looked_at_told_and_stopped_without_script(browser, marlow, at_their_time, live_server):
    with signed_in(browser, live_server.url, marlow.ines, viewport=SMALL, java_script_enabled=False) as watched:
        watched.go(page_of("The form asks for an order number"))
        page = watched.page
        page.get_by_label("What do they read?").fill("The form asks for no order number any more.")
        page.get_by_role("button", name="Look at it as they will").click()
        expect(page.get_by_text("So they read it. Nothing has gone yet.")).to_be_visible()
        expect(page.get_by_text("2 others read the same")).to_be_visible()
        page.get_by_role("button", name="It is mended: tell them").click()
        expect(page.get_by_text("Mended. 3 people are told.")).to_be_visible()
        page.get_by_role("button", name="Stop: it is not mended").click()
        expect(page.get_by_text("Taken back. Nobody was told.")).to_be_visible()
    assert Cause.objects.get(title="The form asks for an order number").state == CauseState.OPEN
