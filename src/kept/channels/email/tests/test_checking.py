"""The settings page says in plain words why no mail comes or goes."""

import socket

import pytest

from kept.channels.email.channel import EmailChannel
from kept.channels.email.form import EmailSettings
from kept.channels.email.tests.counterpart import a_mail_server

ADDRESS = {"address": "help@marlow.example"}


@pytest.fixture
def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def test_a_house_without_an_outgoing_server_is_told_so():
    assert EmailChannel(ADDRESS).problems() == ["No outgoing mail server is set: answers wait until there is one."]


def test_a_server_that_works_is_no_problem():
    with a_mail_server() as server:
        assert EmailChannel(ADDRESS | {"smtp": server.url}).problems() == []


def test_a_wrong_password_is_called_so():
    with a_mail_server(EHLO="250-mx\r\n250 AUTH PLAIN", AUTH="535 no") as server:
        url = server.url.replace("smtp://", "smtp://help@")
        assert EmailChannel(ADDRESS | {"smtp": url, "smtp_password": "x"}).problems() == [
            "Outgoing server: 127.0.0.1 does not accept this user and password."
        ]


def test_a_closed_port_is_called_so(closed_port):
    said = EmailChannel(
        ADDRESS | {"smtp": f"smtp://127.0.0.1:{closed_port}", "imap": f"imap://help@127.0.0.1:{closed_port}"}
    ).problems()
    assert said == [
        f"Mailbox: 127.0.0.1 refuses connections on port {closed_port}.",
        f"Outgoing server: 127.0.0.1 refuses connections on port {closed_port}.",
    ]


def test_a_server_that_speaks_no_tls_is_called_so():
    with a_mail_server() as server:
        said = EmailChannel(ADDRESS | {"smtp": server.url.replace("smtp:", "smtps:")}).problems()
    assert said == [f"Outgoing server: 127.0.0.1 does not speak TLS on port {server.server_address[1]}."]


def test_a_name_that_no_server_has_is_called_so():
    said = EmailChannel(ADDRESS | {"smtp": "smtp://mail.marlow.invalid"}).problems()
    assert said == ["Outgoing server: there is no server called mail.marlow.invalid."]


@pytest.mark.parametrize("url", ["http://mail.marlow.example", "mail.marlow.example", "imaps://", "imaps://host:port"])
def test_an_address_of_a_mailbox_that_is_none_is_refused_by_the_form(url):
    form = EmailSettings(ADDRESS | {"imap": url})
    assert not form.is_valid()
    assert "imaps://user@host" in form.errors["imap"][0]


def test_only_the_address_is_needed_and_the_rest_has_its_usual_value():
    form = EmailSettings(ADDRESS)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["moved_to"] == "Kept"
    assert (form.cleaned_data["move"], form.cleaned_data["reply_to"], form.cleaned_data["imap"]) == ("yes", "plus", "")
