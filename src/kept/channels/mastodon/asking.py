"""Requests to a Mastodon server, and what its refusals mean for us."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from kept.channels.base import MaybeSent, NotSetUp, TryLater, Undeliverable
from kept.channels.cleaning import clean_line
from kept.lib.fetching import Answer, NotFetched, fetch

_BUSY = 60


class Gone(Exception):
    """The server knows no such post (any more)."""


class NotAllowedThere(TryLater):
    """The token is fine, but was not made for this."""


def get(settings: Mapping[str, str], path: str, **query: object) -> Any:
    """The JSON behind this path. Raises TryLater, or Gone where there is nothing."""
    asked = urlencode({name: value for name, value in query.items() if value not in ("", None)}, doseq=True)
    answer = _ask(settings, f"{path}?{asked}" if asked else path)
    if answer.status in {404, 410}:
        raise Gone
    return _json(_fine(answer))


def post(settings: Mapping[str, str], path: str, fields: Mapping[str, str], *, key: str) -> Any:
    """What the server made of it; the same `key` twice makes one. Raises TryLater or Undeliverable."""
    body = urlencode(fields).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Idempotency-Key": key}
    answer = _ask(settings, path, body, headers)
    if answer.status in {400, 403, 404, 410, 413, 422}:
        raise Undeliverable(_reason(answer))
    return _json(_fine(answer))


def _ask(settings: Mapping[str, str], path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Answer:
    if not settings.get("token"):
        raise NotSetUp(_("The access token is missing."))
    said = {"Authorization": f"Bearer {settings['token']}", "Accept": "application/json", **(headers or {})}
    try:
        return fetch(settings.get("server", "") + path, method="GET" if body is None else "POST", body=body, headers=said)
    except NotFetched as trouble:
        kind = MaybeSent if body is not None and trouble.may_have_arrived else TryLater
        raise kind(str(trouble)) from None


def _fine(answer: Answer) -> Answer:
    if answer.is_fine:
        return answer
    if answer.status == 401:
        raise TryLater(_("The server does not take our access token (any more)."))
    if answer.status == 403:
        raise NotAllowedThere(_reason(answer))
    raise TryLater(_reason(answer), after=_BUSY if answer.status == 429 else None)


def _json(answer: Answer) -> Any:
    try:
        return answer.json()
    except NotFetched as trouble:
        raise TryLater(str(trouble)) from None


def _reason(answer: Answer) -> str:
    try:
        said = answer.json()
        words = said.get("error", "") if isinstance(said, dict) else ""
    except NotFetched:
        words = ""
    return clean_line(f"{answer.status} {words}", limit=300)
