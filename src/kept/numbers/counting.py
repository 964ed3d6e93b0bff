"""From the people to their figure: what it is, how sure, and whether it differs from the time before. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil, floor, sqrt
from typing import Final

from kept.numbers.members import Member
from kept.surveys.comparing import Verdict, compare
from kept.surveys.scoring import FEWEST, score_of, share_of

Z: Final = 1.959963984540054
"""95 times of 100 the truth lies within."""


class Form(StrEnum):
    """How people become a figure."""

    SCORE = "score"
    SHARE = "share"
    MIDDLE = "middle"
    """The amount that half of them stay below."""
    LONGEST = "longest"
    COUNT = "count"
    SUM = "sum"
    """Their amounts together."""


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` None: too few for one, they are people only. `high_end`: nine of ten stay below it."""

    form: Form
    n: int
    value: float | None
    low: float | None = None
    high: float | None = None
    high_end: float | None = None
    before: float | None = None
    n_before: int = 0
    verdict: Verdict | None = None
    parts: Counter[str] = field(default_factory=Counter)

    @property
    def differs(self) -> bool:
        """It can be told apart from the time before."""
        return self.verdict in (Verdict.ABOVE, Verdict.BELOW)


def figure_of_scores(measure: str, now: Counter[str], before: Counter[str]) -> Figure:
    """The score of so many who gave each number, beside the time before."""
    ours, theirs = (Counter({int(part): people for part, people in some.items() if people}) for some in (now, before))
    return _share(Form.SCORE, ours, theirs, Counter({part: people for part, people in now.items() if people}), measure)


def figure_of(form: Form, now: Sequence[Member], before: Sequence[Member], *, good: Sequence[str] = ()) -> Figure:
    """The figure of these people beside those of the time before."""
    parts = Counter(one.part for one in now)
    if form == Form.SHARE:
        ours, theirs = (Counter(5 if one.part in good else 1 for one in some) for some in (now, before))
        return _share(form, ours, theirs, parts, "csat")
    if form in (Form.MIDDLE, Form.LONGEST):
        return _middle(form, _amounts(now), _amounts(before), parts)
    if form == Form.COUNT:
        return _count(now, before, parts)
    value, earlier = sum(_amounts(now)), sum(_amounts(before))
    return Figure(form, len(now), value, before=earlier if before else None, n_before=len(before), parts=parts)


def _share(form: Form, ours: Counter[int], theirs: Counter[int], parts: Counter[str], measure: str) -> Figure:
    n, n_before = ours.total(), theirs.total()
    found = score_of(measure, ours) if form == Form.SCORE else share_of(ours.get(5, 0), n)
    earlier = score_of(measure, theirs) if form == Form.SCORE else share_of(theirs.get(5, 0), n_before)
    if found is None or not found.is_shown:
        return Figure(form, n, None, n_before=n_before, parts=parts)
    return Figure(
        form,
        n,
        found.value,
        found.low,
        found.high,
        before=earlier.value if earlier is not None and earlier.is_shown else None,
        n_before=n_before,
        verdict=compare(measure, ours, theirs),
        parts=parts,
    )


def _middle(form: Form, now: list[float], before: list[float], parts: Counter[str]) -> Figure:
    if form == Form.LONGEST:
        value, earlier = (max(some, default=None) for some in (now, before))
        return Figure(form, len(now), value, high_end=quantile(now, 0.9), before=earlier, n_before=len(before), parts=parts)
    if len(now) < FEWEST:
        return Figure(form, len(now), None, n_before=len(before), parts=parts)
    low, high = around_the_middle(now)
    verdict, earlier = Verdict.TOO_FEW, None
    if len(before) >= FEWEST:
        earlier = quantile(before, 0.5)
        below, above = around_the_middle(before)
        verdict = Verdict.ABOVE if low > above else Verdict.BELOW if high < below else Verdict.CHANCE
    return Figure(
        form, len(now), quantile(now, 0.5), low, high, quantile(now, 0.9), earlier, len(before), verdict=verdict, parts=parts
    )


def quantile(amounts: Sequence[float], share: float) -> float | None:
    """The smallest amount that so large a share of them does not exceed: always somebody's own, never one between two people."""
    ordered = sorted(amounts)
    return ordered[max(ceil(share * len(ordered)), 1) - 1] if ordered else None


def around_the_middle(amounts: Sequence[float]) -> tuple[float, float]:
    """Between which two of them the middle of everybody lies, 95 times of 100, however the amounts are spread.

    The ranks of a binomial with one half (Conover, Practical Nonparametric Statistics, 1999, 3.2), in the normal approximation.
    """
    ordered, n = sorted(amounts), len(amounts)
    reach = Z * sqrt(n) / 2
    return ordered[max(floor(n / 2 - reach), 1) - 1], ordered[min(ceil(n / 2 + reach) + 1, n) - 1]


def _count(now: Sequence[Member], before: Sequence[Member], parts: Counter[str]) -> Figure:
    ours, theirs = len(now), len(before)
    verdict = Verdict.TOO_FEW
    if ours + theirs >= FEWEST:
        # Two counts of equally long times: were nothing changed, each event had fallen into either with one half.
        far = abs(ours - theirs) > Z * sqrt(ours + theirs)
        verdict = (Verdict.ABOVE if ours > theirs else Verdict.BELOW) if far else Verdict.CHANCE
    return Figure(Form.COUNT, ours, float(ours), before=float(theirs), n_before=theirs, verdict=verdict, parts=parts)


def _amounts(members: Sequence[Member]) -> list[float]:
    return [one.amount for one in members if one.amount is not None]
