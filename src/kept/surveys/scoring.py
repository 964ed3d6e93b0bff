"""What a histogram {score: people} says, and how surely: pure. Histograms are added, scores never are: no mean of a mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Final, Literal

from kept.surveys.measures import scale_of

Histogram = Mapping[int, int]
Tone = Literal["lo", "mi", "hi"]

CERTAINTY: Final = 0.95
FEWEST: Final = 30
"""Below it a score is shown as people only (R11)."""
_LOW: Final = {"nps": 6, "csat": 2, "ces": 3, "own": 2}
_HIGH: Final = {"nps": 9, "csat": 4, "ces": 5, "own": 4}
_MORE_NPS: Final = {"hi": 0.75, "lo": 0.75, "mi": 1.5}
_MORE_SHARE: Final = {"hi": 1.0, "lo": 1.0}
_Z: Final = NormalDist().inv_cdf((1 + CERTAINTY) / 2)


@dataclass(frozen=True, slots=True)
class Estimate:
    """The mean of single answers (+1 high, 0, for NPS alone -1 low), the variance of one of them, and how many they count as."""

    mean: float
    variance: float
    n: float


@dataclass(frozen=True, slots=True)
class Score:
    """What `n` people said: NPS in points (-100 to 100), the others in percent; the interval holds the truth 95 times of 100."""

    value: float
    n: int
    low: float
    high: float

    @property
    def is_shown(self) -> bool:
        """Enough people stand behind it."""
        return self.n >= FEWEST


def score_of(measure: str, histogram: Histogram) -> Score | None:
    """The score of these people; None where nobody answered."""
    n = people_in(histogram)
    if not n:
        return None
    if measure == "nps":
        low, high = _adjusted_wald(adjusted(measure, histogram))
        return Score(100 * _estimate(measure, histogram, more={}).mean, n, 100 * low, 100 * high)
    return share_of(by_tone(measure, histogram)["hi"], n)


def share_of(part: int, n: int) -> Score | None:
    """So many of these people; None where there is nobody."""
    if not n:
        return None
    low, high = wilson(part, n)
    return Score(100 * part / n, n, 100 * low, 100 * high)


def add(histograms: Iterable[Histogram]) -> dict[int, int]:
    """All these people together."""
    total: Counter[int] = Counter()
    for histogram in histograms:
        total.update(histogram)
    return dict(sorted(total.items()))


def people_in(histogram: Histogram) -> int:
    """How many answered."""
    return sum(histogram.values())


def tone_of(measure: str, score: int) -> Tone:
    """Detractor, passive or promoter; the lower, middle or upper steps of the other scales."""
    if score <= _LOW[measure]:
        return "lo"
    return "hi" if score >= _HIGH[measure] else "mi"


def by_tone(measure: str, histogram: Histogram) -> dict[Tone, int]:
    """How many stand low, in the middle, high."""
    found: dict[Tone, int] = {"lo": 0, "mi": 0, "hi": 0}
    for score, people in histogram.items():
        found[tone_of(measure, score)] += people
    return found


def whole(measure: str, histogram: Histogram) -> dict[int, int]:
    """The histogram with every number of the scale in it, in order."""
    return {score: histogram.get(score, 0) for score in scale_of(measure).scores}


def adjusted(measure: str, histogram: Histogram) -> Estimate:
    """As if a few more had answered and nothing were known of them: that keeps small and one-sided groups honest.

    For NPS three: 3/4 high, 3/4 low, 3/2 between (Rocks, Interval Estimation for the Net Promoter Score, The American
    Statistician 70:365, 2016), with the variance of the multinomial. For a share two, one of them high (Agresti and Caffo,
    Simple and Effective Confidence Intervals for Proportions, The American Statistician 54:280, 2000).
    """
    return _estimate(measure, histogram, more=_MORE_NPS if measure == "nps" else _MORE_SHARE)


def _estimate(measure: str, histogram: Histogram, *, more: Mapping[str, float]) -> Estimate:
    stands, n = by_tone(measure, histogram), people_in(histogram) + sum(more.values())
    high = (stands["hi"] + more.get("hi", 0)) / n
    low = (stands["lo"] + more.get("lo", 0)) / n if measure == "nps" else 0.0
    return Estimate(mean=high - low, variance=high + low - (high - low) ** 2, n=n)


def _adjusted_wald(known: Estimate) -> tuple[float, float]:
    reach = _Z * sqrt(known.variance / known.n)
    return max(-1.0, known.mean - reach), min(1.0, known.mean + reach)


def wilson(happy: int, n: int) -> tuple[float, float]:
    """The interval of a share (Wilson, Probable Inference, JASA 22:209, 1927); right also for few people and near 0 and 1."""
    share, z2 = happy / n, _Z * _Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    reach = _Z / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, middle - reach), min(1.0, middle + reach)
