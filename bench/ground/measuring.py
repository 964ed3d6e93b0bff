"""What a thing costs: seconds of the processor, not of the wall, as the median of several rounds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of the processor and of the wall for one item, each a median over rounds; the spread of the rounds."""

    cpu: float
    wall: float
    least: float
    most: float

    @property
    def rate(self) -> float:
        """How many a second, one after the other."""
        return 1000 / self.wall if self.wall else 0.0


def cost_of(act: Callable[[], object], *, items: int, rounds: int = 5, warm_up: int = 1) -> Cost:
    """`act` does `items` of them; it is called once to warm up and then `rounds` times."""
    for _round in range(warm_up):
        act()
    cpu, wall = [], []
    for _round in range(rounds):
        began, began_cpu = time.perf_counter(), time.process_time()
        act()
        cpu.append((time.process_time() - began_cpu) * 1000 / items)
        wall.append((time.perf_counter() - began) * 1000 / items)
    return Cost(statistics.median(cpu), statistics.median(wall), min(cpu), max(cpu))


def say(what: str, cost: Cost, *, target: float | None = None, unit: str = "ms CPU") -> None:
    """One line: what, its cost, the spread of the rounds, and how it stands to the target."""
    against = "" if target is None else f"   target {target:g}, {cost.cpu / target:.2f} of it"
    print(f"{what:<44} {cost.cpu:8.3f} {unit}  ({cost.least:.3f} to {cost.most:.3f}), {cost.rate:8.0f}/s{against}", flush=True)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
