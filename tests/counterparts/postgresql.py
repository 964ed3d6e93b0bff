"""A PostgreSQL server of our own, in a folder that goes with it. It refuses to be root, so root lends it the user postgres."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")


def binaries() -> Path | None:
    """Where initdb and pg_ctl lie, if this machine has them."""
    found = sorted(DEBIAN.glob("*/bin/pg_ctl"), key=lambda path: int(path.parents[1].name)) if DEBIAN.is_dir() else []
    if found:
        return found[-1].parent
    elsewhere = shutil.which("pg_ctl")
    return Path(elsewhere).resolve().parent if elsewhere and shutil.which("initdb") else None


@contextmanager
def server(*, is_durable: bool = False) -> Iterator[str]:
    """Its KEPT_DATABASE_URL, for as long as the block lasts. Without `is_durable` it syncs nothing: tests lose no power."""
    folder = Path(tempfile.mkdtemp(prefix="kept-pg-"))
    place, port = binaries(), _free_port()
    assert place is not None, "there is no PostgreSQL on this machine"
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1" + (
        "" if is_durable else " -c fsync=off -c full_page_writes=off"
    )
    try:
        _as_itself(place / "initdb", "-D", folder / "db", "-A", "trust", "-U", "kept", "-E", "UTF8", "--locale=C.UTF-8")
        _as_itself(place / "pg_ctl", "-D", folder / "db", "-l", folder / "log", "-w", "-o", options, "start")
        _as_itself(place / "createdb", "-h", "127.0.0.1", "-p", port, "-U", "kept", "kept")
        yield f"postgresql://kept@127.0.0.1:{port}/kept"
    finally:
        _as_itself(place / "pg_ctl", "-D", folder / "db", "-m", "immediate", "stop", must=False)
        shutil.rmtree(folder, ignore_errors=True)


def _as_itself(*command: object, must: bool = True) -> None:
    who = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    subprocess.run(
        [str(part) for part in command],
        check=must,
        stdout=subprocess.DEVNULL,
        user=who.pw_uid if who else None,
        group=who.pw_gid if who else None,
        extra_groups=[] if who else None,
        cwd="/",
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
