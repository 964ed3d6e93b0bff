"""A map on the desk: drawn without a script, changed, read again as it was, taken away and brought in."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kept.cases.models import Case
from kept.journeys.keeping import draw, latest
from kept.journeys.mining import mine_ways
from kept.journeys.models import JourneyMap
from kept.journeys.starting import start_from
from kept.outcomes.hearing import hear
from kept.places.models import Touchpoint
from kept.stories.asking_consent import write_down_what_they_said
from kept.stories.choosing import choose
from kept.stories.models import Story
from kept.stories.redacting import see
from kept.timeline.sealing import seal

TYPED = {
    "name": "Pizza",
    "persona": "Somebody hungry",
    "reason": "",
    "outcome": "Everybody eats warm",
    "stage-0": "Orders",
    "step-0.0-name": "Orders on the page",
    "step-0.0-touchpoint": "web",
    "step-0.0-medium": "form",
    "stage-1": "Receives",
    "step-1.0-name": "Opens the door",
    "step-1.0-touchpoint": "van",
    "step-1.0-moment_of_truth": "yes",
}


@pytest.fixture
def touchpoints(marlow) -> dict[str, Touchpoint]:
    return {
        key: Touchpoint.objects.create(key=key, name=name)
        for key, name in (("web", "Web shop"), ("van", "Van"), ("bill", "Bill"))
    }


@pytest.fixture
def drawn(marlow, touchpoints, seat) -> JourneyMap:
    """Priya drew it at the desk."""
    assert seat(marlow.priya).posts("/desk/journeys/new", TYPED).status_code == 302
    return JourneyMap.objects.get()


@pytest.mark.django_db
def test_a_map_is_drawn_with_plain_fields(drawn, marlow, seat):
    said = latest(drawn).drawn
    assert [stage["name"] for stage in said["stages"]] == ["Orders", "Receives"]
    assert said["stages"][1]["steps"][0]["moment_of_truth"] is True
    page = seat(marlow.priya).sees(f"/desk/journeys/{drawn.public_id}")
    assert "Opens the door" in page
    assert "nobody in twelve weeks" in page
    assert "style=" not in page


@pytest.mark.django_db
def test_a_button_rearranges_what_is_typed_and_keeps_nothing_yet(drawn, marlow, seat):
    page = seat(marlow.priya).posts(f"/desk/journeys/{drawn.public_id}/change", {**TYPED, "saw": "1", "press": "stage-up:1"})
    words = page.content.decode()
    assert words.index('value="Opens the door"') < words.index('value="Orders on the page"')
    assert 'value="Somebody hungry"' in words
    assert drawn.versions.count() == 1


@pytest.mark.django_db
def test_a_mistake_is_said_and_what_was_typed_is_still_there(drawn, marlow, seat):
    page = seat(marlow.priya).posts("/desk/journeys/new", {**TYPED, "outcome": ""})
    assert page.status_code == 409
    assert "Say whose way it is, and when it has gone well for them." in page.content.decode()
    assert 'value="Opens the door"' in page.content.decode()
    assert JourneyMap.objects.count() == 1


@pytest.mark.django_db
def test_what_the_map_said_before_can_be_read_again(drawn, marlow, seat):
    priya = seat(marlow.priya)
    priya.posts(
        f"/desk/journeys/{drawn.public_id}/change", {**TYPED, "saw": "1", "step-1.0-name": "Hears the bell", "what": "the bell"}
    )
    now_says = priya.sees(f"/desk/journeys/{drawn.public_id}")
    assert "new: Hears the bell, in Receives; gone: Opens the door" in now_says
    before = priya.sees(f"/desk/journeys/{drawn.public_id}?version=1")
    assert "This is what the map said before." in before
    assert "<b>Opens the door" in before
    assert priya.opens(f"/desk/journeys/{drawn.public_id}?version=9").status_code == 404


@pytest.mark.django_db
def test_drawn_and_walked_lie_side_by_side_and_open_their_people(drawn, touchpoints, marlow, seat):
    came = marlow.mary.fills_in_the_form("The pizza was cold.")
    marlow.answers(came, "I am sorry.")
    hear(came, "unsolved", now=marlow.clock.forward(hours=1))
    asked = marlow.john.fills_in_the_form("What is this on my bill?")
    Case.objects.filter(pk=came.pk).update(touchpoint=touchpoints["van"])
    Case.objects.filter(pk=asked.pk).update(touchpoint=touchpoints["bill"])
    seal()
    mine_ways(marlow.clock.now)
    priya = seat(marlow.priya)
    page = priya.sees(f"/desk/journeys/{drawn.public_id}")
    assert page.count("drawn, never walked") == 1
    assert page.count("walked, never drawn") == 1
    assert "1 not happy</a>" in page
    assert "0 happy</a>" not in page, "nobody stands behind it, so it opens nothing"
    hurt = priya.sees("/desk/journeys/people?at=van&side=hurt")
    assert "The pizza was cold." in hurt
    assert hurt.count('<article class="story"') == 1
    assert "bill" not in hurt


@pytest.mark.django_db
def test_a_map_goes_out_and_comes_in_again(drawn, marlow, seat):
    priya = seat(marlow.priya)
    where = f"/desk/journeys/{drawn.public_id}/as"
    file = priya.opens(f"{where}/json").content
    assert priya.opens(f"{where}/csv").content.decode().startswith("stage,touchpoint,name")
    assert priya.opens(f"{where}/svg")["Content-Type"] == "image/svg+xml"
    assert priya.opens(f"{where}/doc").status_code == 404
    posted = priya.posts("/desk/journeys/new", {"bring": "yes", "file": SimpleUploadedFile("pizza.json", file)})
    assert posted.status_code == 302
    again = JourneyMap.objects.order_by("-pk")[0]
    assert again.pk != drawn.pk
    assert latest(again).drawn == latest(drawn).drawn == {key: value for key, value in json.loads(file).items() if key != "name"}


@pytest.mark.django_db
@pytest.mark.parametrize("file", [b"\xff\xfe\x00", b"[1]", b'{"name": "x", "stages": 3}'])
def test_another_file_is_refused_in_words(file, marlow, seat):
    page = seat(marlow.priya).posts("/desk/journeys/new", {"bring": "yes", "file": SimpleUploadedFile("x.json", file)})
    assert page.status_code == 409
    assert not JourneyMap.objects.exists()


@pytest.mark.django_db
def test_no_file_is_said(marlow, seat):
    assert "Choose the file first." in seat(marlow.priya).posts("/desk/journeys/new", {"bring": "yes"}).content.decode()


@pytest.mark.django_db
def test_a_beginning_is_filled_in_already(marlow, seat):
    assert 'value="Asks where it is"' in seat(marlow.priya).sees("/desk/journeys/new?start=pizza")


@pytest.mark.django_db
def test_only_whoever_looks_after_it_and_managers_change_it(drawn, marlow, seat):
    marlow.hires_the_others()
    where = f"/desk/journeys/{drawn.public_id}"
    assert seat(marlow.tom).opens(f"{where}/change").status_code == 403
    assert "Change the map" not in seat(marlow.tom).sees(where)
    assert seat(marlow.dana).opens(f"{where}/change").status_code == 200


@pytest.mark.django_db
def test_a_map_that_is_put_away_is_not_lost(drawn, marlow, seat):
    priya, where = seat(marlow.priya), f"/desk/journeys/{drawn.public_id}"
    priya.posts(f"{where}/retire")
    assert str(drawn.public_id) not in priya.sees("/desk/journeys")
    assert "put away" in priya.sees(where)
    priya.posts(f"{where}/retire", {"again": "yes"})
    assert str(drawn.public_id) in priya.sees("/desk/journeys")


@pytest.mark.django_db
def test_it_fits_on_one_page(drawn, marlow, seat):
    page = seat(marlow.priya).sees(f"/desk/journeys/{drawn.public_id}/print")
    assert "Opens the door" in page
    assert "Everybody eats warm" in page


@pytest.mark.django_db
def test_a_long_map_asks_as_few_questions_as_a_short_one(drawn, marlow, seat, django_assert_max_num_queries):
    name, said = start_from("complaint")
    long = draw(name, said, by=marlow.priya, now=marlow.clock.now)
    priya = seat(marlow.priya)
    priya.opens(f"/desk/journeys/{long.public_id}")
    with django_assert_max_num_queries(12):
        priya.opens(f"/desk/journeys/{long.public_id}")


@pytest.mark.django_db
def test_the_keyboard_stays_where_a_button_was_pressed(marlow, seat):
    for pressed, field in {
        "step-add:1": "step-1.1-name",
        "stage-remove:1": "stage-0",
        "stage-up:1": "stage-0",
        "stage-add:": "stage-2",
        "step-down:0.0": "stage-0",
        "rubbish": "stage-0",
    }.items():
        page = seat(marlow.priya).posts("/desk/journeys/new", {**TYPED, "press": pressed}).content.decode()
        assert page.count(" autofocus>") == 1, pressed
        assert f'name="{field}"' in page[: page.index(" autofocus>")].rpartition("<")[2], pressed


@pytest.mark.django_db
def test_whoever_opens_no_svg_takes_the_map_as_a_png(drawn, marlow, seat):
    answer = seat(marlow.priya).opens(f"/desk/journeys/{drawn.public_id}/as/png")
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"] == 'attachment; filename="pizza.png"'
    assert answer.content.startswith(b"\x89PNG")


@pytest.fixture
def story(marlow) -> Story:
    """John lets everybody here read it."""
    case = marlow.john.mails("My pizza came cold.", subject="Pizza", is_proven=True)
    now, priya = marlow.clock.now, marlow.priya
    story = choose(case.messages.earliest("id"), title="The third cold pizza", by=priya, now=now)
    see(story, story.words, by=priya, now=now)
    write_down_what_they_said(story, scope="inside", with_name=True, said="Yes.", by=priya, now=now)
    story.refresh_from_db()
    return story


@pytest.mark.django_db
def test_a_map_says_which_story_began_it_as_long_as_that_may_be_read(story, touchpoints, marlow, seat):
    priya = seat(marlow.priya)
    assert "The third cold pizza</option>" in priya.sees("/desk/journeys/new")
    priya.posts("/desk/journeys/new", {**TYPED, "began_with": str(story.public_id)})
    found = JourneyMap.objects.get()
    assert found.began_with == story.about
    where = f"/desk/journeys/{found.public_id}"
    assert "The third cold pizza</a>" in priya.sees(where)
    assert f'<option value="{story.public_id}" selected>' in priya.sees(f"{where}/change")
    write_down_what_they_said(story, scope="", with_name=False, said="Not any more.", by=marlow.priya, now=marlow.clock.now)
    assert "The third cold pizza" not in priya.sees(where)
    assert "The third cold pizza" not in priya.sees(f"{where}/change")


@pytest.mark.django_db
def test_the_story_of_a_map_can_be_chosen_later_and_taken_off_again(drawn, story, marlow, seat):
    priya, where = seat(marlow.priya), f"/desk/journeys/{drawn.public_id}/change"
    page = priya.posts(where, {**TYPED, "saw": "1", "press": "stage-up:1", "began_with": str(story.public_id)})
    assert f'<option value="{story.public_id}" selected>' in page.content.decode(), "a button keeps what was chosen"
    priya.posts(where, {**TYPED, "saw": "1", "began_with": str(story.public_id)})
    drawn.refresh_from_db()
    assert drawn.began_with == story.about
    priya.posts(where, {**TYPED, "saw": "2", "began_with": "rubbish"})
    drawn.refresh_from_db()
    assert drawn.began_with == ""
