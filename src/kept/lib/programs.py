"""Programs of the machine that work on a stranger's file: without a shell, in a folder of their own, within limits."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

_LIMITED = Path(__file__).with_name("limited.py")
MEGABYTES = 1500
LOOK_UP = 0.05
LONGEST_COMPLAINT = 2000
PASSED_ON = ("PATH", "TESSDATA_PREFIX", "LANG", "LC_ALL")


class ProgramMissing(Exception):
    """It is not installed."""


class ProgramFailed(Exception):
    """It came to no end, or to a bad one; `str()` is what it said."""


class Stopped(Exception):
    """The house is closing; nothing was decided."""


def run(
    command: Sequence[str | Path],
    *,
    folder: Path,
    seconds: int,
    megabytes: int = MEGABYTES,
    should_stop: Callable[[], bool] = lambda: False,
) -> bytes:
    """What the program wrote to its standard output; it ran in `folder` and is gone.

    Raises ProgramMissing, ProgramFailed, Stopped.
    """
    program = shutil.which(str(command[0]))
    if program is None:
        raise ProgramMissing(str(command[0]))
    limited = [sys.executable, "-I", "-S", str(_LIMITED), str(seconds), str(megabytes), program, *map(str, command[1:])]
    said, complained = folder / f".said-{time.monotonic_ns()}", folder / f".complained-{time.monotonic_ns()}"
    with said.open("wb") as out, complained.open("wb") as trouble:
        process = subprocess.Popen(
            limited, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=trouble, env=_surroundings(), start_new_session=True
        )
        _wait(process, seconds=seconds, should_stop=should_stop)
    if process.returncode:
        with complained.open("rb") as words:
            raise ProgramFailed(words.read(LONGEST_COMPLAINT).decode("utf-8", "replace").strip() or f"{process.returncode}")
    return said.read_bytes()


def _surroundings() -> dict[str, str]:
    """Nothing of our own settings and secrets."""
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {"LC_ALL": "C.UTF-8", **passed_on, "OMP_THREAD_LIMIT": "1"}


def _wait(process: subprocess.Popen[bytes], *, seconds: int, should_stop: Callable[[], bool]) -> None:
    last = time.monotonic() + seconds
    try:
        while process.poll() is None:
            if should_stop():
                raise Stopped
            if time.monotonic() > last:
                raise ProgramFailed(f"it took longer than {seconds} s")
            time.sleep(LOOK_UP)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
