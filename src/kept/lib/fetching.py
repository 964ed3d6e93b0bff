"""The one way Kept speaks HTTP to an address that somebody typed: never into our own network, never for ever, never without end.

A name is resolved once and the connection goes to the very address that was looked at, so that a name which changes its
mind (DNS rebinding) gains nothing. A redirect is an answer like any other and is not followed.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

PATIENCE = 20.0
"""Seconds for the whole of it, from the name to the last byte."""
MOST = 4 * 1024 * 1024
_PIECE = 64 * 1024
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 that a gateway turns into IPv4 (RFC 6052), private addresses among it."""


class NotFetched(Exception):
    """No answer that can be used; the sentence says why. `may_have_arrived`: what we sent may have been heard all the same."""

    def __init__(self, says: str, *, may_have_arrived: bool = False) -> None:
        super().__init__(says)
        self.may_have_arrived = may_have_arrived


class NotAllowed(NotFetched):
    """The address leads where Kept does not go."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole; the names of its headers in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_fine(self) -> bool:
        """2xx."""
        return 200 <= self.status < 300

    def json(self) -> Any:
        """The body as JSON. Raises NotFetched where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise NotFetched(_("What came back is not JSON.")) from None


def fetch(
    url: str,
    *,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    patience: float = PATIENCE,
    most: int = MOST,
) -> Answer:
    """The answer of that address, whatever its status. Raises NotFetched, NotAllowed among it."""
    until = time.monotonic() + patience
    host, port, is_encrypted, path = parts_of(url)
    addresses = addresses_of(host, port)
    connection = _Pinned(host, port, addresses=addresses, is_encrypted=is_encrypted, until=until)
    is_sent = False
    try:
        connection.request(method, path, body, {"User-Agent": "Kept", "Accept-Encoding": "identity", **(headers or {})})
        is_sent = True
        answer = connection.getresponse()
        content = _read(answer, connection, until=until, most=most, host=host)
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, content)
    except (OSError, http.client.HTTPException, ValueError) as trouble:
        says = _("%(host)s does not answer: %(trouble)s") % {"host": host, "trouble": trouble or type(trouble).__name__}
        raise NotFetched(says, may_have_arrived=is_sent) from None
    finally:
        connection.close()


def parts_of(url: str, *, schemes: tuple[str, str] = ("https", "http")) -> tuple[str, int, bool, str]:
    """Host, port, whether it is encrypted, and path. Raises NotAllowed where Kept would not go there."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        raise NotAllowed(_("%(url)s is not an address of the web.") % {"url": url[:200]}) from None
    is_encrypted = parts.scheme == schemes[0]
    if parts.scheme not in schemes or not host or parts.username or parts.password:
        raise NotAllowed(_("%(url)s is not an address of the web.") % {"url": url[:200]})
    if not is_encrypted and host not in settings.PRIVATE_HOSTS:
        raise NotAllowed(_("%(host)s must be reached by https.") % {"host": host})
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return host, port or (443 if is_encrypted else 80), is_encrypted, path


def addresses_of(host: str, port: int) -> list[str]:
    """Where that host is, looked up once. Raises NotFetched, and NotAllowed where any of it is not everybody's."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotFetched(_("There is no server called %(host)s.") % {"host": host}) from None
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    if host in settings.PRIVATE_HOSTS:
        return addresses
    if not addresses or not all(is_public(one) for one in addresses):
        raise NotAllowed(_("%(host)s lies in a private network, and Kept does not go there.") % {"host": host})
    return addresses


def is_public(address: str) -> bool:
    """Everybody may go there: neither this machine, nor a private network, nor what a gateway turns into one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        elif ip.sixtofour is not None or ip.teredo is not None or ip in _TRANSLATED:
            return False
    return ip.is_global and not ip.is_multicast


class _Pinned(http.client.HTTPConnection):
    """A connection to addresses that were looked at, under the name they were asked for."""

    def __init__(self, host: str, port: int, *, addresses: list[str], is_encrypted: bool, until: float) -> None:
        super().__init__(host, port)
        self.default_port = 443 if is_encrypted else 80
        self._addresses, self._is_encrypted, self._until = addresses, is_encrypted, until

    def connect(self) -> None:
        self.sock = reach(self._addresses, self.port, until=self._until)
        if self._is_encrypted:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def reach(addresses: list[str], port: int, *, until: float) -> socket.socket:
    """A connection to the first of these addresses that answers. Raises OSError."""
    trouble: OSError = OSError("no address")
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout=_left(until))
        except OSError as one:
            trouble = one
    raise trouble


def _read(answer: http.client.HTTPResponse, connection: _Pinned, *, until: float, most: int, host: str) -> bytes:
    """Piece by piece, each within what is left of the time: one byte a second is no answer."""
    pieces: list[bytes] = []
    size = 0
    while True:
        if connection.sock is not None:
            connection.sock.settimeout(_left(until))
        _left(until)
        piece = answer.read1(_PIECE)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
        size += len(piece)
        if size > most:
            raise NotFetched(_("%(host)s sends more than Kept takes.") % {"host": host}, may_have_arrived=True)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError(_("it took too long"))
    return left
