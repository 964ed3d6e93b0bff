"""A session with a Bluesky server, kept and renewed: to sign in is allowed only 300 times a day."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from kept.channels.base import MaybeSent, NotSetUp, TryLater, Undeliverable
from kept.channels.cleaning import clean_line
from kept.channels.json_items import line
from kept.lib.fetching import Answer, NotFetched, fetch

_EXPIRED = {"ExpiredToken", "InvalidToken", "AuthMissing"}
_GONE = {"RecordNotFound", "NotFound", "BlockedActor", "BlockedByActor"}
_GONE_SAYS = ("not locate record", "Profile not found")
_BUSY = 60


class Missing(TryLater):
    """The server knows no such record or account (any more), or does not show it to us."""


@dataclass(frozen=True, slots=True)
class Session:
    """Who we are there, and the two tokens: one for asking, one for a new pair."""

    did: str
    access: str
    refresh: str


_sessions: dict[tuple[str, str, str], Session] = {}
_one_at_a_time = threading.Lock()


def call(settings: Mapping[str, str], method: str, *, body: Mapping[str, Any] | None = None, **query: object) -> Any:
    """What the server answers to this XRPC method; with a body it is a procedure. Raises TryLater or Undeliverable."""
    session = signed_in(settings)
    answer = _ask(settings, method, token=session.access, body=body, query=query)
    if _error(answer) in _EXPIRED:
        session = signed_in(settings, instead_of=session)
        answer = _ask(settings, method, token=session.access, body=body, query=query)
    if body is not None and answer.status == 400:
        raise Undeliverable(_reason(answer))
    return _json(_fine(answer))


def signed_in(settings: Mapping[str, str], *, instead_of: Session | None = None) -> Session:
    """The session of this account: the one there is, a renewed one, or a new one. Raises TryLater."""
    who = (settings.get("server", ""), settings.get("address", ""), settings.get("password", ""))
    if not who[2]:
        raise NotSetUp(_("The app password is missing."))
    with _one_at_a_time:
        known = _sessions.get(who)
        if known is None or known == instead_of:
            _sessions[who] = _renewed(settings, known) or _new(settings)
        return _sessions[who]


def forget_sessions() -> None:
    """The next call signs in anew."""
    _sessions.clear()


def _renewed(settings: Mapping[str, str], old: Session | None) -> Session | None:
    if old is None:
        return None
    answer = _ask(settings, "com.atproto.server.refreshSession", token=old.refresh, body={})
    return _session(answer) if answer.is_fine else None


def _new(settings: Mapping[str, str]) -> Session:
    who = {"identifier": settings.get("address", "").lstrip("@"), "password": settings.get("password", "")}
    answer = _ask(settings, "com.atproto.server.createSession", body=who)
    if answer.status in {400, 401}:
        raise TryLater(_("The server does not take our handle and app password."), after=_BUSY)
    return _session(_fine(answer))


def _session(answer: Answer) -> Session:
    said = _json(answer)
    made = Session(line(said, "did"), line(said, "accessJwt"), line(said, "refreshJwt"))
    if not made.did or not made.access:
        raise TryLater(_("What came back is no session."))
    return made


def _ask(
    settings: Mapping[str, str],
    method: str,
    *,
    token: str = "",
    body: Mapping[str, Any] | None = None,
    query: Mapping[str, object] | None = None,
) -> Answer:
    asked = urlencode({name: value for name, value in (query or {}).items() if value not in ("", None)}, doseq=True)
    url = f"{settings.get('server', '')}/xrpc/{method}{'?' + asked if asked else ''}"
    headers = {"Accept": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    content = None if body is None else json.dumps(body).encode() if body else b""
    if content:
        headers["Content-Type"] = "application/json"
    try:
        return fetch(url, method="GET" if body is None else "POST", body=content, headers=headers)
    except NotFetched as trouble:
        is_word = method == "com.atproto.repo.putRecord" and trouble.may_have_arrived
        raise (MaybeSent if is_word else TryLater)(str(trouble)) from None


def _fine(answer: Answer) -> Answer:
    if not answer.is_fine:
        why = _reason(answer)
        if answer.status in {400, 404} and (_error(answer) in _GONE or any(one in why for one in _GONE_SAYS)):
            raise Missing(why)
        raise TryLater(why, after=_BUSY if answer.status == 429 else None)
    return answer


def _json(answer: Answer) -> Any:
    try:
        return answer.json()
    except NotFetched as trouble:
        raise TryLater(str(trouble)) from None


def _error(answer: Answer) -> str:
    if answer.is_fine:
        return ""
    try:
        return line(answer.json(), "error")
    except NotFetched:
        return ""


def _reason(answer: Answer) -> str:
    try:
        said = answer.json()
    except NotFetched:
        said = {}
    return clean_line(f"{answer.status} {line(said, 'error')} {line(said, 'message')}", limit=300)
