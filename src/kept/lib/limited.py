"""Becomes another program that may do little: so much memory and time, no new rights, low priority, and no network as far as
the kernel lets us. Started as a script by lib/programs.py, never imported by it."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
LARGEST_FILE = 1024**3
LOW = 15
"""By how much it stands back behind everything else."""


def become(seconds: int, megabytes: int, command: list[str]) -> None:
    """This process is that program from now on."""
    os.nice(LOW)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024**2,) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _stand_apart()
    os.execvp(command[0], command)  # noqa: S606 - no shell is wanted


def _stand_apart() -> None:
    """Linux only, and as far as it is allowed: dies with its parent, gains no rights, sees no network."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)
    except (OSError, AttributeError):
        return


if __name__ == "__main__":
    become(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
