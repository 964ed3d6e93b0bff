"""Does the reader of good words find whom they praise, and nobody else? Our own sentences, nearly half of them never tuned on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

from kept.text.praise import find_praise, may_praise
from kept.text.tests.praised import PRECISION, RECALL, ROSTER, measure


def main(arguments: list[str]) -> int:
    """Prints precision and recall of both halves, and what a look costs. `--show`: the mistakes in the development half."""
    for name, what in (("dev", "for development"), ("held_out", "held out")):
        precision, recall, lines = measure(name, show="--show" in arguments and name == "dev")
        print(
            f"{lines} sentences {what}: precision {precision:.3f} (at least {PRECISION}), recall {recall:.3f} (at least {RECALL})"
        )
    plain = "I ordered two pizzas on Friday and one of them never came. Please send it, or my money. " * 4
    print(f"a message without a good word: {_cost(lambda: may_praise(plain)):.3f} ms (at most 0.3)")
    thanks = "I want to thank Amira, who rode back through the rain for us."
    print(f"a good word of sixty letters: {_cost(lambda: find_praise(thanks, ROSTER)):.3f} ms")
    return 0


def _cost(look: Callable[[], object]) -> float:
    times = []
    for _turn in range(300):
        began = perf_counter()
        look()
        times.append(perf_counter() - began)
    return median(times) * 1000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
