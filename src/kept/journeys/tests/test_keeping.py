"""A map is kept with everything it said before."""

from __future__ import annotations

import pytest

from kept.journeys.arranging import arranged
from kept.journeys.keeping import draw, latest, may_change, redraw, retire
from kept.journeys.starting import start_from
from kept.lib.refusal import Refusal
from kept.timeline.models import Event


@pytest.fixture
def drawn(marlow):
    name, said = start_from("office")
    return draw(name, said, by=marlow.priya, now=marlow.clock.now)


@pytest.mark.django_db
def test_a_new_version_leaves_the_old_one_as_it_was(drawn, marlow):
    said = latest(drawn).drawn
    redraw(
        drawn,
        "Boxes",
        arranged(said, "step-up:2.1"),
        by=marlow.priya,
        now=marlow.clock.forward(days=1),
        saw=1,
        what="they count later",
    )
    assert [(one.number, one.what) for one in drawn.versions.order_by("number")] == [(1, ""), (2, "they count later")]
    assert drawn.versions.get(number=1).drawn == said
    assert drawn.name == "Boxes"
    assert Event.objects.filter(kind="map_changed", about=f"journeymap:{drawn.pk}").count() == 1


@pytest.mark.django_db
def test_the_same_once_more_is_no_version(drawn, marlow):
    redraw(drawn, drawn.name, latest(drawn).drawn, by=marlow.priya, now=marlow.clock.now, saw=1)
    assert drawn.versions.count() == 1


@pytest.mark.django_db
def test_two_who_change_it_at_once_do_not_overwrite_each_other(drawn, marlow):
    said = latest(drawn).drawn
    redraw(drawn, drawn.name, arranged(said, "stage-up:1"), by=marlow.ines, now=marlow.clock.now, saw=1)
    with pytest.raises(Refusal, match="Ines Duarte changed the map meanwhile"):
        redraw(drawn, drawn.name, arranged(said, "stage-down:1"), by=marlow.priya, now=marlow.clock.now, saw=1)


@pytest.mark.django_db
def test_a_colleague_asks_whoever_looks_after_it(drawn, marlow):
    marlow.hires_the_others()
    assert (may_change(drawn, marlow.priya), may_change(drawn, marlow.ines), may_change(drawn, marlow.tom)) == (True, True, False)
    with pytest.raises(Refusal, match="Priya Nair looks after this map"):
        redraw(drawn, "Mine", latest(drawn).drawn, by=marlow.tom, now=marlow.clock.now, saw=1)
    with pytest.raises(Refusal):
        retire(drawn, by=marlow.tom, now=marlow.clock.now)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "  ", "x" * 121])
def test_a_map_has_a_name(name, marlow):
    with pytest.raises(Refusal):
        draw(name, start_from("pizza")[1], by=marlow.priya, now=marlow.clock.now)


@pytest.mark.django_db
def test_only_touchpoints_of_ours_stand_on_it(marlow):
    said = start_from("pizza")[1]
    said["stages"][0]["steps"][0]["touchpoint"] = "the-moon"
    with pytest.raises(Refusal, match="no touchpoint “the-moon”"):
        draw("Pizza", said, by=marlow.priya, now=marlow.clock.now)
