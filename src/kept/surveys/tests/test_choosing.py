"""A quota is spread over touchpoints as evenly as those who wait allow."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kept.surveys.choosing import spread

COUNTER, DELIVERY, BILL = 1, 2, 3
counts = st.dictionaries(st.sampled_from([None, COUNTER, DELIVERY, BILL]), st.integers(0, 20))


def test_each_touchpoint_has_its_third():
    assert spread(9, waiting={COUNTER: 50, DELIVERY: 7, BILL: 3}, asked={}) == {COUNTER: 3, DELIVERY: 3, BILL: 3}


def test_who_has_too_few_in_line_leaves_the_rest_to_the_others():
    assert spread(9, waiting={COUNTER: 50, DELIVERY: 1}, asked={}) == {COUNTER: 8, DELIVERY: 1}


def test_whoever_was_asked_more_this_week_comes_after_the_others():
    assert spread(4, waiting={COUNTER: 50, DELIVERY: 50}, asked={COUNTER: 3}) == {COUNTER: 1, DELIVERY: 3}
    assert spread(2, waiting={COUNTER: 50, DELIVERY: 50}, asked={COUNTER: 3}) == {DELIVERY: 2}


@given(st.integers(0, 60), counts, counts)
def test_all_that_may_go_do_and_nobody_goes_who_does_not_wait(most, waiting, asked):
    parts = spread(most, waiting=waiting, asked=asked)
    assert sum(parts.values()) == min(most, sum(waiting.values()))
    assert all(0 < part <= waiting[kind] for kind, part in parts.items())


@given(st.integers(1, 60), counts, counts)
def test_nobody_goes_before_a_touchpoint_that_was_asked_less_and_still_waits(most, waiting, asked):
    parts = spread(most, waiting=waiting, asked=asked)
    had = {kind: asked.get(kind, 0) + parts.get(kind, 0) for kind in waiting}
    still = [had[kind] for kind, count in waiting.items() if parts.get(kind, 0) < count]
    assert all(had[kind] <= min(still) + 1 for kind in parts) if still else True
