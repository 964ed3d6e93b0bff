"""Scores and their intervals, beside independent calculations from the raw answers (numpy, scipy)."""

from __future__ import annotations

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy import stats

from kept.surveys.measures import scale_of
from kept.surveys.scoring import add, by_tone, people_in, score_of, tone_of, whole

MEASURES = ("nps", "csat", "ces", "own")
HIGH = {"csat": (4, 5), "ces": (5, 6, 7), "own": (4, 5)}
SPRING = {0: 4, 1: 2, 2: 5, 3: 6, 4: 5, 5: 7, 6: 8, 7: 22, 8: 35, 9: 46, 10: 72}


def samples(measure: str, number: int = 1_000) -> list[np.ndarray]:
    """Raw answers, single numbers one after the other: small and large groups, lopsided and even ones."""
    chance, scale = np.random.default_rng(20260601), scale_of(measure)
    steps = np.arange(scale.lowest, scale.highest + 1)
    found = []
    for turn in range(number):
        leaning = chance.dirichlet(np.full(len(steps), [0.1, 0.5, 1.0, 5.0][turn % 4]))
        found.append(chance.choice(steps, size=int(chance.integers(1, 400)), p=leaning))
    return found


def counted(answers: np.ndarray) -> dict[int, int]:
    scores, people = np.unique(answers, return_counts=True)
    return {int(score): int(n) for score, n in zip(scores, people, strict=True)}


def test_spring_at_marlow_as_the_design_has_it():
    score = score_of("nps", SPRING)
    assert score is not None
    assert by_tone("nps", SPRING) == {"lo": 37, "mi": 57, "hi": 118}
    assert (round(score.value), score.n) == (38, 212)
    assert (round(score.low), round(score.high)) == (27, 48)


def test_nps_and_its_interval_agree_with_numpy_and_scipy_on_a_thousand_samples():
    for answers in samples("nps"):
        score = score_of("nps", counted(answers))
        stands = np.where(answers >= 9, 1.0, np.where(answers <= 6, -1.0, 0.0))
        assert astuple(score) == pytest.approx((100 * stands.mean(), len(answers), *_rocks(stands)), abs=1e-9)


def _rocks(stands: np.ndarray) -> tuple[float, float]:
    """Three answers that nobody gave stand beside the raw ones, each with its weight."""
    everybody = np.append(stands, [1.0, -1.0, 0.0])
    weights = np.append(np.ones(len(stands)), [0.75, 0.75, 1.5])
    mean = np.average(everybody, weights=weights)
    error = np.sqrt(np.average((everybody - mean) ** 2, weights=weights) / weights.sum())
    low, high = stats.norm.interval(0.95, loc=mean, scale=error) if error else (mean, mean)
    return 100 * max(low, -1), 100 * min(high, 1)


@pytest.mark.parametrize("measure", HIGH)
def test_the_other_scores_and_their_intervals_agree_with_scipy_on_a_thousand_samples(measure):
    for answers in samples(measure):
        score, happy = score_of(measure, counted(answers)), int(np.isin(answers, HIGH[measure]).sum())
        share = stats.binomtest(happy, len(answers)).proportion_ci(confidence_level=0.95, method="wilson")
        expected = (100 * happy / len(answers), len(answers), 100 * share.low, 100 * share.high)
        assert astuple(score) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("truth", [(0.5, 0.3, 0.2), (0.9, 0.08, 0.02), (0.02, 0.03, 0.95), (0.34, 0.33, 0.33)])
@pytest.mark.parametrize("people", [30, 100, 400])
def test_the_interval_of_an_nps_holds_the_truth_nineteen_times_of_twenty(truth, people):
    chance, held = np.random.default_rng(7), 0
    for promoters, passives, detractors in chance.multinomial(people, truth, size=2_000):
        score = score_of("nps", {10: int(promoters), 8: int(passives), 3: int(detractors)})
        held += score.low <= 100 * (truth[0] - truth[2]) <= score.high
    assert 0.93 <= held / 2_000 <= 0.985


def test_nobody_is_no_score():
    assert score_of("nps", {}) is None
    assert score_of("ces", {3: 0}) is None


def test_twenty_nine_people_are_people_and_thirty_are_a_score():
    few, enough = score_of("nps", {9: 29}), score_of("nps", {9: 30})
    assert few is not None and enough is not None
    assert not few.is_shown and enough.is_shown


def test_everybody_content_is_not_certainty():
    score = score_of("csat", {5: 30})
    assert score is not None
    assert score.value == 100 and score.high == 100 and score.low < 90


def test_a_mean_of_two_weeks_is_not_what_we_say():
    quiet, busy = {10: 1}, {0: 99}
    both = score_of("nps", add([quiet, busy]))
    assert both is not None
    assert both.value == pytest.approx(-98)  # the mean of the weeks would be 0


def test_where_each_number_stands():
    tones = {measure: "".join(tone_of(measure, score)[0] for score in scale_of(measure).scores) for measure in MEASURES}
    assert tones == {"nps": "lllllllmmhh", "csat": "llmhh", "ces": "lllmhhh", "own": "llmhh"}


def test_a_number_nobody_gave_is_shown_as_nobody():
    assert whole("csat", {5: 3}) == {1: 0, 2: 0, 3: 0, 4: 0, 5: 3}


histograms = some.dictionaries(some.integers(0, 10), some.integers(0, 500))


@given(histograms)
def test_the_score_lies_in_its_interval_and_on_its_scale(histogram):
    score = score_of("nps", histogram)
    if score is not None:
        assert -100 <= score.low <= score.high <= 100
        assert -100 <= score.value <= 100
        assert score.n == people_in(histogram)


@given(some.dictionaries(some.integers(1, 5), some.integers(0, 500)))
def test_a_share_lies_in_its_interval(histogram):
    score = score_of("csat", histogram)
    if score is not None:
        assert 0 <= score.low <= score.value + 1e-9 and score.value - 1e-9 <= score.high <= 100


@given(some.lists(histograms, max_size=6))
def test_adding_loses_nobody(them):
    assert people_in(add(them)) == sum(people_in(one) for one in them)


@given(some.integers(30, 5_000))
def test_more_people_are_never_less_sure(people):
    one, ten = score_of("nps", {10: people, 5: people}), score_of("nps", {10: 10 * people, 5: 10 * people})
    assert one is not None and ten is not None
    assert ten.high - ten.low < one.high - one.low
