"""Post offices that go nowhere: one for `kept demo`, and one for tests that records what leaves and can refuse it."""

from __future__ import annotations

from typing import ClassVar

from kept.channels.base import Outgoing, TryLater, Undeliverable
from kept.channels.email.channel import EmailChannel


class PostToNowhere(EmailChannel):
    """The e-mail channel of a sample house (KEPT_DEMO=1): reads as ever, and whatever it sends leaves no trace outside."""

    def send(self, outgoing: Outgoing) -> str:
        """Taken, and gone nowhere."""
        return outgoing.message_id

    def problems(self) -> list[str]:
        """None: nothing to connect to."""
        return []


class RecordedPost(PostToNowhere):
    """The same with a memory, and with servers that refuse for a while or for good."""

    sent: ClassVar[list[Outgoing]] = []
    refuses: ClassVar[dict[str, str]] = {}
    """Addresses that never take anything, with the words of their server."""
    is_down: ClassVar[bool] = False

    def send(self, outgoing: Outgoing) -> str:
        """Recorded; refused where `refuses` or `is_down` say so."""
        if type(self).is_down:
            raise TryLater("the next hop does not answer")
        if outgoing.to.value in self.refuses:
            raise Undeliverable(self.refuses[outgoing.to.value])
        self.sent.append(outgoing)
        return super().send(outgoing)

    @classmethod
    def empty(cls) -> None:
        """A new day: nothing sent, nobody refuses."""
        cls.sent.clear()
        cls.refuses.clear()
        cls.is_down = False
