"""Part of the base: strips from words what no database, screen or mail header can carry."""

from __future__ import annotations

import re

_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def clean_text(text: str) -> str:
    """The words with LF line ends, without NUL (PostgreSQL refuses it); a lone surrogate becomes U+FFFD."""
    text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return _LONE_SURROGATE.sub("\ufffd", text)


def clean_line(text: str, *, limit: int = 1000) -> str:
    """One line of at most `limit` characters: no control characters or line separators, runs of blanks as one."""
    return " ".join(_LONE_SURROGATE.sub("\ufffd", _CONTROL.sub(" ", text)).split())[:limit].rstrip()
