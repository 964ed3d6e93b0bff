"""Marlow, with a mailbox, four of its people and a program that speaks for nobody in particular."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.test import Client

from kept.accounts.models import ChannelAccount
from kept.accounts.opening import account_of_kind, add_account
from kept.cases.models import Case, Message
from kept.intake.accepting import accept_here
from kept.intake.filing import file_now
from kept.intake.models import Arrival, Filed
from kept.lib import clock
from kept.lib.ids import new_id
from kept.people.adding import add_employee
from kept.people.models import Employee
from kept.people.tokens import make_token

ROBOT = """From: Samir Patel <samir@patel.example>
To: help@marlow.example
Subject: Out of office
Auto-Submitted: auto-replied
Message-ID: <away@patel.example>

I am back on Monday.
"""


@dataclass
class Program:
    """A program with a token."""

    secret: str
    client: Client

    def get(self, path: str, **query):
        return self.client.get(f"/api/v1{path}", query, headers=self._headers())

    def post(self, path: str, body: object | None = None, *, key: str = ""):
        headers = self._headers() | ({"Idempotency-Key": key} if key else {})
        given = json.dumps(body) if body is not None else ""
        return self.client.post(f"/api/v1{path}", given, content_type="application/json", headers=headers)

    def contact(self, words: str, *, key: str = "", **more):
        """Post somebody's words."""
        john = {"name": "John Adeyemi", "identities": [["phone", "+447700900461"]]}
        return self.post("/contacts", {"medium": "phone", "from": john, "text": words, **more}, key=key)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"}


@dataclass
class Marlow:
    priya: Employee
    ines: Employee
    ben: Employee
    mailbox: ChannelAccount

    def hears(self, text: str, *, name="John Adeyemi", email="john@example.org", subject="", **more) -> Message:
        """Somebody told us something, and it is filed."""
        now = clock.now()
        identities = [["email", email]] if email else []
        told = {"medium": "phone", "from": {"name": name, "identities": identities}, "subject": subject, "text": text, **more}
        receipt = new_id()
        arrival = Arrival.objects.create(
            receipt=receipt,
            key=str(receipt),
            account=account_of_kind("by_hand", now=now),
            body=json.dumps(told).encode(),
            envelope={"content-type": "application/json"},
            reached_us_at=now,
            next_try_at=now,
        )
        assert file_now(arrival.pk, now=now)
        message = Filed.objects.get(arrival_id=arrival.pk).message
        assert message is not None
        return message

    def gets_a_mail_of_a_robot(self) -> Filed:
        """An answer of a machine, which is set aside."""
        now = clock.now()
        mail = ROBOT.replace("\n", "\r\n").encode()
        receipt = accept_here(self.mailbox, mail, {"rcpt_to": "help@marlow.example"}, key="", reached_us_at=now)
        assert file_now(receipt.arrival_id, now=now)
        return Filed.objects.get(arrival_id=receipt.arrival_id)

    def has_a_case(self, text="My pizza came cold.", **more) -> Case:
        return Case.objects.select_related("owner", "customer").get(pk=self.hears(text, **more).case_id)


@pytest.fixture
def marlow(db) -> Marlow:
    now = clock.now() - timedelta(days=1)
    priya = add_employee("Priya Nair", now=now, email="priya@marlow.example", role="employee", team="Customer care")
    ines = add_employee("Ines Duarte", now=now, email="ines@marlow.example", role="admin")
    ben = add_employee("Ben Castillo", now=now, email="ben@marlow.example")
    settings = {"address": "help@marlow.example"}
    mailbox = add_account("email", name="Help", now=now, settings=settings, is_open=True, by=ines).account
    return Marlow(priya, ines, ben, mailbox)


@pytest.fixture
def program(marlow, client) -> Program:
    return Program(make_token("till", scopes=("all",), now=clock.now()), client)


@pytest.fixture
def reader(marlow, client) -> Program:
    return Program(make_token("screen", scopes=("read",), now=clock.now()), client)


@pytest.fixture
def for_ben(marlow, client) -> Program:
    return Program(make_token("ben's own", scopes=("all",), now=clock.now(), employee=marlow.ben), client)


def in_days(days: float) -> str:
    return moment(clock.now() + timedelta(days=days))


def moment(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
