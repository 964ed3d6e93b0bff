"""What may be given at Marlow, and a case to give it on."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from kept.cases.models import Case
from kept.remedies.models import Remedy
from kept.remedies.setting_up import Terms, add_remedy


@pytest.fixture
def case(marlow) -> Case:
    return marlow.john.mails("My pizza was cold.", subject="Cold pizza", is_proven=True)


@pytest.fixture
def may_give(marlow) -> Callable[..., Remedy]:
    """`may_give("your money back", per_case=20)`: Ines says so, and is asked beyond."""

    def add(name: str, *, currency: str = "GBP", asks: Any = None, **limits: Any) -> Remedy:
        told = {f"limit_{key}": None if value is None else Decimal(str(value)) for key, value in limits.items()}
        return add_remedy(Terms(name, asks or marlow.ines, currency, **told), by=marlow.ines, now=marlow.clock.now)

    return add


@pytest.fixture
def money(may_give) -> Remedy:
    """Twenty in one case, thirty a week by one of us, fifty a week by all."""
    return may_give("your money back", per_case=20, per_employee=30, per_week=50)
