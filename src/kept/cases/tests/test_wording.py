"""How the how-manieth time is said."""

from __future__ import annotations

import pytest

from kept.cases.wording import nth, nth_time


@pytest.mark.parametrize(
    ("times", "said"), [(1, "first"), (2, "second"), (3, "third"), (10, "tenth"), (11, "11th"), (20, "20th")]
)
def test_a_number_is_an_ordinal(times, said):
    assert nth(times) == said
    assert nth_time(times) == f"{said} time"
