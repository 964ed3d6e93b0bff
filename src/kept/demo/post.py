"""A post office that goes nowhere: mail that leaves is recorded, and can be refused for a while or for good."""

from __future__ import annotations

from typing import ClassVar

from kept.channels.base import Outgoing, TryLater, Undeliverable
from kept.channels.email.channel import EmailChannel


class RecordedPost(EmailChannel):
    """The e-mail channel, reading as ever, with nothing behind its sending but this list."""

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
        return outgoing.message_id

    def problems(self) -> list[str]:
        """None: nothing to connect to."""
        return []

    @classmethod
    def empty(cls) -> None:
        """A new day: nothing sent, nobody refuses."""
        cls.sent.clear()
        cls.refuses.clear()
        cls.is_down = False
