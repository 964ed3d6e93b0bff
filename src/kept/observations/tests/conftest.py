"""The monitor at the Mill Lane counter, which Tom looks after."""

from __future__ import annotations

import pytest

from kept.places.models import Place, Touchpoint
from kept.places.placing import add_place, add_touchpoint


@pytest.fixture
def mill(marlow) -> Place:
    marlow.hires_the_others()
    return add_place("Mill Lane", manager=marlow.dana, by=marlow.ines, now=marlow.clock.now)


@pytest.fixture
def monitor(marlow, mill) -> Touchpoint:
    return add_touchpoint("The monitor", place=mill, manager=marlow.tom, by=marlow.ines, now=marlow.clock.now)
