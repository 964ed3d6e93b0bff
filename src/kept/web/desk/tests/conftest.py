"""The desk as its people open it: signed in, over the real URLs, at Marlow's own time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
import time_machine
from django.test import Client

from kept.demo.cast import Marlow
from kept.people.models import Employee


class Seat:
    """One person's browser at Marlow: every click happens at the time it is there."""

    def __init__(self, house: Marlow, who: Employee | None) -> None:
        self.house, self.client = house, Client()
        if who is not None:
            self.client.force_login(who)

    def opens(self, path: str) -> Any:
        with time_machine.travel(self.house.clock.now, tick=False):
            return self.client.get(path)

    def sees(self, path: str) -> str:
        page = self.opens(path)
        assert page.status_code == 200, page.status_code
        return text_of(page)

    def posts(self, path: str, fields: Mapping[str, Any] | None = None, *, follow: bool = False, by_script: bool = False) -> Any:
        headers = {"HX-Request": "true"} if by_script else {}
        with time_machine.travel(self.house.clock.now, tick=False):
            return self.client.post(path, fields or {}, follow=follow, headers=headers)


def text_of(page: Any) -> str:
    return " ".join(page.content.decode().split())


@pytest.fixture
def seat(marlow: Marlow) -> Callable[[Employee | None], Seat]:
    """`seat(marlow.priya)` opens and posts as she does; `seat(None)` as a stranger."""
    return lambda who: Seat(marlow, who)
