"""A line that stays open (RFC 6455): the same guards as `fetching`, and whoever reads it is back at least once a second."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.utils.translation import gettext as _
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException
from websockets.sync.client import ClientConnection, connect

from kept.lib.fetching import NotFetched, addresses_of, parts_of, reach

PATIENCE = 10.0
BREATH = 1.0
MOST = 8 * 1024 * 1024
SILENCE = 60.0
"""Without a sign of life for so long, pings among them, it counts as broken."""


@contextmanager
def open_line(url: str, *, headers: Mapping[str, str] | None = None) -> Iterator[ClientConnection]:
    """Connected as long as the block lasts. Raises NotFetched where nobody answers or the line breaks."""
    host, port, is_encrypted, _path = parts_of(url, schemes=("wss", "ws"))
    try:
        sock = reach(addresses_of(host, port), port, until=time.monotonic() + PATIENCE)
        with connect(
            url,
            sock=sock,
            ssl=ssl.create_default_context() if is_encrypted else None,
            additional_headers=dict(headers or {}),
            user_agent_header="Kept",
            open_timeout=PATIENCE,
            close_timeout=BREATH,
            ping_timeout=SILENCE,
            max_size=MOST,
            proxy=None,
        ) as line:
            yield line
    except InvalidStatus as refused:
        says = _("%(host)s refuses the stream: %(status)s") % {"host": host, "status": refused.response.status_code}
        raise NotFetched(says) from None
    except ConnectionClosed as closed:
        why = closed.rcvd.reason if closed.rcvd else ""
        raise NotFetched(_("%(host)s has closed the stream. %(why)s") % {"host": host, "why": why}) from None
    except (OSError, WebSocketException) as trouble:
        says = _("%(host)s does not answer: %(trouble)s") % {"host": host, "trouble": trouble or type(trouble).__name__}
        raise NotFetched(says) from None


def said_on(line: ClientConnection) -> Iterator[str | bytes | None]:
    """One message after the other; None where a second passed without any."""
    while True:
        try:
            yield line.recv(timeout=BREATH)
        except TimeoutError:
            yield None
