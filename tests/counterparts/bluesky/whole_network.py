"""A whole Bluesky network of our own: who is mentioned, quoted or passed on is known there as in the real one."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.counterparts import postgresql
from tests.counterparts.bluesky.building import NETWORK
from tests.counterparts.bluesky.pds import DataServer, Person
from tests.counterparts.patience import eventually, free_port


class Network(DataServer):
    """A data server whose posts are indexed, counted and told of."""

    def arguments(self) -> list[str]:
        return [str(self.port)]

    def _answers(self) -> bool:
        return super()._answers() and "ready" in (self.folder / "log").read_text()

    def passes_on(self, person: Person, post: dict[str, str]) -> None:
        """Their followers see it, too."""
        self.writes(person, "app.bsky.feed.repost", subject=post)

    def likes(self, person: Person, post: dict[str, str]) -> None:
        """One heart more."""
        self.writes(person, "app.bsky.feed.like", subject=post)

    def follows(self, person: Person, whom: Person) -> None:
        """What that one says comes before their eyes."""
        self.writes(person, "app.bsky.graph.follow", subject=whom.did)

    def keeps_out(self, person: Person, whom: Person) -> None:
        """They block that one."""
        self.writes(person, "app.bsky.graph.block", subject=whom.did)

    def is_kept_out(self, person: Person, of: Person) -> bool:
        """Their program is told so when it asks for that page."""
        try:
            self.asks(f"app.bsky.feed.getAuthorFeed?{urlencode({'actor': of.did})}", token=person.token)
        except AssertionError as trouble:
            return "BlockedByActor" in str(trouble)
        return False

    def under(self, post: dict[str, str], *, seen_by: Person) -> list[dict[str, Any]]:
        """The posts that stand right under it, as that person's program shows the thread; none as long as it is not indexed."""
        asked = urlencode({"uri": post["uri"], "depth": 1})
        try:
            thread = self.asks(f"app.bsky.feed.getPostThread?{asked}", token=seen_by.token)["thread"]
        except AssertionError as trouble:
            if "NotFound" in str(trouble):
                return []
            raise
        return [one["post"] for one in thread["replies"]]

    def shows(self, post: dict[str, str], *, to: Person) -> bool:
        """Whoever looks for it finds it."""
        return bool(self.asks(f"app.bsky.feed.getPosts?{urlencode({'uris': post['uri']})}", token=to.token)["posts"])


@contextmanager
def a_whole_network() -> Iterator[Network]:
    """It runs as long as the block lasts, with a database and a cache of its own. Fails where one of its programs is missing."""
    assert postgresql.binaries() is not None, "the whole network needs PostgreSQL: apt install postgresql"
    folder = Path(tempfile.mkdtemp(prefix="kept-network-"))
    try:
        with a_cache(folder) as cache, postgresql.server() as database:
            where = {"DB_POSTGRES_URL": database, "REDIS_HOST": cache, "TMPDIR": str(folder)}
            network = Network(folder, source=NETWORK, environment=where)
            try:
                network.start()
                yield network
            finally:
                network.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def a_cache(folder: Path) -> Iterator[str]:
    """A Redis that writes nothing down: its host and port."""
    program = shutil.which("redis-server", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    assert program is not None, "the whole network needs Redis: apt install redis-server"
    port = free_port()
    told = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"]
    process = subprocess.Popen([program, *told], cwd=folder, stdout=subprocess.DEVNULL)
    try:
        eventually(lambda: _pongs(port))
        yield f"127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def _pongs(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
    except OSError:
        return False
