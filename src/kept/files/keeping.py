"""Bytes by their content hash, synced to disk before any row may name them."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from django.conf import settings

_NAME = re.compile("[0-9a-f]{64}")


def keep(content: bytes) -> str:
    """The bytes are on disk, file and folder synced; returns their sha256, which is their name."""
    name = hashlib.sha256(content).hexdigest()
    path = path_of(name)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(content, path)
    # Also where it was there already: whoever put it there may not have come this far.
    for folder in list(path.parents)[:3]:
        _sync_folder(folder)
    return name


def _write(content: bytes, path: Path) -> None:
    """The file appears whole and synced, or not at all."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def read(name: str) -> bytes:
    """The bytes kept under this name; raises FileNotFoundError when there are none."""
    return path_of(name).read_bytes()


def path_of(name: str) -> Path:
    """Where bytes of that sha256 lie."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not a sha256.")
    return Path(settings.DATA) / "files" / name[:2] / name


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
