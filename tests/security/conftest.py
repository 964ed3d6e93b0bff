"""The house that the tests of this folder try to get into."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.security.world import World


@pytest.fixture
def world(marlow) -> Iterator[World]:
    """Everything in it happens at Marlow's own time."""
    made = World(marlow)
    with made.at_its_time():
        yield made
