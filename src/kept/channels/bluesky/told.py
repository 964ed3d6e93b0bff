"""What a stream says, as one kind of value: frames of a server's or relay's firehose (DAG-CBOR) and of a Jetstream (JSON)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import libipld

POST = "app.bsky.feed.post"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Outdated(Exception):
    """The stream says that it no longer has all that was said after our cursor; it goes on with what it has."""


class Refused(Exception):
    """The stream says why it ends: FutureCursor, ConsumerTooSlow."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened there; without `action` only the number that the stream has reached."""

    number: int
    at: datetime
    action: Literal["", "create", "update", "delete"] = ""
    did: str = ""
    uri: str = ""
    cid: str = ""
    record: dict[str, Any] | None = None


def from_firehose(frame: bytes) -> Iterator[Told]:
    """Everything in one frame (com.atproto.sync.subscribeRepos). A block is opened only where a post lies in it."""
    header, body = _two(frame)
    if header.get("op") == -1:
        raise Refused(str(body.get("error") or "?"))
    if header.get("t") == "#info":
        if body.get("name") == "OutdatedCursor":
            raise Outdated
        return
    number, at = body.get("seq"), _moment(body.get("time"))
    if not isinstance(number, int):
        return
    if header.get("t") == "#commit":
        yield from _committed(body, number, at)
    yield Told(number, at)


def _committed(body: dict[str, Any], number: int, at: datetime) -> Iterator[Told]:
    said = body.get("ops")
    operations = [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []
    operations = [one for one in operations if str(one.get("path", "")).startswith(f"{POST}/")]
    if not operations:
        return
    blocks = _blocks(body.get("blocks"))
    did = str(body.get("repo") or "")
    for one in operations:
        action, uri, cid = one.get("action"), f"at://{did}/{one['path']}", one.get("cid")
        if action == "delete":
            yield Told(number, at, "delete", did=did, uri=uri)
        elif action in {"create", "update"} and isinstance(cid, bytes) and isinstance(record := blocks.get(cid), dict):
            yield Told(number, at, action, did=did, uri=uri, cid=libipld.encode_cid(cid), record=_plain(record))


def _two(frame: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    try:
        header, body = libipld.decode_dag_cbor_multi(frame)
    except (ValueError, TypeError) as trouble:
        raise Refused(f"this is no frame: {trouble}") from None
    if not isinstance(header, dict) or not isinstance(body, dict):
        raise Refused("this is no frame")
    return header, body


def _blocks(content: Any) -> dict[Any, Any]:
    """A commit too large for its frame has none: then the search finds the post."""
    try:
        return dict(libipld.decode_car(content)[1]) if content else {}
    except (ValueError, TypeError):
        return {}


def _plain(value: Any) -> Any:
    """As JSON writes it: a link to a block is its name."""
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, bytes):
        return libipld.encode_cid(value) if value[:1] == b"\x01" else value.hex()
    return value


def from_jetstream(frame: str | bytes) -> Iterator[Told]:
    """What one line of a Jetstream says."""
    try:
        said = json.loads(frame)
        number = int(said["time_us"])
        at = _EPOCH + timedelta(microseconds=number)
    except (ValueError, KeyError, TypeError, OverflowError):
        return
    did = str(said.get("did") or "")
    commit = said.get("commit")
    if isinstance(commit, dict) and commit.get("collection") == POST:
        action, uri = commit.get("operation"), f"at://{did}/{POST}/{commit.get('rkey')}"
        record = commit.get("record")
        if action == "delete":
            yield Told(number, at, "delete", did=did, uri=uri)
        elif action in {"create", "update"} and isinstance(record, dict):
            yield Told(number, at, action, did=did, uri=uri, cid=str(commit.get("cid") or ""), record=record)
    yield Told(number, at)


def _moment(written: object) -> datetime:
    try:
        at = datetime.fromisoformat(str(written))
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    except ValueError:
        return _EPOCH
