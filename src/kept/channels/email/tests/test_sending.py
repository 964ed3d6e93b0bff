"""What becomes of Priya's answer on its way out."""

import socket

import pytest

from kept.channels.base import Handle, MaybeSent, TryLater, Undeliverable
from kept.channels.contract import an_answer
from kept.channels.email.channel import EmailChannel
from kept.channels.email.tests.counterpart import HANGS_UP, a_mail_server


def channel_to(url: str, **settings: str) -> EmailChannel:
    return EmailChannel({"address": "help@marlow.example", "smtp": url} | settings)


def test_johns_answer_reaches_the_server_whole_and_its_id_comes_back():
    with a_mail_server(dot="250 2.0.0 Ok: queued as 4ABC12def") as server:
        assert channel_to(server.url).send(an_answer(text="Dear John,\n.\n..\nPriya")) == "4ABC12def"
    assert "mail FROM:<help@marlow.example>" in server.given
    assert "rcpt TO:<john@example.org>" in server.given
    assert b"\r\n..\r\n...\r\nPriya" in server.mails[0], "dots at line starts are doubled on the wire"


def test_a_server_that_names_no_id_leaves_ours():
    with a_mail_server() as server:
        assert channel_to(server.url).send(an_answer()) == "answer-1@marlow.example"


def test_the_installations_own_server_stands_in():
    with a_mail_server() as server:
        EmailChannel({"address": "help@marlow.example", "smtp_default": server.url}).send(an_answer())
    assert server.mails


def test_bounces_go_where_the_account_wants_them():
    with a_mail_server() as server:
        channel_to(server.url, bounce_to="returns@marlow.example").send(an_answer())
    assert "mail FROM:<returns@marlow.example>" in server.given


def test_without_any_server_johns_answer_waits():
    with pytest.raises(TryLater, match="No outgoing mail server is set"):
        EmailChannel({"address": "help@marlow.example"}).send(an_answer())


@pytest.mark.parametrize(
    "answers",
    [
        {"RCPT": "550 5.1.1 nobody of that name"},
        {"DATA": "554 5.7.1 not here"},
        {"dot": "552 5.3.4 too large"},
    ],
)
def test_a_refusal_for_good_is_told_in_the_servers_words(answers):
    with a_mail_server(**answers) as server, pytest.raises(Undeliverable) as trouble:
        channel_to(server.url).send(an_answer())
    assert str(trouble.value) == next(iter(answers.values()))


@pytest.mark.parametrize(
    "answers",
    [
        {"hello": "421 too many"},
        {"hello": HANGS_UP},
        {"MAIL": "550 you may not send as this address"},
        {"RCPT": "450 greylisted"},
        {"RCPT": HANGS_UP},
        {"DATA": "451 no room"},
        {"dot": "421 going down"},
    ],
)
def test_a_passing_trouble_is_worth_another_try(answers):
    with a_mail_server(**answers) as server, pytest.raises(TryLater) as trouble:
        channel_to(server.url).send(an_answer())
    assert not isinstance(trouble.value, MaybeSent)
    assert not server.mails or answers.get("dot")


def test_a_line_that_breaks_after_the_last_dot_is_not_called_unsent():
    with a_mail_server(dot=HANGS_UP) as server, pytest.raises(MaybeSent):
        channel_to(server.url).send(an_answer())
    assert len(server.mails) == 1


def test_a_server_that_is_not_there_is_worth_another_try():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(TryLater):
        channel_to(f"smtp://127.0.0.1:{port}").send(an_answer())


@pytest.mark.parametrize(
    "to", [Handle("phone", "+442079460958"), Handle("email", "john@example.org>\r\nRCPT TO:<all@x.example"), Handle("email", "")]
)
def test_what_is_no_address_is_never_tried(to):
    with a_mail_server() as server, pytest.raises(Undeliverable):
        channel_to(server.url).send(an_answer(to=to))
    assert server.given == []
