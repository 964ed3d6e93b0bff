"""A real Bluesky server with accounts of customers and ours: it can be killed, started again, and asked what stands on it."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.counterparts.bluesky.building import HERE, SCRIPT, built, node
from tests.counterparts.patience import eventually, free_port

POST = "app.bsky.feed.post"
PASSWORD = "green glasses"
STARTING = 120
QUIET = {"LOG_ENABLED": "false", "NODE_ENV": "test"}
NO_LIMIT = {"x-ratelimit-bypass": "a-customer-of-the-test"}
"""The limits hold for us; those whom the test plays do not count."""


@dataclass
class Person:
    """An account there: who it is, and what it may write with."""

    handle: str
    did: str
    token: str


@dataclass
class DataServer:
    """Its address, its folder, and the process while there is one."""

    folder: Path
    port: int = field(default_factory=free_port)
    directory_port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    source: Path = HERE
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def firehose(self) -> str:
        return f"ws://localhost:{self.port}/xrpc/com.atproto.sync.subscribeRepos"

    def start(self) -> None:
        """It answers."""
        place = built(self.source)
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [node(), SCRIPT, *self.arguments()], cwd=place, stdout=log, stderr=log, env={**QUIET, **self.environment}
            )
        eventually(self._answers, within=STARTING)

    def arguments(self) -> list[str]:
        """What its script is told."""
        return [str(self.port), str(self.directory_port), str(self.folder)]

    def _answers(self) -> bool:
        assert self.process is not None and self.process.poll() is None, (self.folder / "log").read_text()[-2000:]
        try:
            return bool(self.asks("_health"))
        except OSError:
            return False

    def kill(self) -> None:
        """As if the power went."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def welcomes(self, name: str) -> Person:
        """Somebody new has an account there."""
        said = self.asks(
            "com.atproto.server.createAccount",
            {"handle": f"{name}.test", "email": f"{name}@example.org", "password": PASSWORD},
        )
        return Person(said["handle"], said["did"], said["accessJwt"])

    def app_password(self, person: Person) -> str:
        """What that person gives a program instead of the password of the account."""
        made = self.asks("com.atproto.server.createAppPassword", {"name": "Kept"}, token=person.token)
        return str(made["password"])

    def says(self, person: Person, text: str, **more: Any) -> dict[str, str]:
        """A post of theirs: its uri and cid."""
        return self.writes(person, POST, text=text, langs=["en"], **more)

    def writes(self, person: Person, collection: str, **said: Any) -> dict[str, str]:
        """A record of theirs: its uri and cid."""
        record = {"$type": collection, "createdAt": _now(), **said}
        made = self.asks("com.atproto.repo.createRecord", _in(person, collection=collection, record=record), token=person.token)
        return {"uri": made["uri"], "cid": made["cid"]}

    def changes(self, person: Person, uri: str, text: str) -> None:
        """What stands under that address now is something else."""
        record = {"$type": POST, "text": text, "createdAt": _now()}
        self.asks("com.atproto.repo.putRecord", _in(person, rkey=uri.rpartition("/")[2], record=record), token=person.token)

    def takes_back(self, person: Person, uri: str) -> None:
        """That post is gone."""
        self.asks("com.atproto.repo.deleteRecord", _in(person, rkey=uri.rpartition("/")[2]), token=person.token)

    def posts_of(self, did: str) -> list[dict[str, Any]]:
        """Every post that stands in this repository."""
        asked = urlencode({"repo": did, "collection": POST, "limit": 100})
        return list(self.asks(f"com.atproto.repo.listRecords?{asked}")["records"])

    def asks(self, method: str, body: dict[str, Any] | None = None, *, token: str = "") -> Any:
        """The answer to this call, as a program of a customer makes it."""
        headers = {"Content-Type": "application/json", **NO_LIMIT, **({"Authorization": f"Bearer {token}"} if token else {})}
        content = None if body is None else json.dumps(body).encode()
        try:
            with urllib.request.urlopen(urllib.request.Request(f"{self.url}/xrpc/{method}", content, headers)) as answer:
                return json.loads(answer.read() or b"{}")
        except urllib.error.HTTPError as trouble:
            raise AssertionError(f"{method}: {trouble.code} {trouble.read()!r}") from None


@contextmanager
def a_data_server() -> Iterator[DataServer]:
    """It runs as long as the block lasts."""
    server = DataServer(Path(tempfile.mkdtemp(prefix="kept-pds-")))
    try:
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(server.folder, ignore_errors=True)


def mentions(text: str, whom: Person) -> dict[str, Any]:
    """The facet that makes @name in these words name that person."""
    start = len(text[: text.index(f"@{whom.handle}")].encode())
    where = {"byteStart": start, "byteEnd": start + len(whom.handle) + 1}
    return {"facets": [{"index": where, "features": [{"$type": "app.bsky.richtext.facet#mention", "did": whom.did}]}]}


def _in(person: Person, **more: Any) -> dict[str, Any]:
    return {"repo": person.did, "collection": POST, **more}


def _now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")
