"""What one number is: its name, its exact definition, its one population, and the people behind it from that population."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from django.utils.functional import Promise as Lazy

from kept.numbers.counting import Figure, Form, figure_of, figure_of_scores
from kept.numbers.facts import Facts
from kept.numbers.members import Member

Words = str | Lazy
Unit = Literal["percent", "points", "minutes", "people", "money"]


@dataclass(frozen=True, slots=True)
class Metric:
    """One number. `members` is the one population: the value is worked out of the very rows that open behind it."""

    name: str
    title: Words
    definition: Words
    population: Words
    reopens: Words
    form: Form
    members: Callable[[Facts], list[Member]]
    parts: Mapping[str, Words] = field(default_factory=dict)
    good: tuple[str, ...] = ()
    """The parts that count for it, where it is a share."""
    pain: str = ""
    """The part that is opened first: whom it hurt."""
    more_is_better: bool | None = True
    measure: str = ""
    unit: Unit = "percent"
    """percent, points, minutes, people or money."""
    source: Callable[[Facts], str] | None = None
    """An estimate, and where it is from."""


class Reading:
    """One number at one time, with everybody it counts, the newest first."""

    def __init__(self, metric: Metric, figure: Figure, source: str, load: Callable[[], list[Member]]) -> None:
        self.metric = metric
        self.figure = figure
        self.source = source
        """Where an estimate is from; empty for what was counted."""
        self._load = load

    @cached_property
    def members(self) -> list[Member]:
        """They themselves; read when first asked for, where the figure did not need them."""
        return self._load()

    @property
    def opens(self) -> bool:
        """Somebody stands behind it; else it is not shown."""
        return self.figure.n > 0

    def of_part(self, part: str) -> list[Member]:
        """Everybody it counts as this; all of them without one."""
        return [one for one in self.members if part in ("", one.part)]


def read(metric: Metric, facts: Facts) -> Reading:
    """The number, and the people of this time that it was worked out of."""
    if metric.form == Form.SCORE:
        now, before = (facts.score_counts.get((metric.measure, is_now), Counter()) for is_now in (True, False))
        figure = figure_of_scores(metric.measure, now, before)
        return Reading(metric, figure, "", lambda: _newest_first(metric.members(facts), facts))
    everybody = metric.members(facts)
    members = _newest_first(everybody, facts)
    earlier = [one for one in everybody if not facts.lens.holds(one.at)]
    source = metric.source(facts) if metric.source is not None and members else ""
    return Reading(metric, figure_of(metric.form, members, earlier, good=metric.good), source, lambda: members)


def _newest_first(everybody: list[Member], facts: Facts) -> list[Member]:
    return sorted((one for one in everybody if facts.lens.holds(one.at)), key=lambda one: (one.at, one.key), reverse=True)
