"""THE CATALOGUE: every number that leaders look at, each with its people. Without them none can be made (R11)."""

from __future__ import annotations

from typing import Final

from kept.numbers.facts import Facts
from kept.numbers.metric import Metric, Reading, read
from kept.numbers.what_they_say import WHAT_THEY_SAY
from kept.numbers.what_we_do import WHAT_WE_DO

CATALOGUE: Final[tuple[Metric, ...]] = (*WHAT_THEY_SAY, *WHAT_WE_DO)
BY_NAME: Final = {metric.name: metric for metric in CATALOGUE}


def read_all(facts: Facts) -> list[Reading]:
    """Every number that opens somebody."""
    return [reading for metric in CATALOGUE if (reading := read(metric, facts)).opens]
