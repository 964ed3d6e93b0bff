"""What one contact costs on its way from bytes to a case that is acknowledged."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from itertools import count

from bench.ground.marlow import a_marlow
from bench.ground.measuring import Cost, cost_of, say
from kept.demo.cast import Marlow
from kept.intake.filing import file_what_waits
from kept.replies.delivering import deliver_what_waits

EACH_ROUND = 96
BEFORE = 1_000


def measure(what: str, keep: Callable[[Marlow, int], None], *, target: float, rounds: int) -> int:
    """Prints the medians of keeping, filing and sending, and filing against its target."""
    marlow, numbers = a_marlow(), count(1)
    steps: dict[str, Callable[[], object]] = {
        "kept": lambda: [keep(marlow, next(numbers)) for _one in range(EACH_ROUND)],
        "filed": lambda: file_what_waits(marlow.clock.forward(seconds=7)),
        "sent": lambda: deliver_what_waits(marlow.clock.forward(seconds=7)),
    }
    for _round in range(BEFORE // EACH_ROUND):
        for act in steps.values():
            act()
    costs: dict[str, list[Cost]] = {name: [] for name in steps}
    for _round in range(rounds):
        for name, act in steps.items():
            costs[name].append(cost_of(act, items=EACH_ROUND, rounds=1, warm_up=0))
    say(f"{what} kept", _median(costs["kept"]))
    say(f"{what} to case and acknowledgement", _median(costs["filed"]), target=target)
    say("its mail written in both forms and handed on", _median(costs["sent"]))
    return 0


def _median(costs: list[Cost]) -> Cost:
    cpu = [cost.cpu for cost in costs]
    return Cost(statistics.median(cpu), statistics.median(cost.wall for cost in costs), min(cpu), max(cpu))
