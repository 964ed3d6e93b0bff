"""How a story is told from outside: the post, the pages behind the links in it, the API, and time going by."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine
from django.test import Client
from django.urls import reverse

from kept.demo.cast import CustomerOfMarlow, Marlow
from kept.people.models import Employee
from kept.people.tokens import make_token


class Story:
    """Marlow as the outside sees it. Nothing here looks into the house."""

    def __init__(self, house: Marlow) -> None:
        self.house = house
        self._token = make_token("a story", scopes=("all",), now=house.clock.now)

    def goes_by(self, *, step: timedelta = timedelta(hours=4), **span: float) -> None:
        """Time passes, and the house does whatever falls due in it."""
        until = self.house.clock.now + timedelta(**span)
        while self.house.clock.now < until:
            self.house.clock.now = min(until, self.house.clock.now + step)
            self._at_this_moment(self.house.works)

    def _at_this_moment(self, ask: Callable[[], Any]) -> Any:
        with time_machine.travel(self.house.clock.now, tick=False):
            return ask()

    def api(self, path: str, body: object | None = None, *, key: str = "") -> Any:
        """GET, or with a body POST."""
        client, headers = Client(), {"Authorization": f"Bearer {self._token}"}
        path = f"/api/v1{path}"
        if body is None:
            answer = self._at_this_moment(lambda: client.get(path, headers=headers))
        else:
            sent = json.dumps(body)
            answer = self._at_this_moment(lambda: client.post(path, sent, content_type="application/json", headers=headers))
        assert answer.status_code < 300, answer.content.decode()
        return answer.json()

    @property
    def case(self) -> dict[str, Any]:
        """The one case there is, with everything on it."""
        [case] = self.api("/cases?state=all")["items"]
        return self.api(f"/cases/{case['id']}")

    @property
    def audit(self) -> dict[str, int]:
        """The sum, which always adds up."""
        found = self.api("/audit")
        assert found["unaccounted"] == 0
        return found

    def we_write(
        self, text: str, *, answers: bool = True, promises: list[dict[str, str]] | None = None, medium: str = "", to: str = ""
    ) -> None:
        """The owner's words; a little later they have gone out. `to`: the postal address of a letter."""
        said = {"text": text, "answers": answers, "despite": ["all"], "promises": promises or [], "medium": medium}
        self.api(f"/cases/{self.case['id']}/replies", said | {"address": to})
        self.goes_by(seconds=30)

    def happened(self, kind: str) -> list[dict[str, Any]]:
        """Every sealed event of this kind."""
        return [event for event in self.api("/events?limit=200")["items"] if event["kind"] == kind]

    def mails_to(self, address: str) -> list[str]:
        """The words of every mail that left for this address, oldest first, each on one line."""
        return [" ".join(mail.text.split()) for mail in self.house.post if mail.to.value == address]

    def reads_their_page(self, customer: CustomerOfMarlow) -> str:
        """What stands behind the link in the last mail, on one line and without markup."""
        answer = self._at_this_moment(lambda: Client().get(self._link_of(customer)))
        assert answer.status_code == 200
        return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())

    def presses(self, customer: CustomerOfMarlow, **fields: str) -> None:
        """A button on that page."""
        assert self._at_this_moment(lambda: Client().post(self._link_of(customer), fields)).status_code == 303

    def _link_of(self, customer: CustomerOfMarlow) -> str:
        last = next(mail.text for mail in reversed(self.house.post) if mail.to.value == customer.address)
        found = re.search(r"/c/[a-z0-9]+", last)
        assert found is not None
        return found[0]

    def at_the_desk(self, who: Employee, action: str, **fields: str) -> int:
        """Somebody of ours presses a button on the case; the status of what they see then."""
        return self.at_the_desk_of(who, action, self.case["id"], **fields)

    def at_the_desk_of(self, who: Employee, action: str, id: str, **fields: str) -> int:
        """The same on what has this id."""
        client = Client()

        def press() -> int:
            client.force_login(who)
            return client.post(reverse(action, args=[id]), fields).status_code

        return int(self._at_this_moment(press))

    def in_days(self, days: float) -> str:
        """That moment as the API writes it."""
        return (self.house.clock.now + timedelta(days=days)).isoformat()
