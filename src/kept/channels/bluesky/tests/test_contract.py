"""The Bluesky channel keeps to the contract of all channels."""

from contextlib import contextmanager

import pytest

from kept.channels.base import Handle
from kept.channels.bluesky.channel import BlueskyChannel
from kept.channels.bluesky.tests.counterpart import a_bluesky_server, a_jetstream
from kept.channels.contract import ChannelContract, an_answer

_STATUS = {"taken": 0, "busy": 503, "refused": 400}


class ToAPost(BlueskyChannel):
    """The contract's answer goes to a mail address; here it goes to a handle."""

    def send(self, outgoing):
        return super().send(an_answer(to=Handle("bluesky", "did:plc:john"), text=outgoing.text))


class TestContract(ChannelContract):
    channel = BlueskyChannel

    @pytest.fixture(autouse=True)
    def _on_this_machine(self, settings):
        settings.PRIVATE_HOSTS = ["127.0.0.1"]

    @contextmanager
    def outside(self, answer):
        with a_bluesky_server() as there:
            there.answers_with = _STATUS[answer]
            yield ToAPost(there.settings)

    @contextmanager
    def speaking(self):
        with a_bluesky_server() as there, a_jetstream(there):
            yield (
                BlueskyChannel({**there.settings, "stream": there.stream}),
                lambda: there.says("john", "hello?", at="2026-06-01T10:00:00.000Z"),
            )
