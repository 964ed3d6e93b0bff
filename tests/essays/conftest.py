"""Every essay begins on a Monday morning at Marlow."""

from __future__ import annotations

import pytest

from tests.essays.telling import Story


@pytest.fixture
def story(marlow) -> Story:
    return Story(marlow)
