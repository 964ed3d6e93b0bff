"""Typed environment variables; every secret may also come from a file named by `<NAME>_FILE`."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import SplitResult, urlsplit


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


def number(name: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
    """The variable as a whole number from `least` to `most`."""
    value = text(name)
    if not value:
        return default
    if not value.isdecimal():
        raise WrongSetting(f"{name} must be a whole number, not {value!r}.")
    if not least <= int(value) <= most:
        raise WrongSetting(f"{name} must be a number from {least} to {most}, not {value}.")
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
    looks = f"{name} must look like https://kept.example.org"
    parts = address(value, looks=looks)
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query):
        raise WrongSetting(f"{looks}, not {value!r}.")
    return value


def address(value: str, *, looks: str) -> SplitResult:
    """The parts of an address, its port a number or missing. Raises WrongSetting with `looks`, and without what may be secret."""
    try:
        parts = urlsplit(value)
        _port = parts.port
    except ValueError as trouble:
        raise WrongSetting(f"{looks}; {str(trouble).partition(' as ')[0].lower()}.") from None
    return parts


def host_names(name: str) -> list[str]:
    """The variable as host names separated by commas, without an address's other parts."""
    found = [one for one in (part.strip() for part in text(name).split(",")) if one]
    for one in found:
        if set("/@ ") & set(one):
            raise WrongSetting(f"{name} must be host names separated by commas, such as kept.example.org; {one!r} is none.")
    return found


def host_name(name: str) -> str:
    """The variable as one host name; empty stays empty."""
    found = host_names(name)
    if len(found) > 1:
        raise WrongSetting(f"{name} must be one host name, such as example.org.")
    return found[0] if found else ""
