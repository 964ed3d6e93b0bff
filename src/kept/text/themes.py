"""What the words are about, as a code: cold_food, late_delivery ... By plain lists, in English and German; it only proposes."""

from __future__ import annotations

import re
from typing import Final

from kept.text.splitting import split_reply
from kept.text.theme_words import THEMES
from kept.text.words import READ_AT_MOST, even, sentences

_COMPILED: Final = {code: tuple(re.compile(pattern) for pattern in patterns) for code, patterns in THEMES.items()}
_DENIED: Final = re.compile(
    r"\b(?:not|n't|never|nothing|no longer|neither|hardly ever|nicht|nie|niemals|nichts|kein\w*|weder)\b(?: \w+){0,2}? ?$"
)
_OF_PRAISE: Final = frozenset({"cold_food", "damaged", "rude", "dirty", "wrong_item", "missing_item"})
"""Where "never cold" is praise. "Never came" is none: there the denial is part of the matter."""


def theme_of(text: str) -> str:
    """The code of what these words are about; empty where nothing fits. Quoted history does not count."""
    said = split_reply(text[:READ_AT_MOST]).new
    told: dict[str, int] = {}
    for sentence in sentences(said):
        low = even(sentence.text)
        for code, patterns in _COMPILED.items():
            if any(_speaks_of(code, pattern, low) for pattern in patterns):
                told[code] = told.get(code, 0) + 1
    return max(told, key=lambda code: told[code]) if told else ""


def _speaks_of(code: str, pattern: re.Pattern[str], low: str) -> bool:
    return any(not (code in _OF_PRAISE and _is_denied(low, found)) for found in pattern.finditer(low))


def _is_denied(low: str, found: re.Match[str]) -> bool:
    """ "Never cold", "nothing was missing", "nicht beschädigt": the denial stands just before it, or before its last word."""
    last = found.start() + max(found.group().rstrip().rfind(" "), 0)
    return bool(_DENIED.search(low[: found.start()]) or _DENIED.search(low[:last].rstrip() + " "))
