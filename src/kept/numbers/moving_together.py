"""Do those whose matter ended happy stay oftener, and spend no less? With how sure it is, or "too few to say". Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import sqrt
from statistics import fmean

from kept.numbers.counting import Z
from kept.numbers.facts import Facts
from kept.numbers.worth import usual_currency
from kept.surveys.comparing import Verdict, compare
from kept.surveys.scoring import FEWEST


@dataclass(frozen=True, slots=True)
class Together:
    """Shares in percent of two groups that stayed, or spent no less; `low` and `high` hold their difference 95 times of 100."""

    happy: int
    unhappy: int
    stayed_happy: int
    stayed_unhappy: int
    verdict: Verdict
    difference: float = 0.0
    low: float = 0.0
    high: float = 0.0

    @property
    def can_be_said(self) -> bool:
        """Enough people stand in both groups."""
        return self.verdict != Verdict.TOO_FEW

    @property
    def differs(self) -> bool:
        """More than chance would part them. It moved together; that one made the other it does not say."""
        return self.verdict in (Verdict.ABOVE, Verdict.BELOW)


def ending_and_staying(facts: Facts) -> Together | None:
    """Customers whose last matter of the time before ended happy, beside those where it did not: who is still with us in the
    newest month. None where no months were imported."""
    within = [one for one in facts.months if one.month_on >= facts.lens.begins.date().replace(day=1)]
    if not within:
        return None
    newest = max(one.month_on for one in within)
    with_us = {one.customer: one.is_active for one in within if one.month_on == newest}
    groups: dict[str, list[bool]] = {"white": [], "black": []}
    for customer, outcome in _endings_before(facts).items():
        if outcome in groups and customer in with_us:
            groups[outcome].append(with_us[customer])
    return together(groups["white"], groups["black"])


def ending_and_spending(facts: Facts) -> Together | None:
    """The same customers: who was worth at least as much a month since as in the months before, in the usual currency.

    Whoever has months in both times is known; None where nothing was imported of either.
    """
    begins, usual = facts.lens.begins.date().replace(day=1), usual_currency(facts)
    spent: dict[tuple[int, bool], list[float]] = defaultdict(list)
    for one in facts.months:
        if one.value is not None and one.currency == usual:
            spent[one.customer, one.month_on >= begins].append(float(one.value))
    both = {customer for customer, is_since in spent if is_since and (customer, False) in spent}
    if not both:
        return None
    groups: dict[str, list[bool]] = {"white": [], "black": []}
    for customer, outcome in _endings_before(facts).items():
        if outcome in groups and customer in both:
            groups[outcome].append(fmean(spent[customer, True]) >= fmean(spent[customer, False]))
    return together(groups["white"], groups["black"])


def _endings_before(facts: Facts) -> dict[int, str]:
    earlier = [case for case in facts.ended if case.ended_at is not None and case.ended_at < facts.lens.begins]
    return {case.customer: case.outcome for case in sorted(earlier, key=lambda one: (one.ended_at or facts.lens.before, one.key))}


def together(happy: list[bool], unhappy: list[bool]) -> Together:
    """The two shares and their difference; the interval by Agresti and Caffo, who add one of each to both groups."""
    ours, theirs = sum(happy), sum(unhappy)
    known = (len(happy), len(unhappy), ours, theirs)
    if min(len(happy), len(unhappy)) < FEWEST:
        return Together(*known, Verdict.TOO_FEW)
    verdict = compare("csat", {5: ours, 1: len(happy) - ours}, {5: theirs, 1: len(unhappy) - theirs})
    one, two = (ours + 1) / (len(happy) + 2), (theirs + 1) / (len(unhappy) + 2)
    reach = Z * sqrt(one * (1 - one) / (len(happy) + 2) + two * (1 - two) / (len(unhappy) + 2))
    difference = 100 * (ours / len(happy) - theirs / len(unhappy))
    low, high = 100 * (one - two - reach), 100 * (one - two + reach)
    return Together(*known, verdict, difference, max(low, -100.0), min(high, 100.0))
