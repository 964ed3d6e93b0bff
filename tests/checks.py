"""`./kept check`: format, lint, types, floors, and the rules the house checks itself. All that fails is named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHECKS = {
    "format": [sys.executable, "-m", "ruff", "format", "--check", "."],
    "lint": [sys.executable, "-m", "ruff", "check", "."],
    "types": [sys.executable, "-m", "mypy"],
    "house rules and floors": [sys.executable, "-m", "pytest", "tests/house"],
}


def main() -> int:
    """The exit code: 0 when nothing was found."""
    failed = [name for name, command in CHECKS.items() if _fails(name, command)]
    print(f"Failed: {', '.join(failed)}" if failed else "Nothing found.", flush=True)
    return 1 if failed else 0


def _fails(name: str, command: list[str]) -> bool:
    print(f"== {name}", flush=True)
    return subprocess.call(command, cwd=ROOT) != 0


if __name__ == "__main__":
    sys.exit(main())
