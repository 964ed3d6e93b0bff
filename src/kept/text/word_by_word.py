"""A text word by word: as written, folded, where it stands, and how its writer uses capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kept.text.words import folded, is_german

_WORD = re.compile(r"[^\W\d_]+")
_STOPS = re.compile(r"[.!?…:;\n\"“”„»«]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word: as written, folded, where it stands, and what stands before it."""

    text: str
    low: str
    start: int
    end: int
    gap: str

    @property
    def begins(self) -> bool:
        """First of its sentence, so that a capital says nothing."""
        return self.start == 0 or _STOPS.search(self.gap) is not None

    @property
    def is_capital(self) -> bool:
        """Written with a capital."""
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Reading:
    """A text in words, and how it is written."""

    tokens: list[Token]
    german: bool
    shouts: bool
    whispers: bool
    """Without any capital, or in nothing but capitals: then capitals say nothing."""


def read(own: str, tokens: list[Token]) -> Reading:
    """How this text is written."""
    words = [token.text for token in tokens]
    return Reading(
        tokens=tokens,
        german=is_german(own.lower()),
        shouts=len(words) > 3 and sum(word.isupper() for word in words) > 0.6 * len(words),
        whispers=not any(word[0].isupper() and word != "I" for word in words),
    )


def tokens_in(text: str) -> Iterator[Token]:
    """Its words, in order."""
    place = 0
    for word in _WORD.finditer(text):
        yield Token(word[0], folded(word[0]), word.start(), word.end(), text[place : word.start()])
        place = word.end()
