"""A map: what may stand on it, how it is rearranged, what changed, and how it travels."""

from __future__ import annotations

import csv
import json
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kept.journeys.arranging import ACTIONS, arranged
from kept.journeys.comparing import changes
from kept.journeys.drawing import MOST_STAGES, STEP_WORDS, checked, empty, empty_step, steps_in, touchpoints_in
from kept.journeys.exporting import as_csv, as_json, as_svg, from_json
from kept.journeys.side_by_side import At, lay
from kept.journeys.starting import STARTS, start_from
from kept.lib.refusal import Refusal

PIZZA = checked(start_from("pizza")[1])
WORDS = some.text(min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(bool)
STEPS = some.builds(
    lambda words, truth: {**dict.fromkeys(STEP_WORDS, ""), **words, "touchpoint": "", "medium": "", "moment_of_truth": truth},
    some.fixed_dictionaries({"name": WORDS, "wants": some.just("") | WORDS, "promise": some.just("") | WORDS}),
    some.booleans(),
)
STAGES = some.builds(lambda name, steps: {"name": name, "steps": steps}, WORDS, some.lists(STEPS, min_size=1, max_size=4))
MAPS = some.builds(
    lambda persona, stages: {"persona": persona, "reason": "", "outcome": "warm", "stages": stages},
    WORDS,
    some.lists(STAGES, min_size=1, max_size=4),
)
PRESSES = some.builds(
    lambda action, stage, step: f"{action}:{stage}.{step}",
    some.sampled_from(sorted(ACTIONS)),
    some.integers(0, 5),
    some.integers(0, 5),
)


def with_first_step(**words: object) -> dict[str, object]:
    drawn = json.loads(json.dumps(PIZZA))
    drawn["stages"][0]["steps"][0].update(words)
    return drawn


@pytest.mark.parametrize("key", sorted(STARTS))
def test_each_beginning_is_a_whole_map(key):
    drawn = checked(start_from(key)[1])
    assert any(step["moment_of_truth"] for _stage, step in steps_in(drawn))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ([], "no list of stages"),
        ({"stages": []}, "whose way it is"),
        ({**PIZZA, "stages": []}, "1 to 12 stages"),
        ({**PIZZA, "stages": PIZZA["stages"] * 4}, "1 to 12 stages"),
        ({**PIZZA, "owner": "x"}, "no “owner”"),
        ({**PIZZA, "stages": [{"name": " ", "steps": [empty_step()]}]}, "Give stage 1 a name"),
        ({**PIZZA, "stages": [{"name": "Waits", "steps": []}]}, "Waits has to have 1 to 20 steps"),
        (with_first_step(name=""), "Give step 1 of Finds us a name"),
        (with_first_step(wants=7), "has to be words"),
        (with_first_step(wants="x" * 301), "too long"),
        (with_first_step(colour="red"), "no “colour”"),
    ],
)
def test_what_is_no_map_is_refused_with_a_sentence(wrong, says):
    with pytest.raises(Refusal, match=says):
        checked(wrong)


def test_an_empty_map_says_what_is_missing():
    with pytest.raises(Refusal, match="Say whose way"):
        checked(empty())


@given(MAPS, some.lists(PRESSES, max_size=12))
def test_whatever_is_pressed_no_step_gets_lost_unless_it_is_removed(drawn, presses):
    for press in presses:
        before = sorted(step["name"] for _stage, step in steps_in(drawn))
        drawn = arranged(drawn, press)
        after = sorted(step["name"] for _stage, step in steps_in(drawn))
        if "remove" in press:
            assert len(after) <= len(before)
        elif "add" in press:
            assert sorted([*before, ""]) == after or before == after
        else:
            assert before == after
        assert 1 <= len(drawn["stages"]) <= MOST_STAGES
        assert all(stage["steps"] for stage in drawn["stages"])


def test_a_step_at_the_edge_moves_into_the_next_stage():
    moved = arranged(PIZZA, "step-down:2.1")
    assert [step["name"] for step in moved["stages"][3]["steps"]] == ["Asks where it is", "Opens the door"]
    assert arranged(PIZZA, "step-down:0.0") == PIZZA, "the only step of a stage stays there"
    assert arranged(PIZZA, "rubbish:9") == arranged(PIZZA, "stage-up:x") == PIZZA


def test_what_changed_is_said_in_words():
    later = arranged(with_first_step(wants="see a picture"), "step-down:2.1")
    assert changes(PIZZA, later) == ["reworded: Looks at the menu", "moved: Asks where it is, from Waits to Receives"]
    fewer = arranged(PIZZA, "step-remove:2.1")
    assert changes(PIZZA, fewer) == ["gone: Asks where it is"]
    assert changes(fewer, PIZZA) == ["new: Asks where it is, in Waits"]
    assert changes(PIZZA, arranged(PIZZA, "step-up:2.1")) == ["in another order"]


@given(MAPS)
def test_nothing_changed_where_nothing_changed(drawn):
    assert changes(drawn, drawn) == []


@given(WORDS, MAPS)
def test_what_was_exported_can_be_brought_in_as_it_was(name, drawn):
    told_name, told = from_json(as_json(name, drawn))
    assert (told_name, told) == (name, drawn)
    assert checked(told) == checked(drawn)


@pytest.mark.parametrize("file", ["", "[1, 2]", "nonsense", '{"name": 7}', "[" * 100_000, "x" * 200_001])
def test_another_file_is_refused_with_a_sentence(file):
    with pytest.raises(Refusal):
        checked(from_json(file)[1])


def test_the_table_has_a_line_a_step_and_no_formula():
    rows = list(csv.DictReader(as_csv(with_first_step(wants="=HYPERLINK(1)")).splitlines()))
    assert len(rows) == 6
    assert rows[0]["wants"] == "'=HYPERLINK(1)"
    assert rows[3]["moment_of_truth"] == "yes"


def test_the_picture_is_a_picture_whatever_stands_on_it():
    drawn = with_first_step(name="<script>alert(1)</script> & more")
    picture = ElementTree.fromstring(as_svg("A & B", drawn))
    words = "".join(picture.itertext())
    assert "script" in words
    assert not [one for one in picture.iter() if "script" in one.tag or "style" in one.attrib]


def test_drawn_and_never_walked_walked_and_never_drawn():
    drawn = with_first_step(touchpoint="menu", medium="form")
    walked = {"van": At("van", "Delivery van", people=3, white=1, black=1, hurt=2, media=("phone",))}
    beside = lay(drawn, walked, {"menu": "The menu", "van": "Delivery van"})
    assert touchpoints_in(drawn) == ["menu"]
    assert [one.step["name"] for one in beside.never_walked] == ["Looks at the menu"]
    assert [(at.name, at.people, at.is_open) for at in beside.never_drawn] == [("Delivery van", 3, 1)]
    assert [at.key for at in beside.touchpoints] == ["van"]


def test_who_came_another_way_than_drawn_is_seen():
    drawn = with_first_step(touchpoint="menu", medium="form")
    beside = lay(drawn, {"menu": At("menu", "The menu", people=2, media=("phone", "form"))}, {})
    assert beside.steps[0].another_way == ("phone",)
    assert not beside.steps[0].never_walked
