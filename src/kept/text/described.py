"""Good words about somebody without a name: “the young man at the till was so kind”. Only proposes (R12)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kept.text.name_words import ROLES
from kept.text.own_words import own_words
from kept.text.praise import GoodWord, is_good_about, may_praise
from kept.text.praise_patterns import WHO
from kept.text.words import even, folded, sentences

_OURS = r"(?:your|the|that|this|ihr|ihre|ihrem|ihren|ihrer|euer|eure|eurem|der|die|dem|den|dieser|diese|dieses)"
_WHERE = (
    r"(?: (?:at|on|in|from|behind|with|am|an|im|in|mit|vom|von) (?:the|your|our|der|dem|den|ihrem|ihrer)? ?(?:[^\W\d_]+)"
    r"(?: (?!for|was|is|who|has|hat|war|ist|für|and|und)[^\W\d_]+)?)?"
)
_SOMEBODY = re.compile(rf"\b{_OURS} (?P<what>(?:[^\W\d_]+ ){{0,3}}[^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+")
_PLACE = re.compile(_WHERE)


def find_described(text: str) -> list[GoodWord]:
    """Every place where the writer's own words praise somebody by what they do, and not by name."""
    if not may_praise(text):
        return []
    found, own = list[GoodWord](), own_words(text)
    for sentence in sentences(own):
        low = even(sentence.text)
        for start, end in _people_in(low):
            if is_good_about(f"{low[:start]}{WHO}{low[end:]}", asks=sentence.asks):
                found.append(GoodWord(sentence.start + start, sentence.start + _with_where(low, end), sentence.text, ()))
                break
    return found


def _people_in(low: str) -> Iterator[tuple[int, int]]:
    """Where somebody stands who is spoken of by what they do: “the young man”, “your rider”."""
    for somebody in _SOMEBODY.finditer(low):
        for word in _WORD.finditer(low, somebody.start("what"), somebody.end()):
            if folded(word[0]) in ROLES:
                yield somebody.start(), word.end()
                break


def _with_where(low: str, end: int) -> int:
    """“... at the till” belongs to the description."""
    where = _PLACE.match(low, end)
    return where.end() if where else end
