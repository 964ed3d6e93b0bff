"""Mails that no sample file should hold: bombs, thousands of references, and what two copies have in common."""

from contextlib import suppress
from datetime import UTC, datetime
from time import process_time

import pytest

from kept.channels.base import Incoming, Raw, Unreadable
from kept.channels.email.channel import EmailChannel

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
HEAD = b"From: Mary Whitcombe <mary@example.org>\nTo: help@marlow.example\nMessage-ID: <m-1@example.org>\n"
CHANNEL = EmailChannel({"address": "help@marlow.example"})


def raw(body: bytes, **envelope: str) -> Raw:
    return Raw(body, envelope, NOON)


def read(body: bytes, **envelope: str) -> Incoming:
    return CHANNEL.parse(raw(body, **envelope))[0]


def nested(depth: int) -> bytes:
    opened = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))
    return HEAD + opened + b"\nThe door sticks.\n"


def test_two_hundred_nested_parts_are_survived():
    assert read(nested(200)).sender[0].value == "mary@example.org"


def test_forty_nested_parts_are_read_to_the_bottom():
    assert read(nested(40)).text == "The door sticks."


@pytest.mark.parametrize(
    "bomb",
    [
        nested(2000),
        HEAD + b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\nContent-Type: text/plain\n\nhi\n" * 50_000 + b"--x--\n",
        b"From: " + b"(" * 5000 + b"mary@example.org\n\nhi",
        b"From: " + b"=?a?q?" * 20_000 + b"\n\nhi",
        b"From: m@example.org\nTo: " + b", ".join(b"p%d@example.org" % n for n in range(10_000)) + b"\n\nhi",
        HEAD + b"Content-Type: text/plain" + b"".join(b"; a%d=b" % n for n in range(5000)) + b"\n\nhi",
        HEAD + b"Content-Type: message/rfc822\n\n" * 2000 + b"hi",
        HEAD + b"Subject: " + b"Re: " * 50_000 + b"\n\nhi",
        HEAD + b"Authentication-Results: " + b"(" * 50_000 + b"\n\nhi",
    ],
    ids=["nested", "50,000 parts", "brackets", "encoded words", "10,000 people", "parameters", "mails in mails", "Re:", "proofs"],
)
def test_a_bomb_costs_little_and_is_read_or_unreadable(bomb):
    started = process_time()
    with suppress(Unreadable):
        CHANNEL.parse(raw(bomb))
    assert process_time() - started < 10, "the bench says how much; here only that it ends"


def test_of_two_thousand_references_the_nearest_fifty_are_tried():
    many = b" ".join(b"<r-%d@example.org>" % n for n in range(2000))
    keys = read(HEAD + b"References: " + many + b"\n\nhi").thread_keys
    assert [key.value for key in keys][:2] == ["r-1999@example.org", "r-1998@example.org"]
    assert len(keys) == 50


def test_two_copies_of_one_mail_have_one_content_but_each_mailbox_its_own_key():
    first, second = HEAD + b"\nThe door sticks.\n", b"Received: by mx\n" + HEAD + b"\r\nThe door sticks.\r\n"
    assert read(first).content_hash == read(second).content_hash
    assert CHANNEL.dedupe_key(raw(first, rcpt_to="a@x.example")) == CHANNEL.dedupe_key(raw(second, rcpt_to="a@x.example"))
    assert CHANNEL.dedupe_key(raw(first, rcpt_to="a@x.example")) != CHANNEL.dedupe_key(raw(first, rcpt_to="b@x.example"))


def test_the_same_words_in_a_new_mail_are_not_a_copy():
    again = HEAD.replace(b"m-1@", b"m-2@")
    assert read(HEAD + b"\nStill cold.\n").content_hash != read(again + b"\nStill cold.\n").content_hash


def test_the_same_id_with_other_words_is_another_mail():
    assert CHANNEL.dedupe_key(raw(HEAD + b"\nOne.\n")) != CHANNEL.dedupe_key(raw(HEAD + b"\nTwo.\n"))


def test_without_an_id_every_mail_is_new():
    nameless = b"From: mary@example.org\n\nThe door sticks.\n"
    assert CHANNEL.dedupe_key(raw(nameless)) == ""
    assert read(nameless).content_hash == ""


def test_a_mailbox_names_its_mails_by_folder_and_number():
    assert CHANNEL.dedupe_key(raw(HEAD, uid="7", uidvalidity="3", folder="INBOX")) == "imap:INBOX:3:7"


def test_a_mailbox_is_pulled_and_an_address_alone_is_not():
    assert EmailChannel({"address": "help@marlow.example", "imap": "imaps://help@mail.marlow.example"}).is_pulled()
    assert not CHANNEL.is_pulled()


@pytest.mark.parametrize("subject", ["Re: Cold", "AW: WG: Cold", "Re[2]: [EXTERNAL] Cold", "FWD:cold", "COLD", "Antw: Re: Cold"])
def test_an_exchange_has_one_subject_whatever_the_mail_programs_add(subject):
    assert read(HEAD + f"Subject: {subject}\n\nhi".encode()).thread_keys[-1].value == "cold"
