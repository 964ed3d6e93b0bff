"""A whole house as its operator runs it: `./kept run` in a folder of its own, and a post office that takes what it sends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from tests.counterparts.patience import PATIENCE, eventually, free_port
from tests.counterparts.post_office import PostOffice

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Answer:
    """What a page, the door or the API answered."""

    status: int
    body: bytes
    headers: Mapping[str, str]

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class House:
    """Started with `start`, and asked over the network only."""

    data: Path
    port: int
    lmtp_port: int
    smtp: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    wrapped_in: tuple[str, ...] = ()
    """A program that runs it, such as strace."""
    process: subprocess.Popen[bytes] | None = None
    token: str = ""

    def start(self) -> None:
        """It answers, and is ready."""
        self.log = self.data.parent / f"{self.data.name}.log"
        self.process = subprocess.Popen(
            [*self.wrapped_in, *self._command("run", "--port", self.port, "--lmtp-port", self.lmtp_port)],
            cwd=ROOT,
            env=self._environ(),
            stdout=self.log.open("ab"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        eventually(self._is_ready)

    def _command(self, verb: str, *arguments: object) -> list[str]:
        return [sys.executable, "-m", "kept", verb, *(str(one) for one in arguments)]

    def _environ(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("KEPT_", "DJANGO_"))}
        return {
            **ours,
            "KEPT_DATA": str(self.data),
            "KEPT_SMTP_URL": self.smtp,
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            **self.environment,
        }

    def _is_ready(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.said
        try:
            return self.get("/readyz").status == 200
        except OSError:
            return False

    @property
    def said(self) -> str:
        """Everything it printed so far."""
        return self.log.read_text(errors="replace")

    def stop(self, how: int = signal.SIGTERM) -> int:
        """The signal a person or the system sends; its exit code once it is gone."""
        assert self.process is not None
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)

    def end(self) -> None:
        """Nothing of it is left, whatever the test did."""
        if self.process is not None:
            for pid in group_of(self.process.pid):
                with suppress(ProcessLookupError):  # each ends by itself when the one before it is gone
                    os.kill(pid, signal.SIGKILL)
            self.process.wait(PATIENCE)

    def command(self, verb: str, *arguments: object, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """A verb of `./kept` in this house's folder, beside the running one."""
        return subprocess.run(
            self._command(verb, *arguments), cwd=ROOT, env=self._environ(), input=given, capture_output=True, check=False
        )

    def told(self, verb: str, *arguments: object) -> dict[str, str]:
        """What such a verb prints with --json."""
        done = self.command(verb, *arguments, "--json")
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    def hires(self, name: str, *, email: str, role: str = "employee") -> dict[str, str]:
        """Somebody works here."""
        return self.told("employee", "add", name, "--email", email, "--role", role)

    def opens(self, kind: str, name: str, **settings: str) -> dict[str, str]:
        """One more way in, which may send at once."""
        pairs = [part for key, value in settings.items() for part in ("--set", f"{key}={value}")]
        return self.told("account", "add", kind, "--name", name, *pairs, "--open")

    def gives_a_token(self) -> None:
        """From now on `api` speaks with the rights of a program that may do everything."""
        self.token = self.told("token", "add", "story", "--scope", "all")["token"]

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self._ask("GET", path, b"", headers or {})

    def post(self, path: str, fields: Mapping[str, str] | bytes, headers: Mapping[str, str] | None = None) -> Answer:
        body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})})

    def api(self, path: str, body: object | None = None):
        """GET, or with a body POST; the JSON, which must not be a refusal."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        method, sent = ("GET", b"") if body is None else ("POST", json.dumps(body).encode())
        answer = self._ask(method, f"/api/v1{path}", sent, headers)
        assert answer.status < 300, (answer.status, answer.text)
        return answer.json

    def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        line = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            line.request(method, path, body=body or None, headers=dict(headers))
            response = line.getresponse()
            return Answer(response.status, response.read(), {name.lower(): value for name, value in response.getheaders()})
        finally:
            line.close()


def group_of(leader: int) -> list[int]:
    """The processes that live in this one's group; a zombie lives no more (proc(5): state and pgrp are fields 3 and 5)."""
    alive = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, group = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(group) == leader and state not in "ZX":
            alive.append(int(stat.parent.name))
    return sorted(alive)


@contextmanager
def a_house(folder: Path, **settings: object) -> Iterator[tuple[House, PostOffice]]:
    """A running house and the post office behind it, for as long as the block lasts."""
    with PostOffice() as post:
        house = House(folder / "data", free_port(), free_port(), post.url, **settings)  # type: ignore[arg-type]
        try:
            house.start()
            yield house, post
        finally:
            house.end()
