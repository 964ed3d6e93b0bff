"""A mail server that takes everything and remembers whom it was for and which Message-ID it had."""

from __future__ import annotations

from collections import defaultdict
from email import message_from_bytes
from typing import Any

from aiosmtpd.controller import Controller

from bench.ground.serving import HOST, free_port


class Sink:
    """Listens in a thread; `came[address]` are the Message-IDs in their order."""

    def __init__(self) -> None:
        self.port = free_port()
        self.came: defaultdict[str, list[str]] = defaultdict(list)
        self._server = Controller(self, hostname=HOST, port=self.port)

    def start(self) -> None:
        """It listens."""
        self._server.start()

    def stop(self) -> None:
        """It listens no more."""
        self._server.stop()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Taken, always."""
        message_id = str(message_from_bytes(envelope.content).get("Message-ID", ""))
        for address in envelope.rcpt_tos:
            self.came[address.lower()].append(message_id)
        return "250 taken"
