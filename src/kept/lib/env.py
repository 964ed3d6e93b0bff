"""Typed environment variables; every secret may also come from a file named by `<NAME>_FILE`."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit


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


def one_of(name: str, default: str, choices: tuple[str, ...]) -> str:
    """The variable as one of these words, in any case."""
    value = text(name, default)
    found = next((choice for choice in choices if choice.lower() == value.lower()), None)
    if found is None:
        raise WrongSetting(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return found


def web_address(name: str) -> str:
    """The variable as http(s)://host without a path or slash at its end; empty stays empty."""
    value = text(name).rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query):
        raise WrongSetting(f"{name} must look like https://kept.example.org, not {value!r}.")
    return value
