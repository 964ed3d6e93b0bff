"""Everybody's names, ready to be looked for in a text: accents folded, umlauts either way, small slips forgiven."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kept.text import name_words as near
from kept.text.words import folded

SLIPS_FROM = 5
"""Letters from which on a name may be misspelt by one."""
_WORD = re.compile(r"[^\W\d_]+")
Names = dict[str, list[tuple[tuple[str, ...], int, str]]]
"""By its first word: the words of each name, whose it is, and what kind of name."""
_UMLAUTS = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"))


@dataclass(frozen=True, slots=True)
class Known:
    """One of us, by every name that customers may use; `nicknames` are separated by commas."""

    key: int
    name: str
    public_name: str = ""
    nicknames: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody's names, ready to be looked for: by the first word of each name, the longest names first."""

    people: tuple[Known, ...]
    names: Names = field(repr=False)
    surnames: Names = field(repr=False)
    slips: tuple[str, ...] = field(repr=False)


@lru_cache(maxsize=8)
def roster_of(people: tuple[Known, ...]) -> Roster:
    """The roster of these people; made once as long as nobody's names change."""
    names: Names = {}
    surnames: Names = {}
    for person in people:
        for parts, how in _names_of(person):
            for spelt in _spellings(parts):
                names.setdefault(spelt[0], []).append((spelt, person.key, how))
        for whole in dict.fromkeys((person.name, person.public_name)):
            for spelt in _spellings(_parts(whole.split()[-1])) if len(whole.split()) > 1 else ():
                surnames.setdefault(spelt[0], []).append((spelt, person.key, "title"))
    for several in names.values():
        several.sort(key=lambda one: -len(one[0]))
    slips = {name for name in names if len(name) >= SLIPS_FROM and name not in near.ALSO_WORDS}
    return Roster(people, names, surnames, tuple(sorted(slips)))


def _names_of(person: Known) -> Iterator[tuple[tuple[str, ...], str]]:
    for whole in dict.fromkeys((person.name, person.public_name)):
        parts = tuple(part for part in _parts(whole) if part not in near.TITLES)
        if len(parts) > 1:
            yield parts, "full"
            if len(parts) > 2:
                yield (parts[0], parts[-1]), "full"
        if parts:
            yield parts[:1], "first"
            if "-" in whole.split()[0] and len(parts) > 1:
                yield parts[:2], "first"
    for nickname in person.nicknames.split(","):
        if parts := tuple(_parts(nickname)):
            yield parts, "nickname"


def _parts(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(name)]


def _spellings(parts: Sequence[str]) -> set[tuple[str, ...]]:
    """Müller is muller and mueller, and Mueller is both as well; each part by itself."""
    return set(product(*(_spelt(part) for part in parts))) if parts else set()


def _spelt(part: str) -> set[str]:
    wide = narrow = part
    for umlaut, pair in _UMLAUTS:
        wide, narrow = wide.replace(umlaut, pair), narrow.replace(pair, umlaut)
    return {folded(part), folded(wide), folded(narrow)}


def slip(low: str, known: Roster) -> str | None:
    """The name this could be a slip for: one letter wrong, missing, too many, or two changed about."""
    return _nearest(low, known.slips) if low not in near.NO_NAMES else None


@lru_cache(maxsize=2048)
def _nearest(low: str, names: tuple[str, ...]) -> str | None:
    best = process.extractOne(low, names, scorer=OSA.distance, score_cutoff=1)
    return best[0] if best is not None and best[0][0] == low[0] else None
