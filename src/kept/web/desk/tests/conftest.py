"""The desk as its people open it: signed in, over the real URLs, at Marlow's own time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from kept.demo.cast import Marlow
from kept.people.models import Employee


class Seat:
    """One person's browser at Marlow: every click happens at the time it is there."""

    def __init__(self, house: Marlow, who: Employee) -> None:
        self.house, self.client = house, Client()
        self.at(lambda: self.client.force_login(who))

    def at(self, click: Callable[[], HttpResponse | None]) -> HttpResponse:
        with time_machine.travel(self.house.clock.now, tick=False):
            return click()  # type: ignore[return-value]

    def opens(self, path: str, **headers: str) -> HttpResponse:
        return self.at(lambda: self.client.get(path, **headers))

    def sees(self, path: str) -> str:
        page = self.opens(path)
        assert page.status_code == 200, page.status_code
        return " ".join(page.content.decode().split())

    def posts(self, path: str, fields: dict[str, object] | None = None, *, follow: bool = False, **headers: str) -> HttpResponse:
        return self.at(lambda: self.client.post(path, fields or {}, follow=follow, **headers))


@pytest.fixture
def seat(marlow: Marlow) -> Callable[[Employee], Seat]:
    """`seat(marlow.priya)` opens and posts as she does."""
    return lambda who: Seat(marlow, who)
