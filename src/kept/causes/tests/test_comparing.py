"""The sum that proposes: it agrees with an independent calculation, and below a handful it says nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from kept.causes.comparing import A_HANDFUL, at_most, compare

counts = st.integers(0, 400)
weeks = st.integers(1, 12)


@given(after=counts, before=counts, weeks_before=weeks, weeks_after=weeks)
def test_the_chance_is_that_of_an_exact_binomial_test(after, before, weeks_before, weeks_after):
    found = compare(before, after, weeks_before=weeks_before, weeks_after=weeks_after)
    if before + after:
        share = weeks_after / (weeks_before + weeks_after)
        expected = binomtest(after, before + after, share, alternative="less").pvalue
        assert found.chance == pytest.approx(expected, abs=1e-9)


@given(before=counts, after=counts, weeks_before=st.integers(0, 12), weeks_after=st.integers(0, 12))
def test_below_a_handful_or_without_a_whole_week_nothing_is_said(before, after, weeks_before, weeks_after):
    found = compare(before, after, weeks_before=weeks_before, weeks_after=weeks_after)
    too_few = before + after < A_HANDFUL or not weeks_before or not weeks_after
    assert (found.looks == "too_few") == too_few


@given(before=counts, weeks_both=weeks, after=counts)
def test_one_more_afterwards_never_looks_better(before, weeks_both, after):
    order = ["too_few", "held", "unsure", "back"]
    fewer = compare(before + A_HANDFUL, after, weeks_before=weeks_both, weeks_after=weeks_both)
    more = compare(before + A_HANDFUL, after + 1, weeks_before=weeks_both, weeks_after=weeks_both)
    assert order.index(fewer.looks) <= order.index(more.looks)
    assert fewer.chance <= more.chance + 1e-12


@pytest.mark.parametrize(
    ("before", "after", "looks"),
    [(8, 0, "held"), (8, 1, "held"), (5, 0, "held"), (8, 8, "back"), (8, 5, "back"), (6, 2, "unsure"), (3, 1, "too_few")],
)
def test_six_weeks_before_and_six_weeks_after(before, after, looks):
    assert compare(before, after, weeks_before=6, weeks_after=6).looks == looks


def test_ten_thousand_are_no_trouble():
    assert at_most(5000, of=10_000, share=0.5) == pytest.approx(0.504, abs=0.001)
    assert at_most(3, of=2, share=0.5) == 1.0
    assert (at_most(0, of=9, share=0.0), at_most(0, of=9, share=1.0)) == (1.0, 0.0)
