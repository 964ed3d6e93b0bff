"""The door for forms, providers and programs: POST /in/<account-token>, entered before Django and its middleware.

202 with a receipt, and only after the bytes are committed. Everything else passes on to Django with its body whole.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections

from kept.accounts.models import ChannelAccount
from kept.accounts.opening import account_behind
from kept.accounts.translating import channel_of
from kept.channels.base import Forged, Raw
from kept.doors.bodies import BrokenOff, NoLength, TooLarge, beginning_of, read_whole, with_body
from kept.intake.accepting import CUT_SHORT, Busy, accept
from kept.intake.models import ArrivalState
from kept.lib.address import base_url
from kept.lib.clock import now
from kept.lib.links import page_token

log = logging.getLogger(__name__)
PREFIX = "/in/"
HEADERS = ("content-type", "idempotency-key", "user-agent", "webhook-id", "webhook-timestamp", "webhook-signature")
"""The headers kept beside the body. A fixed list: an envelope also carries words of ours, which nobody outside may say."""
FORMS = "/to/"
"""Where a customer's words come back even when their files were too large to take."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
StartResponse = Callable[[str, list[tuple[str, str]]], Any]
Wsgi = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]


class Answer(Exception):
    """A refusal that the sender hears: status line, sentence, further headers."""

    def __init__(self, status: str, says: str, *headers: tuple[str, str]) -> None:
        super().__init__(says)
        self.status, self.says, self.headers = status, says, headers


def door(inside: Wsgi) -> Wsgi:
    """The house with its door: /in/ is answered here, everything else inside, with its body whole."""

    def enter(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        try:
            if environ.get("PATH_INFO", "").startswith(PREFIX):
                return _say(start_response, "202 Accepted", _take_in(environ))
            if environ["REQUEST_METHOD"] not in SAFE and _has_body(environ):
                environ = _read(environ)
        except Answer as answer:
            return _refuse(start_response, answer, to_a_person="text/html" in environ.get("HTTP_ACCEPT", ""))
        return inside(environ, start_response)

    return enter


def _has_body(environ: dict[str, Any]) -> bool:
    return "HTTP_TRANSFER_ENCODING" in environ or environ.get("CONTENT_LENGTH") not in (None, "", "0")


def _read(environ: dict[str, Any]) -> dict[str, Any]:
    """The request with its body whole. Of a form that is too large, its beginning, and the mark that it is no more than that."""
    try:
        return with_body(environ, read_whole(environ, most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE))
    except (TooLarge, NoLength, BrokenOff) as trouble:
        begins = beginning_of(environ) if isinstance(trouble, TooLarge) else b""
        if begins and environ.get("PATH_INFO", "").startswith(FORMS):
            return {**with_body(environ, begins), CUT_SHORT: True}
        raise _why_not(trouble) from None


def _take_in(environ: dict[str, Any]) -> dict[str, str]:
    """The receipt of what was posted, committed by now."""
    if environ["REQUEST_METHOD"] != "POST":
        raise Answer("405 Method Not Allowed", "This address takes POST only.", ("Allow", "POST"))
    body = _whole(environ, most=settings.MAX_CONTACT_BYTES)
    try:
        account = account_behind(environ["PATH_INFO"].removeprefix(PREFIX).strip("/"))
        if account is None:
            raise Answer("404 Not Found", "Nobody listens at this address.")
        return _keep(account, Raw(body, _envelope(environ), now()))
    except Busy as trouble:
        raise _not_now(trouble) from trouble
    except DatabaseError as trouble:
        close_old_connections()
        raise _not_now(trouble) from trouble


def _whole(environ: dict[str, Any], *, most: int) -> bytes:
    try:
        return read_whole(environ, most=most)
    except (TooLarge, NoLength, BrokenOff) as trouble:
        raise _why_not(trouble) from None


def _why_not(trouble: TooLarge | NoLength | BrokenOff) -> Answer:
    if isinstance(trouble, TooLarge):
        limit = settings.MAX_CONTACT_BYTES // (1024 * 1024)
        return Answer("413 Content Too Large", f"This is larger than the {limit} MB we take. Please send it in smaller parts.")
    if isinstance(trouble, NoLength):
        return Answer("411 Length Required", "Say how long it is, or send it in chunks.")
    return Answer("400 Bad Request", "It broke off before its end; nothing of it was kept. Please send it again.")


def _not_now(trouble: Exception) -> Answer:
    log.warning("Something could not be kept and was asked to come again: %s", trouble)
    return Answer("503 Service Unavailable", "Not just now: nothing was kept. Please send it again.", ("Retry-After", "5"))


def _envelope(environ: dict[str, Any]) -> dict[str, str]:
    given = {"content-type": environ.get("CONTENT_TYPE", "")}
    given |= {name: environ.get(f"HTTP_{name.upper().replace('-', '_')}", "") for name in HEADERS[1:]}
    return {name: value[:1000] for name, value in given.items() if value}


def _keep(account: ChannelAccount, raw: Raw) -> dict[str, str]:
    channel = channel_of(account)
    try:
        channel.prove(raw)
    except Forged as trouble:
        accept(
            account,
            raw.body,
            {**raw.envelope, "forged": str(trouble)},
            key="",
            reached_us_at=raw.reached_us_at,
            state=ArrivalState.QUARANTINED,
        )
        raise Answer("401 Unauthorized", str(trouble)) from None
    receipt = accept(account, raw.body, raw.envelope, key=channel.dedupe_key(raw), reached_us_at=raw.reached_us_at)
    return {"receipt": str(receipt.receipt), "page": f"{base_url()}/c/{page_token('receipt', receipt.receipt)}"}


def _refuse(start_response: StartResponse, answer: Answer, *, to_a_person: bool) -> Iterable[bytes]:
    if to_a_person:
        return _send(start_response, answer.status, answer.says.encode(), "text/plain; charset=utf-8", *answer.headers)
    code, _space, title = answer.status.partition(" ")
    told = {"type": "about:blank", "title": title, "status": int(code), "detail": answer.says}
    return _say(start_response, answer.status, told, *answer.headers, media_type="application/problem+json")


def _say(
    start_response: StartResponse,
    status: str,
    told: Mapping[str, object],
    *headers: tuple[str, str],
    media_type: str = "application/json",
) -> Iterable[bytes]:
    return _send(start_response, status, json.dumps(told).encode(), media_type, *headers)


def _send(start_response: StartResponse, status: str, body: bytes, media_type: str, *headers: tuple[str, str]) -> Iterable[bytes]:
    length = ("Content-Length", str(len(body)))
    start_response(status, [("Content-Type", media_type), ("Cache-Control", "no-store"), length, *headers])
    return [body]
