"""Which ways several people took alike, and at which step the bad endings begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Avg, Count, Q, QuerySet

from kept.cases.models import Outcome
from kept.journeys.activities import ENDED
from kept.journeys.models import Walked
from kept.journeys.ways import steps_of

SHOWN, MOST, ENOUGH = 12, 2_000, 3
"""Variants on the page; those looked through for where black begins; people from which on a step is named there."""
TRIVIAL: Final = frozenset({"acknowledged", "answered", "asked_if_solved", "reminded"})
"""Steps of nearly every way: whoever lacks one of them is no measure for the others."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way, how many took it, how long it took them, and how it ended for how many."""

    key: str
    steps: list[str]
    count: int
    seconds: float
    white: int
    black: int
    no_word: int

    @property
    def is_open(self) -> int:
        """For so many it has not ended."""
        return self.count - self.white - self.black - self.no_word


def variants_of(ways: QuerySet[Walked]) -> list[Variant]:
    """The most common ones."""
    ended = {end: Count("pk", filter=Q(outcome=end)) for end in (Outcome.WHITE.value, Outcome.BLACK.value, Outcome.NO_WORD.value)}
    counted = ways.values("variant", "trace").annotate(count=Count("pk"), took=Avg("seconds"), **ended)
    rows: Iterable[dict[str, Any]] = counted.order_by("-count", "variant")[:SHOWN]  # type: ignore[assignment]
    return [
        Variant(
            row["variant"], steps_of(row["trace"]), row["count"], row["took"] or 0, row["white"], row["black"], row["no_word"]
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Beginning:
    """Of those whose way had this step, so many ended badly; and of those whose way had not."""

    step: str
    black: int
    ended: int
    black_without: int
    ended_without: int

    @property
    def lift(self) -> float:
        """How much more often it ended badly with it than without."""
        without = self.black_without / self.ended_without if self.ended_without else 0.0
        return self.black / self.ended - without


def where_black_begins(ways: QuerySet[Walked]) -> list[Beginning]:
    """The steps after which it ended badly more often than otherwise, the worst first; compared among what has ended with a
    verdict, white or black. A step that fewer than three people had says nothing yet."""
    judged = ways.filter(outcome__in=(Outcome.WHITE, Outcome.BLACK))
    rows = judged.values_list("trace", "outcome").annotate(n=Count("pk")).order_by("-n", "trace")[:MOST]
    return beginnings([(steps_of(trace), outcome == Outcome.BLACK, n) for trace, outcome, n in rows])


def beginnings(rows: list[tuple[list[str], bool, int]]) -> list[Beginning]:
    """From (steps, ended badly, how many)."""
    black: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    for steps, is_black, n in rows:
        for step in set(steps):
            if step not in TRIVIAL and step.partition("/")[0] != ENDED:
                ended[step] += n
                black[step] += n * is_black
    all_black, all_ended = sum(n for _s, is_black, n in rows if is_black), sum(n for *_s, n in rows)
    found = [Beginning(one, black[one], n, all_black - black[one], all_ended - n) for one, n in ended.items() if n >= ENOUGH]
    worse = [one for one in found if one.black and one.lift > 0 and one.ended_without]
    return sorted(worse, key=lambda one: (-one.lift, one.step))[:6]
