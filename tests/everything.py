"""`./kept test`: every test, on SQLite and on PostgreSQL, two lots at a time, each with a database of its own.

With arguments they go to pytest as they are, on SQLite (or on KEPT_DATABASE_URL where it is set). Tests that touch no database
run once. Without a PostgreSQL server on this machine its run is left out and named; in CI that is a failure.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.counterparts.postgresql import binaries, server

ROOT = Path(__file__).resolve().parents[1]
COUNTERPARTS = ROOT / "tests" / "counterparts"
PURE = ("src/kept/lib", "src/kept/text", "src/kept/channels", "tests/house")
"""Folders that need no database; like the counterparts, which start whole houses, they run once."""
LANES = 2
COUNTS = re.compile(r"(\d+) (passed|failed|error|errors|skipped)\b")


@dataclass(frozen=True, slots=True)
class Lot:
    """Tests that run in one process."""

    name: str
    arguments: tuple[str, ...]
    database: str = ""


def main(arguments: list[str]) -> int:
    """The exit code: 0 when everything passed and, in CI, nothing was left out."""
    if arguments:
        return subprocess.call(_pytest(arguments), cwd=ROOT)
    if binaries() is None:
        print("Left out: the run on PostgreSQL (apt install postgresql).", flush=True)
        return _run(lots("")) or (1 if os.environ.get("CI") else 0)
    with server(is_durable=True) as url:
        return _run(lots(url))


def lots(postgresql: str) -> list[Lot]:
    """Every test in one of them, the longest first."""
    browsers = [str(path.relative_to(ROOT)) for path in sorted(COUNTERPARTS.glob("test_*_in_a_browser.py"))]
    kept = [f"--ignore={folder}" for folder in (*PURE, "tests/counterparts")]
    others = [f"--ignore={path}" for path in browsers]
    return [
        *([Lot("On PostgreSQL", tuple(kept), postgresql)] if postgresql else []),
        Lot("On SQLite", tuple(kept)),
        Lot("With real counterparts", ("tests/counterparts", *others)),
        Lot("In a browser", tuple(browsers)),
        Lot("Without a database", PURE),
    ]


def _run(lots: list[Lot]) -> int:
    """All of them, two at a time; what each printed, and the sum."""
    with ThreadPoolExecutor(LANES) as lanes:
        done = list(lanes.map(_run_one, lots))
    _sum("\n".join(told for _code, told in done))
    return max(code for code, _told in done)


def _run_one(lot: Lot) -> tuple[int, str]:
    more = {"KEPT_DATABASE_URL": lot.database} if lot.database else {}
    done = subprocess.run(
        _pytest(lot.arguments),
        cwd=ROOT,
        check=False,
        env={**os.environ, **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    told = done.stdout.decode(errors="replace")
    print(f"== {lot.name}\n{told}", flush=True)
    return done.returncode, told


def _pytest(arguments: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "pytest", *arguments]


def _sum(told: str) -> None:
    closing = [line for line in told.splitlines() if COUNTS.search(line) and " in " in line]
    found = [(int(count), what) for line in closing for count, what in COUNTS.findall(line)]
    passed = sum(count for count, what in found if what == "passed")
    failed = sum(count for count, what in found if what in {"failed", "error", "errors"})
    print(f"{passed} passed, {failed} failed", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
