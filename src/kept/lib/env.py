"""Typed environment variables; every secret may also come from a file named by `<NAME>_FILE`."""

from __future__ import annotations

import os
from pathlib import Path


class WrongSetting(Exception):
    """An environment variable cannot be used; the sentence names it and says what would do."""


def text(name: str, default: str = "") -> str:
    """The variable, or the stripped content of the file that `<name>_FILE` names."""
    path = os.environ.get(f"{name}_FILE")
    if path is None:
        return os.environ.get(name, default)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as trouble:
        raise WrongSetting(f"{name}_FILE names {path}, which cannot be read: {trouble.strerror}.") from None


def number(name: str, default: int) -> int:
    """The variable as a whole number of at least 0."""
    value = text(name)
    if not value:
        return default
    if not value.isdecimal():
        raise WrongSetting(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def truth(name: str, default: bool) -> bool:
    """The variable as yes or no: 1/0, true/false, yes/no, on/off."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise WrongSetting(f"{name} must be yes or no, not {value!r}.")
