"""Figures are sums anybody can check: property tests of what is said of many people at once."""

from __future__ import annotations

from datetime import UTC, datetime
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.numbers.counting import Form, around_the_middle, figure_of, quantile
from kept.numbers.members import Kind, Member
from kept.numbers.moving_together import together
from kept.surveys.comparing import Verdict

AT = datetime(2026, 6, 1, tzinfo=UTC)
AMOUNTS = st.lists(st.floats(0, 1e6), min_size=1, max_size=200)


def people(parts, amount=None):
    return [Member(Kind.CASE, number, AT, part, number, amount) for number, part in enumerate(parts)]


@given(AMOUNTS)
def test_the_middle_is_somebodys_own_wait(amounts):
    assert quantile(amounts, 0.5) == median_low(amounts)
    assert sum(one <= quantile(amounts, 0.9) for one in amounts) >= 0.9 * len(amounts)


@given(st.lists(st.floats(0, 1e6), min_size=30, max_size=300))
def test_the_middle_lies_within_what_is_said_of_it(amounts):
    low, high = around_the_middle(amounts)
    assert low <= quantile(amounts, 0.5) <= high


@given(st.lists(st.sampled_from(["white", "black", "no_word"]), min_size=1, max_size=100))
def test_the_parts_of_a_share_are_all_its_people(parts):
    figure = figure_of(Form.SHARE, people(parts), [], good=("white",))
    assert sum(figure.parts.values()) == figure.n == len(parts)
    assert (figure.value is None) == (len(parts) < 30)
    if figure.value is not None:
        assert figure.low <= figure.value <= figure.high
        assert round(figure.value, 6) == round(100 * parts.count("white") / len(parts), 6)


@pytest.mark.parametrize(
    ("now", "before", "verdict"),
    [(40, 40, Verdict.CHANCE), (60, 20, Verdict.ABOVE), (20, 60, Verdict.BELOW), (9, 2, Verdict.TOO_FEW)],
)
def test_a_count_differs_only_where_chance_would_hardly_part_it(now, before, verdict):
    assert figure_of(Form.COUNT, people(["x"] * now), people(["x"] * before)).verdict == verdict


def test_a_share_of_as_many_as_before_is_no_difference():
    some = people(["white"] * 30 + ["black"] * 30)
    figure = figure_of(Form.SHARE, some, some, good=("white",))
    assert figure.verdict == Verdict.CHANCE and not figure.differs and figure.before == figure.value == 50


def test_two_middles_differ_where_their_ranges_lie_apart():
    fast, slow = ([Member(Kind.CASE, n, AT, "answered", n, base + n) for n in range(50)] for base in (0, 1000))
    assert figure_of(Form.MIDDLE, slow, fast).verdict == Verdict.ABOVE
    assert figure_of(Form.MIDDLE, fast, slow).verdict == Verdict.BELOW
    assert figure_of(Form.MIDDLE, fast, fast).verdict == Verdict.CHANCE
    assert figure_of(Form.MIDDLE, fast[:29], slow).value is None


def test_what_moved_together_is_said_with_how_sure_it_is():
    found = together([True] * 90 + [False] * 10, [True] * 30 + [False] * 30)
    assert found.differs and found.low < found.difference == 40 < found.high
    assert not together([True] * 50, [True] * 29).can_be_said
    same = together([True] * 20 + [False] * 20, [True] * 20 + [False] * 20)
    assert same.can_be_said and not same.differs
