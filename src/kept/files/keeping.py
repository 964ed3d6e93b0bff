"""Bytes by their content hash, synced to disk before any row may name them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from django.conf import settings


def keep(content: bytes) -> str:
    """The bytes are on disk, file and folder synced; returns their sha256, which is their name."""
    name = hashlib.sha256(content).hexdigest()
    path = path_of(name)
    if path.exists():
        return name
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{name}.{os.getpid()}.{os.urandom(4).hex()}")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    for folder in (path.parent, path.parent.parent):
        _sync_folder(folder)
    return name


def read(name: str) -> bytes:
    """The bytes kept under this name; raises FileNotFoundError when there are none."""
    return path_of(name).read_bytes()


def path_of(name: str) -> Path:
    """Where bytes of that sha256 lie."""
    if len(name) != 64 or not name.isalnum():
        raise ValueError(f"{name!r} is not a sha256.")
    return Path(settings.DATA) / "files" / name[:2] / name


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
