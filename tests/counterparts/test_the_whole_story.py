# needs: dovecot swaks
"""One customer, four media, one matter: carried through a real `./kept run` from the first word to the last and beyond."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.counterparts.dovecot import Dovecot, a_mailbox
from tests.counterparts.house import Answer, House, a_house, eventually
from tests.counterparts.post_office import Posted, PostOffice

JOHN = "john@adeyemi.example"


@pytest.fixture
def mailbox() -> Iterator[Dovecot]:
    with a_mailbox() as dovecot:
        yield dovecot


@pytest.fixture
def running(tmp_path: Path, mailbox: Dovecot) -> Iterator[tuple[House, PostOffice]]:
    with a_house(tmp_path) as (house, post):
        house.hires("Priya Nair", email="priya@marlow.example")
        house.opens("email", "Help", address="help@marlow.example")
        house.opens("email", "Orders", address="orders@marlow.example", imap=mailbox.url, imap_password=mailbox.password)
        house.gives_a_token()
        yield house, post


def test_one_matter_by_form_mail_mailbox_and_call_is_one_case_until_john_says_it_is_solved(running, mailbox):
    house, post = running
    thanks, started = john_fills_in_the_form(house)
    assert "Priya" in thanks.text
    by_form = eventually(post.after(0, JOHN))
    assert_acknowledged(by_form)
    assert_adds_up(house, received=1, waiting_in_time=1)

    john_mails_over_lmtp(house)
    by_mail = eventually(post.after(1, JOHN))
    assert_acknowledged(by_mail)
    assert_adds_up(house, received=2, waiting_in_time=2)
    priya_sends_a_sign_of_life(house)

    mailbox.receives(a_mail("It was the third one.", to="orders@marlow.example"))
    eventually(lambda: len(mailbox.holds("Kept")) == 1)
    assert mailbox.holds() == {}
    eventually(lambda: audit(house)["received"] == 3 and the_case(house)["media"][-1] == "email")

    called = john_calls(house)
    assert_adds_up(house, received=4, waiting_in_time=4)
    case = the_case(house)
    assert called["case"] == case["id"]
    assert case["owner"]["name"] == "Priya Nair"
    assert case["media"] == ["form", "email", "phone"]
    assert abs(moment(case["silent_since"]) - started) < timedelta(seconds=10)
    assert_a_duty_answers_for_the_call(house, case)

    assert "asking the kitchen" in eventually(post.after(2, JOHN)).text
    assert the_case(house)["silent_since"] == case["silent_since"]
    assert_adds_up(house, received=4, waiting_in_time=4)

    answer = the_answer_reaches_john(house, post, case)
    assert eventually(lambda: the_case(house)["silent_since"] is None)
    assert_adds_up(house, received=4, answered=4)
    assert_the_promise_is_in_the_ledger(house, case)

    john_says_that_it_is_solved(house, answer)
    ended = house.api(f"/cases/{case['id']}")
    assert (ended["state"], ended["outcome"], ended["outcome_reason"]) == ("ended", "white", "said")
    assert_adds_up(house, received=4, answered=4)

    john_answers_our_mail(house, answer)
    reopened = eventually(lambda: next(iter(house.api("/cases")["items"]), None))
    assert (reopened["id"], reopened["state"], reopened["outcome"]) == (case["id"], "open", None)
    assert_adds_up(house, received=5, answered=4, waiting_in_time=1)
    assert len(house.api("/cases?state=all")["items"]) == 1
    assert house.command("doctor", "--offline").returncode == 0


def john_fills_in_the_form(house: House) -> tuple[Answer, datetime]:
    empty = house.get("/to/contact")
    token = re.search(r'name="form_token" value="([^"]*)"', empty.text)
    assert token is not None
    typed = {"name": "John Adeyemi", "email": JOHN, "message": "My pizza came cold, again.", "form_token": token[1]}
    started = datetime.now(UTC)
    posted = house.post("/to/contact", typed)
    assert posted.status == 303, posted.text
    return house.get(urlsplit(posted.headers["location"]).path), started


def john_mails_over_lmtp(house: House, to: str = "help@marlow.example", body: str = "I rang the bell twice.") -> None:
    """By swaks: a mail client nobody of us wrote."""
    subprocess.run(
        [
            "swaks", "--protocol", "LMTP", "--server", f"127.0.0.1:{house.lmtp_port}", "--from", JOHN, "--to", to,
            "--header", f"From: John Adeyemi <{JOHN}>", "--header", "Subject: Cold pizza", "--body", body,
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=30,
    )  # fmt: skip


def a_mail(text: str, *, to: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = f"John <{JOHN}>", to, "Cold pizza", "<third@adeyemi.example>"
    mail.set_content(text)
    return mail.as_bytes()


def john_calls(house: House) -> dict[str, str]:
    said = {
        "medium": "phone",
        "from": {"name": "John Adeyemi", "identities": [["phone", "+44 7700 900461"], ["email", JOHN]]},
        "text": "He asks who brings the next one.",
        "at": datetime.now(UTC).isoformat(),
    }
    return house.api("/contacts", said)


def priya_sends_a_sign_of_life(house: House) -> None:
    """It is held for 20 seconds, while more of his words come in."""
    said = {"text": "Dear John, I am asking the kitchen and write again.", "answers": False, "despite": ["all"]}
    house.api(f"/cases/{the_case(house)['id']}/replies", said)


def the_answer_reaches_john(house: House, post: PostOffice, case: dict[str, str]) -> Posted:
    seen = len(post.to(JOHN))
    due = (datetime.now(UTC) + timedelta(days=2)).isoformat()
    said = {
        "text": "Dear John, the oven was off and that is mended. A voucher is on its way.",
        "answers": True,
        "despite": ["all"],
        "promises": [{"what": "a voucher is with you", "due_at": due}],
    }
    house.api(f"/cases/{case['id']}/replies", said)
    assert house.api(f"/cases/{case['id']}")["promises"][-1]["state"] == "held"
    answer = eventually(post.after(seen, JOHN))
    assert "the oven was off" in answer.text
    assert parseaddr(answer.mail["From"]) == ("Priya Nair", "help@marlow.example")
    return answer


def john_says_that_it_is_solved(house: House, answer: Posted) -> None:
    path = urlsplit(answer.links[0]).path
    seen = house.get(path)
    assert seen.status == 200
    assert house.api("/cases")["items"], "reading the page ends nothing"
    assert house.post(path, {"solved": "yes"}).status == 303


def john_answers_our_mail(house: House, answer: Posted) -> None:
    assert "+" in answer.mail["Reply-To"]
    john_mails_over_lmtp(house, to=parseaddr(answer.mail["Reply-To"])[1], body="The voucher is for another town.")


def assert_acknowledged(posted: Posted) -> None:
    """In Priya's name, with an hour, marked as automatic, and leading back to us and to his page."""
    assert parseaddr(posted.mail["From"])[0] == "Priya Nair"
    assert posted.mail["Auto-Submitted"] == "auto-replied"
    assert "You hear from me by" in " ".join(posted.text.split())
    assert any("/c/" in link for link in posted.links)


def assert_a_duty_answers_for_the_call(house: House, case: dict[str, str]) -> None:
    """By the phone nobody can be acknowledged automatically: Priya has it to do, and it falls due."""
    events = eventually(lambda: [one for one in house.api("/events?limit=200")["items"] if one["kind"] == "duty_given"])
    assert len(events) == 1
    assert case["next_due_at"] is not None


def assert_the_promise_is_in_the_ledger(house: House, case: dict[str, str]) -> None:
    promises = [one for one in house.api(f"/cases/{case['id']}")["promises"] if not one["is_next_word"]]
    assert [(one["what"], one["state"], one["by"]["name"]) for one in promises] == [
        ("a voucher is with you", "open", "Priya Nair")
    ]


def assert_adds_up(house: House, **expected: int) -> None:
    """Every contact has its place in the sum, and none is missing."""
    terms = ("answered", "waiting_in_time", "waiting_late", "nothing_to_answer", "set_aside", "duplicates")
    eventually(lambda: audit(house)["received"] == expected["received"])
    found = audit(house)
    assert {name: found[name] for name in ("received", *terms)} == dict.fromkeys(terms, 0) | expected
    assert found["received"] == sum(found[name] for name in terms)
    assert found["unaccounted"] == 0


def audit(house: House) -> dict[str, int]:
    return house.api("/audit")


def the_case(house: House) -> dict:
    """There is exactly one."""
    [case] = house.api("/cases?state=all")["items"]
    return case


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
