"""What the two grammars hand to the promise finder: the place where somebody binds themselves, and how firmly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kept.text.words import word_set

MOST_VERBS = 24
"""So many verbs of one sentence are weighed; no sentence a person writes has more that could bind."""

Kind = Literal["firm", "conditional", "expectation"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One binding in a sentence: the subject runs from `start` to `verb`, what is promised begins at `told`."""

    start: int
    verb: int
    told: int
    kind: Kind = "firm"
    who: str = ""
    is_somebody: bool = False  # a person of the house other than the writer
    is_thing: bool = False  # "your 16 boxes will be ...": the subject belongs to what is promised
    needs_date: bool = False


@dataclass(frozen=True, slots=True)
class Conditions:
    """How a grammar says "if" and "once": three patterns over an even sentence."""

    any: re.Pattern[str]
    on_customer: re.Pattern[str]
    courtesy: re.Pattern[str]
    order: re.Pattern[str]  # "send me the receipt and ..." before the promise
    hedge: re.Pattern[str]
    cut: re.Pattern[str]


def either(*words: str) -> str:
    """A pattern for any of these words, each of which may itself hold several, parted by blanks."""
    return "(?:" + "|".join(word for several in words for word in several.split()) + ")"


_NAME = re.compile(r"\b[A-ZÄÖÜ][\w'’-]+(?: [A-ZÄÖÜ][\w'’-]+){0,2}")
_NO_NAME = word_set(
    "my our the a an your this that someone somebody everyone everything one unser unsere mein meine der die das ein"
    " eine ihr ihre frau herr mr mrs ms dr"
    " kollege kollegin fahrer team then so dann jemand i we it he she they another and but also küche lager kitchen"
    " by on in at before next until within tomorrow today"
    " monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag"
    " sonntag am bis morgen heute er sie es techniker technikerin"
    " monteur mitarbeiter mitarbeiterin buchhaltung abteilung chef chefin leitung küchenchef fahrerin kollegen"
)
_TITLES = frozenset(("Mr", "Mrs", "Ms", "Dr", "Herr", "Frau"))


def name_in(subject: str) -> str:
    """The name of a person in a subject such as "My colleague Tom"; "" if there is none."""
    for found in _NAME.finditer(subject):
        parts = found.group().split()
        while parts and parts[0].lower() in _NO_NAME and parts[0] not in _TITLES:
            parts.pop(0)
        while parts and parts[-1].lower() in _NO_NAME:
            parts.pop()
        if parts:
            return " ".join(parts)
    return ""
