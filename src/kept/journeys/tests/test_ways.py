"""What a way tells: loops, how they were answered, how it ended."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from kept.journeys.activities import NAMES, step
from kept.journeys.ways import AGAIN, MOVED, NOT_YET, THERE, steps_of, trace_of, variant_of, way_of
from kept.timeline.happenings import Happened

STEPS = some.lists(some.sampled_from(sorted(NAMES)), max_size=30)


def test_a_word_that_was_answered_on_the_same_medium_went_well():
    way = way_of(["wrote/form", "acknowledged", "answered", "ended/white"])
    assert (way.began_by, way.went, way.outcome, way.words, way.answers) == ("form", THERE, "white", 1, 1)
    assert (way.asked_twice, way.switched, way.told_again) == (0, 0, 0)


def test_whoever_writes_again_before_an_answer_asked_twice():
    assert way_of(["wrote/form", "acknowledged", "wrote/form"]).went == AGAIN
    assert way_of(["wrote/form", "sign_of_life", "wrote/form"]).asked_twice == 1, "a sign of life is no answer"
    assert way_of(["wrote/form", "answered", "wrote/form"]).asked_twice == 0
    assert way_of(["wrote/form", "put_to_rest", "wrote/form"]).asked_twice == 0, "it needed no answer"


def test_an_answer_that_was_taken_back_is_none():
    way = way_of(["wrote/form", "answered", "taken_back", "wrote/form"])
    assert (way.asked_twice, way.answers) == (1, 0)
    assert way_of(["wrote/form", "answered", "taken_back"]).went == NOT_YET


def test_another_medium_is_a_switch_each_time():
    way = way_of(["wrote/form", "answered", "wrote/phone", "answered", "wrote/phone", "answered", "wrote/email", "answered"])
    assert (way.switched, way.went, way.began_by) == (2, MOVED, "form")


def test_whoever_speaks_to_somebody_new_tells_it_again():
    assert way_of(["wrote/form", "handed_on", "answered", "wrote/form", "wrote/form"]).told_again == 1


def test_what_goes_on_has_not_ended():
    assert way_of(["wrote/form", "ended/black", "wrote/form", "reopened"]).outcome == ""


def test_who_is_given_a_matter_before_the_first_word_did_not_take_it_over():
    assert step(Happened.ASSIGNED, {}, has_begun=False) == ""
    assert step(Happened.ASSIGNED, {}, has_begun=True) == "handed_on"
    assert step(Happened.NOTED, {}, has_begun=True) == "", "what only we see is no step"


def test_a_word_whose_facts_were_erased_is_still_a_word():
    assert step(Happened.RECEIVED, {}, has_begun=False) == "wrote"


def test_only_rungs_from_the_hour_on_are_steps():
    levels = {level: step(Happened.CLIMBED, {"level": level}, has_begun=True) for level in (80, 100, 200, 201)}
    assert levels == {80: "", 100: "hour_gone", 200: "hour_gone", 201: ""}


@given(STEPS)
def test_a_way_is_read_back_from_its_line(steps):
    assert steps_of(trace_of(steps)) == steps


@given(STEPS, STEPS)
def test_only_the_same_way_is_the_same_variant(one, other):
    assert (variant_of(trace_of(one)) == variant_of(trace_of(other))) == (one == other)


@given(STEPS)
def test_no_loop_without_a_second_word(steps):
    way = way_of(steps)
    assert max(way.asked_twice, way.switched, way.told_again) <= max(0, way.words - (not way.told_again))
