# needs: dovecot
"""A house that listens to a real Dovecot: UIDs and IDLE, nothing moved before it is kept, nobody's flags touched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.counterparts.dovecot import Dovecot, a_mailbox
from tests.counterparts.house import House, a_house, eventually
from tests.counterparts.patience import free_port

HELP = "help@marlow.example"


@pytest.fixture
def mailbox() -> Iterator[Dovecot]:
    with a_mailbox() as dovecot:
        yield dovecot


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path) as (running, _post):
        running.hires("Priya Nair", email="priya@marlow.example")
        running.gives_a_token()
        yield running


def a_mail(subject: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"{subject.replace(' ', '.')}@x.example", HELP, subject
    mail["Message-ID"] = f"<{subject.replace(' ', '.')}@x.example>"
    mail.set_content(f"About {subject}.")
    return mail.as_bytes()


def connects(house: House, mailbox: Dovecot, *, is_open: bool = True, **more: str) -> None:
    settings = {"address": HELP, "imap": mailbox.url, "imap_password": mailbox.password, **more}
    pairs = [part for key, value in settings.items() for part in ("--set", f"{key}={value}")]
    house.told("account", "add", "email", "--name", "Help", *pairs, *(["--open"] if is_open else []))


def subjects(house: House) -> list[str]:
    return sorted(case["subject"] for case in house.api("/cases?state=all")["items"])


def trouble(house: House) -> str:
    return next(account["trouble"] or "" for account in house.api("/accounts")["items"] if account["name"] == "Help")


def test_older_mail_is_history_and_newer_mail_is_a_case_even_when_somebody_has_read_it(house, mailbox):
    mailbox.receives(a_mail("Long ago"), date="01-Jun-2020 09:00:00 +0000")
    connects(house, mailbox)
    mailbox.receives(a_mail("Read already"), flags="(\\Seen)")
    mailbox.receives(a_mail("Unread"))
    eventually(lambda: subjects(house) == ["Read already", "Unread"])
    eventually(lambda: set(mailbox.holds("Kept")) == {"<Read.already@x.example>", "<Unread@x.example>"})
    assert mailbox.holds("Kept") == {"<Read.already@x.example>": "\\Seen", "<Unread@x.example>": ""}
    assert mailbox.holds() == {"<Long.ago@x.example>": ""}, "before Kept: left where it lies, and unread as it was"
    assert house.api("/audit")["received"] == 2


def test_a_mailbox_that_only_listens_moves_nothing_and_sends_nothing(house, mailbox):
    connects(house, mailbox, is_open=False)
    mailbox.receives(a_mail("Quiet"))
    eventually(lambda: subjects(house) == ["Quiet"])
    assert mailbox.holds() == {"<Quiet@x.example>": ""}
    [account] = [one for one in house.api("/accounts")["items"] if one["name"] == "Help"]
    assert account["is_open"] is False
    [case] = house.api("/cases")["items"]
    assert [one["direction"] for one in house.api(f"/cases/{case['id']}")["messages"]] == ["in"]


def test_the_clock_starts_when_the_mail_reached_the_mailbox_not_when_it_was_fetched(house, mailbox):
    connects(house, mailbox, move="no")
    came = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=5)
    mailbox.receives(a_mail("Clock"), date=came.strftime("%d-%b-%Y %H:%M:%S +0000"))
    [case] = eventually(lambda: house.api("/cases")["items"])
    since = datetime.fromisoformat(case["silent_since"].replace("Z", "+00:00"))
    assert abs(since - came) <= timedelta(minutes=5), "never later than when it reached us"
    assert mailbox.holds() == {"<Clock@x.example>": ""}, "told not to move, it stays"


def test_after_a_restart_and_with_numbers_counted_anew_nothing_is_lost_and_nothing_doubled(house, mailbox):
    connects(house, mailbox, move="no")
    mailbox.receives(a_mail("Before"))
    eventually(lambda: subjects(house) == ["Before"])
    mailbox.stop()
    eventually(lambda: "refuses connections" in trouble(house))
    mailbox.counts_anew()
    mailbox.start()
    mailbox.receives(a_mail("After"))
    eventually(lambda: subjects(house) == ["After", "Before"], within=60)
    eventually(lambda: trouble(house) == "")
    audit = house.api("/audit")
    assert (audit["waiting_in_time"], audit["unaccounted"]) == (2, 0)


def test_a_changed_password_and_a_closed_account_take_effect_while_it_listens(house, mailbox):
    connects(house, mailbox, imap_password="wrong")
    eventually(lambda: trouble(house))
    settings = {"address": HELP, "imap": mailbox.url, "imap_password": mailbox.password, "move": "yes"}
    as_ines(house, f"change_account(help, name='Help', settings={settings!r}, by=by, now=now())")
    mailbox.receives(a_mail("Changed"))
    eventually(lambda: subjects(house) == ["Changed"])
    assert mailbox.has_somebody()
    as_ines(house, "close_account(help, by=by, now=now())")
    eventually(lambda: not mailbox.has_somebody())
    mailbox.receives(a_mail("Too late"))
    assert subjects(house) == ["Changed"]


def as_ines(house: House, what: str) -> None:
    """As the settings page does it."""
    names = "from kept.accounts.opening import *; from kept.lib.clock import now; from kept.people.models import Employee"
    found = "help, by = account_named('Help'), Employee.objects.first()"
    done = house.command("django", "shell", "-c", f"{names}; {found}; {what}")
    assert done.returncode == 0, done.stderr.decode()


def test_a_wrong_password_is_said_in_plain_words(house, mailbox):
    connects(house, mailbox, imap_password="wrong")
    assert "does not accept this user and password" in eventually(lambda: trouble(house))
    doctor = house.command("doctor")
    assert doctor.returncode == 1
    assert b"does not accept this user and password" in doctor.stdout


@pytest.mark.parametrize(
    ("host", "says"),
    [
        ("127.0.0.1:{port}", "refuses connections on port"),
        ("no-such-host.invalid", "there is no server called no-such-host.invalid"),
    ],
)
def test_a_server_that_is_not_there_is_said_in_plain_words(house, mailbox, host, says):
    connects(house, mailbox, imap=f"imap://help@{host.format(port=free_port())}")
    assert says in eventually(lambda: trouble(house))
