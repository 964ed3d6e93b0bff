"""Whoever has a link, in a browser without cookies, at Marlow's own time."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from kept.demo.cast import Marlow


class Visitor:
    """Somebody outside. What they read is one line of text, so that a test may look for a sentence."""

    def __init__(self, house: Marlow) -> None:
        self.house, self.client = house, Client()

    def at(self, click: Callable[[], Any]) -> Any:
        with time_machine.travel(self.house.clock.now, tick=False):
            return click()

    def opens(self, path: str, **headers: str) -> Any:
        return self.at(lambda: self.client.get(path, headers=headers))

    def reads(self, path: str, **headers: str) -> str:
        page = self.opens(path, **headers)
        assert page.status_code == 200, page.status_code
        return text_of(page)

    def presses(self, path: str, **fields: str) -> Any:
        return self.at(lambda: self.client.post(path, fields))


def text_of(page: Any) -> str:
    return " ".join(page.content.decode().split())


def link_in(mail) -> str:
    """The path of the customer's page as it stands in a mail of ours."""
    found = re.search(r"/c/[a-z0-9]+", mail.text)
    assert found, mail.text
    return found[0]


@pytest.fixture
def visitor(marlow: Marlow) -> Visitor:
    return Visitor(marlow)
