"""Good words in a real browser: every page of theirs, narrow and wide, light and dark, with script and without."""
# needs: chromium

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from playwright.sync_api import expect

from kept.demo.cast import Marlow
from kept.lib.links import page_token
from kept.people.linking import about_link
from kept.people.models import Employee
from kept.places.models import Brand
from kept.places.placing import add_place, add_touchpoint
from kept.recognition.answering import answer
from kept.recognition.giving import write_down_praise
from kept.recognition.models import Recognition
from tests.counterparts.desk_browsing import signed_in, troubles_on

SMALL, WIDE = {"width": 360, "height": 780}, {"width": 1280, "height": 900}


@pytest.fixture
def marlow(browser, transactional_db) -> Marlow:
    """Four good words: one answered, one kept close, one described only, one heard on the phone."""
    house = Marlow()
    house.hires_the_others()
    moment = house.clock.now
    quay = add_place("Quay Street kitchen", slug="quay", manager=house.dana, by=house.ines, now=moment)
    mill = add_place("Mill Lane counter", slug="mill", by=house.ines, now=moment)
    add_touchpoint("Delivery", key="delivered", place=quay, manager=house.dana, by=house.ines, now=moment)
    Employee.objects.filter(pk__in=[house.amira.pk, house.dana.pk]).update(place=quay)
    Employee.objects.filter(pk=house.ben.pk).update(place=mill)
    Brand.objects.update(public_pages=[{"name": "Town guide", "url": "https://guide.example/marlow"}])
    words = "It was pouring, and our lemonade had been forgotten. Amira rode all the way back for it and still smiled."
    house.grace.says_a_good_word(words, about=house.amira, show="name")
    praise = Recognition.objects.get()
    answer(praise, "Tell him I’ll bring the bell next time.", by=house.amira, now=house.clock.forward(minutes=70))
    house.mary.says_a_good_word("Ben carried eleven boxes to the third floor.", about=house.ben, show="no")
    house.samir.says_a_good_word(
        "I only asked the way. She walked me to the bus.", hint="the lady with the green glasses", place="mill"
    )
    write_down_praise(
        "He found my order from 2019 in four minutes.", by=house.priya, employee=house.tom, now=house.clock.now,
        medium="phone", consent="anon", writer_name="Colin",
    )  # fmt: skip
    Recognition.objects.filter(pk=praise.pk).update(marked="Amira")
    house.works()
    return house


@pytest.fixture
def at_their_time(marlow) -> Iterator[None]:
    with time_machine.travel(marlow.clock.now, tick=True):
        yield


def at_the_desk(marlow: Marlow) -> list[str]:
    praise = Recognition.objects.get(employee=marlow.amira)
    return [
        "/desk/recognition",
        "/desk/recognition/who",
        "/desk/recognition/heard",
        f"/desk/people/{marlow.amira.public_id}/praise",
        f"/desk/people/{marlow.amira.public_id}/card",
        f"/desk/recognition/{praise.public_id}/card",
        "/desk/settings/places",
        "/desk/settings/places/new",
        f"/desk/settings/places/{marlow.amira.place_id or Employee.objects.get(pk=marlow.amira.pk).place_id}/card",
        f"/desk/people/{marlow.tom.public_id}",
        "/desk/house",
    ]


def outside(marlow: Marlow) -> list[str]:
    from kept.intake.models import Arrival

    arrivals = Arrival.objects.filter(account__kind="good_word").order_by("pk")
    receipts = [f"/say-a-good-word/thanks/{page_token('receipt', one.receipt)}" for one in arrivals]
    about = about_link(marlow.priya)
    return ["/", "/say-a-good-word", "/say-a-good-word?at=quay", about[about.index("/say") :], receipts[0], receipts[-1]]


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["360", "1280"])
def test_no_page_of_good_words_stands_in_anybodys_way(browser, marlow, at_their_time, live_server, size):
    with signed_in(browser, live_server.url, marlow.ines, viewport=size) as watched:
        found = [trouble for path in [*at_the_desk(marlow), *outside(marlow)] for trouble in troubles_on(watched, path)]
    assert not found, "\n".join(found)
    assert watched.troubles == []


def test_on_paper_a_card_comes_out_alone(browser, marlow, at_their_time, live_server):
    with signed_in(browser, live_server.url, marlow.ines, viewport=WIDE) as watched:
        watched.go(f"/desk/people/{marlow.amira.public_id}/card")
        watched.page.emulate_media(media="print")
        expect(watched.page.locator(".paper-card")).to_be_visible()
        for gone in (".side", ".head", ".back"):
            expect(watched.page.locator(gone).first).to_be_hidden()


def test_a_good_word_is_said_and_finds_its_person_without_script(browser, marlow, at_their_time, live_server):
    context = browser.new_context(java_script_enabled=False, viewport=SMALL)
    page = context.new_page()
    page.goto(f"{live_server.url}/say-a-good-word?at=quay")
    page.get_by_label("Dana Okafor").check()
    page.get_by_label("What did they do?").fill("She made the pizza again, with a candle.")
    page.get_by_role("button", name="Pass it on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It is with Dana Okafor.")
    assert context.cookies() == []
    context.close()
    with signed_in(browser, live_server.url, marlow.tom, viewport=SMALL, java_script_enabled=False) as watched:
        watched.go("/desk/recognition/who")
        watched.page.get_by_role("button", name="Yes, it was Ben Castillo").click()
        expect(watched.page.get_by_role("heading", name="Every good word has found its person")).to_be_visible()
    with signed_in(browser, live_server.url, marlow.ben, viewport=SMALL, java_script_enabled=False) as watched:
        watched.go(f"/desk/people/{marlow.ben.public_id}/praise")
        watched.page.get_by_role("button", name="I have it").click()
    assert not Recognition.objects.filter(employee=marlow.ben, seen_at__isnull=True).exists()


def test_with_script_opening_the_page_is_having_read_it(browser, marlow, at_their_time, live_server):
    path = f"/desk/people/{marlow.ben.public_id}/praise"
    with (
        signed_in(browser, live_server.url, marlow.ben, viewport=WIDE) as watched,
        watched.page.expect_response("**/praise/seen"),
    ):
        watched.go(path)
    assert Recognition.objects.get(employee=marlow.ben).seen_at is not None
    assert watched.troubles == []
