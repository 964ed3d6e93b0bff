"""One house a folder, and its ports free: found out before anything is touched, and said in one sentence."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
from pathlib import Path
from typing import TextIO


class CannotStart(Exception):
    """Why, and what to do about it, in one sentence."""


def lock(data: Path) -> TextIO:
    """The folder is ours for as long as the returned file is open; whoever dies lets it go. Raises CannotStart."""
    file = (data / "lock").open("a+", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.seek(0)
        other = file.read().strip()
        file.close()
        who = f" (process {other})" if other else ""
        raise CannotStart(
            f"Kept is running already in {data}{who}. Stop it first, or give this one another folder: --data."
        ) from None
    file.seek(0)
    file.truncate()
    file.write(f"{os.getpid()}\n")
    file.flush()
    return file


def must_be_free(host: str, port: int, *, option: str) -> None:
    """Nobody listens at this port. Raises CannotStart, with the option that names another."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as trouble:
            if trouble.errno == errno.EADDRINUSE:
                raise CannotStart(f"Port {port} on {host} is taken by another program. Choose another: {option}.") from None
            raise CannotStart(f"Kept cannot listen on {host}, port {port}: {trouble.strerror}.") from None
        except OverflowError:
            raise CannotStart(f"There is no port {port}; it is a number up to 65535.") from None
