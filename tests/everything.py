"""`./kept test`: every test, on SQLite and on PostgreSQL at the same time, each with a database of its own.

With arguments they go to pytest as they are, on SQLite (or on KEPT_DATABASE_URL where it is set). Tests that touch no database
run once. Without a PostgreSQL server on this machine its run is left out and named; in CI that is a failure.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.counterparts.postgresql import binaries, server

ROOT = Path(__file__).resolve().parents[1]
ONCE = ("src/kept/lib", "src/kept/text", "src/kept/channels", "tests/house", "tests/counterparts")
"""Folders that need no database, or a whole house that is started elsewhere: run on SQLite only."""
COUNTS = re.compile(r"(\d+) (passed|failed|error|errors|skipped)\b")


def main(arguments: list[str]) -> int:
    """The exit code: 0 when everything passed and, in CI, nothing was left out."""
    if arguments:
        return subprocess.call([sys.executable, "-m", "pytest", *arguments], cwd=ROOT)
    if binaries() is None:
        print("Left out: the run on PostgreSQL (apt install postgresql).", flush=True)
        code = subprocess.call(_pytest(), cwd=ROOT)
        return code or (1 if os.environ.get("CI") else 0)
    with server(is_durable=True) as url, _log() as log:
        second = subprocess.Popen(
            _pytest(*(f"--ignore={folder}" for folder in ONCE)),
            cwd=ROOT,
            env={**os.environ, "KEPT_DATABASE_URL": url},
            stdout=log.open("wb"),
            stderr=subprocess.STDOUT,
        )
        on_sqlite = subprocess.run(_pytest(), cwd=ROOT, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        print("== On SQLite\n" + on_sqlite.stdout.decode(errors="replace"), flush=True)
        second.wait()
        told = log.read_text(errors="replace")
        print("== On PostgreSQL\n" + told, flush=True)
    _sum(on_sqlite.stdout.decode(errors="replace") + told)
    return on_sqlite.returncode or second.returncode


def _pytest(*more: str) -> list[str]:
    return [sys.executable, "-m", "pytest", *more]


@contextmanager
def _log() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="kept-tests-") as folder:
        yield Path(folder) / "postgresql.log"


def _sum(told: str) -> None:
    closing = [line for line in told.splitlines() if COUNTS.search(line) and " in " in line]
    found = [(int(count), what) for line in closing for count, what in COUNTS.findall(line)]
    passed = sum(count for count, what in found if what == "passed")
    failed = sum(count for count, what in found if what in {"failed", "error", "errors"})
    print(f"{passed} passed, {failed} failed", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
