"""The Mastodon channel keeps to the contract of all channels."""

from contextlib import contextmanager

import pytest

from kept.channels.base import Handle
from kept.channels.contract import ChannelContract, an_answer
from kept.channels.mastodon.channel import MastodonChannel
from kept.channels.mastodon.tests.counterpart import a_mastodon_server, a_stream

_STATUS = {"taken": 0, "busy": 503, "refused": 422}


class ToAPost(MastodonChannel):
    """The contract's answer goes to a mail address; here it goes to a handle."""

    def send(self, outgoing):
        return super().send(an_answer(to=Handle("mastodon", "john@tooter.example"), text=outgoing.text))


class TestContract(ChannelContract):
    channel = MastodonChannel

    @pytest.fixture(autouse=True)
    def _on_this_machine(self, settings):
        settings.PRIVATE_HOSTS = ["127.0.0.1"]

    @contextmanager
    def outside(self, answer):
        with a_mastodon_server() as there:
            there.answers_with = _STATUS[answer]
            yield ToAPost(there.settings)

    @contextmanager
    def speaking(self):
        with a_mastodon_server() as there, a_stream(there):
            yield MastodonChannel(there.settings), lambda: there.says("john@tooter.example", "hello?", at="2026-06-01T10:00:00Z")
