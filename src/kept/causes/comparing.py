"""Fewer than before, or is that chance? A plain sum over two counts; it proposes, a person decides (R12)."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, lgamma, log

A_HANDFUL = 5
"""Below so many in both spans together nothing can be told apart from chance."""
UNLIKELY = 0.05
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Compared:
    """How many came before and after, over how many weeks each, and what that looks like: held, back, unsure or too_few."""

    before: int
    after: int
    weeks_before: int
    weeks_after: int
    looks: str
    chance: float
    """How likely so few, or fewer, would have come after it had nothing changed."""


def compare(before: int, after: int, *, weeks_before: int, weeks_after: int) -> Compared:
    """Held: so few would hardly come by chance. Back: more than half as many a week as before, and not shown to be fewer."""
    total = before + after
    share = weeks_after / (weeks_before + weeks_after) if weeks_before + weeks_after else 0.0
    chance = at_most(after, of=total, share=share)
    if total < A_HANDFUL or not weeks_after or not weeks_before:
        looks = "too_few"
    elif chance < UNLIKELY:
        looks = "held"
    elif after * weeks_before > HALF * before * weeks_after:
        looks = "back"
    else:
        looks = "unsure"
    return Compared(before, after, weeks_before, weeks_after, looks, chance)


def at_most(count: int, *, of: int, share: float) -> float:
    """The chance that at most `count` out of `of` fall into a span that makes up `share` of the time (binomial, exact).

    Two Poisson counts with one rate are, given their sum, binomial: that is what makes this sum enough.
    """
    if count >= of or share <= 0:
        return 1.0
    if share >= 1:
        return 0.0
    return min(1.0, sum(exp(_log_chance(k, of, share)) for k in range(count + 1)))


def _log_chance(k: int, of: int, share: float) -> float:
    """Of exactly `k`; as a logarithm, since the factors of a long year fit into no float."""
    return lgamma(of + 1) - lgamma(k + 1) - lgamma(of - k + 1) + k * log(share) + (of - k) * log(1 - share)
