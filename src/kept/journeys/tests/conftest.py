"""Ways that people at Marlow really took."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kept.cases.models import Case
from kept.demo.cast import Marlow
from kept.journeys.mining import mine_ways
from kept.journeys.models import Walked
from kept.timeline.sealing import seal


@pytest.fixture
def walked(marlow: Marlow) -> Callable[[Case], Walked]:
    """The way of this case, as of now."""

    def look(case: Case) -> Walked:
        seal()
        mine_ways(marlow.clock.now)
        return Walked.objects.get(case=case)

    return look
