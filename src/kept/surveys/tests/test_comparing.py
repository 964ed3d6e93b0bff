"""We say that two groups differ only when chance would hardly part them so far."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy import stats

from kept.surveys.comparing import Verdict, compare, compare_each, judge, pair_of

GOOD, POOR = {10: 80, 8: 10, 3: 10}, {10: 20, 8: 20, 3: 60}


def test_the_kitchen_is_told_apart_from_the_counter():
    assert compare("nps", GOOD, POOR) == Verdict.ABOVE
    assert compare("nps", POOR, GOOD) == Verdict.BELOW


def test_two_points_more_are_no_difference():
    assert compare("csat", {5: 52, 1: 48}, {5: 50, 1: 50}) == Verdict.CHANCE


def test_too_few_are_compared_with_nobody():
    assert compare("nps", {10: 29}, POOR) == Verdict.TOO_FEW
    assert compare("nps", POOR, {10: 29}) == Verdict.TOO_FEW


def test_a_group_is_held_beside_the_others_and_not_beside_a_whole_with_itself_in_it():
    verdicts = compare_each("nps", {"delivery": POOR, "counter": GOOD, "bill": {10: 3}})
    assert verdicts == {"delivery": Verdict.BELOW, "counter": Verdict.ABOVE, "bill": Verdict.TOO_FEW}


def test_a_group_alone_has_nobody_to_be_compared_with():
    assert compare_each("nps", {"delivery": GOOD}) == {"delivery": Verdict.TOO_FEW}


def test_one_comparison_agrees_with_scipy_on_large_groups():
    # Without the two answers more (which weigh nothing here) this is the unpooled z test; scipy's Welch test comes to the same.
    ours, others = {5: 5_210, 1: 4_790}, {5: 5_050, 1: 4_950}
    found = pair_of("csat", ours, others).chance
    raw = [np.repeat([1.0, 0.0], [group[5], group[1]]) for group in (ours, others)]
    assert found == pytest.approx(stats.ttest_ind(*raw, equal_var=False).pvalue, abs=1e-4)


@pytest.mark.parametrize("measure", ["nps", "csat"])
def test_where_nothing_differs_twelve_groups_cry_wolf_once_in_twenty_pages(measure):
    chance, pages, wolves = np.random.default_rng(11), 600, 0
    steps, truth = ([3, 8, 10], [0.25, 0.25, 0.5]) if measure == "nps" else ([2, 3, 5], [0.2, 0.2, 0.6])
    for _page in range(pages):
        groups = {
            name: dict(zip(steps, map(int, chance.multinomial(int(chance.integers(30, 300)), truth)), strict=True))
            for name in range(12)
        }
        wolves += bool({Verdict.ABOVE, Verdict.BELOW} & set(compare_each(measure, groups).values()))
    assert wolves / pages <= 0.07  # 0.05, and what 600 pages may stray from it


def test_twelve_comparisons_need_more_than_one_does():
    ours, others = {10: 60, 8: 20, 3: 20}, {10: 48, 8: 20, 3: 32}
    assert compare("nps", ours, others) == Verdict.ABOVE
    alike = pair_of("nps", GOOD, GOOD)
    assert judge([pair_of("nps", ours, others), *[alike] * 11])[0] == Verdict.CHANCE


histograms = some.fixed_dictionaries({score: some.integers(0, 300) for score in (1, 3, 5)})


@given(histograms, histograms)
def test_whoever_is_above_has_the_others_below(ours, others):
    mirrored = {Verdict.ABOVE: Verdict.BELOW, Verdict.BELOW: Verdict.ABOVE}
    there, back = compare("csat", ours, others), compare("csat", others, ours)
    assert back == mirrored.get(there, there)
