"""The mail channel keeps to the contract of all channels."""

from collections.abc import Iterator
from contextlib import contextmanager

from kept.channels.contract import ChannelContract
from kept.channels.email.channel import EmailChannel
from kept.channels.email.tests.counterpart import a_mail_server

_RCPT = {"taken": "250 ok", "busy": "450 come back later", "refused": "550 5.1.1 nobody of that name"}


class TestContract(ChannelContract):
    channel = EmailChannel

    @contextmanager
    def outside(self, answer) -> Iterator[EmailChannel]:
        with a_mail_server(RCPT=_RCPT[answer]) as server:
            yield EmailChannel({"address": "help@marlow.example", "smtp": server.url})
