"""A real `./kept run` in a process group of its own, and what it has cost the processor so far."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

HOST = "127.0.0.1"
ROOT = Path(__file__).resolve().parents[2]
TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port that nobody has at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


class House:
    """Kept as an operator starts it, on the bench's own folder or database."""

    def __init__(self, *roles: str, smtp_port: int = 0, prefix: tuple[str, ...] = ()) -> None:
        self.port, self.lmtp_port = free_port(), free_port()
        self.prefix = prefix
        self._arguments = [*(roles or ("run",)), "--port", str(self.port)]
        if not roles:
            self._arguments += ["--data", os.environ["KEPT_DATA"], "--lmtp-port", str(self.lmtp_port)]
        self._environment = {name: value for name, value in os.environ.items() if name != "KEPT_DEMO"}
        if smtp_port:
            self._environment["KEPT_SMTP_URL"] = f"smtp://{HOST}:{smtp_port}"
        self._environment["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT}"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        """Begins to start; `wait` says when it answers."""
        log = (Path(os.environ["KEPT_DATA"]) / "house.log").open("ab")
        command = [*self.prefix, sys.executable, "-m", "kept", *self._arguments]
        self._process = subprocess.Popen(command, env=self._environment, stdout=log, stderr=log, start_new_session=True, cwd=ROOT)
        log.close()

    def wait(self, *, seconds: float = 60) -> None:
        """It answers. Raises SystemExit with its last words when it does not."""
        last = time.monotonic() + seconds
        while time.monotonic() < last:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (OSError, urllib.error.URLError):
                time.sleep(0.05)
        self.kill()
        raise SystemExit((Path(os.environ["KEPT_DATA"]) / "house.log").read_text()[-2000:])

    def kill(self) -> None:
        """kill -9 of the whole process group, in the middle of whatever it does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """As ctrl-c does."""
        self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)
        self._process.wait(timeout=15)
        self._process = None

    def cpu(self) -> float:
        """Seconds of the processor that the group has used so far."""
        assert self._process is not None
        spent = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == self._process.pid:
                spent += int(fields[11]) + int(fields[12])
        return spent / TICKS
