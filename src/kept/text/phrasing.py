"""Says in a few words what was promised: "Your 16 boxes will be at your door by Friday" becomes "16 boxes at your door"."""

from __future__ import annotations

import re

from kept.text.binding import Bound
from kept.text.moments import Moment
from kept.text.words import word_set

LONGEST = 80
_BLANKS = re.compile(r"\s+")
_PRONOUN = re.compile(r"^(?:it|this|that|these|those|they|there|all this|which|es|das|dies|diese)$", re.IGNORECASE)
_ENDS = " ,.;:!-–—\"'()"
_FIRST = re.compile(
    r"^(?:then|also|now|just|be|dann|auch|noch|certainly|definitely|gladly|personally|gerne?|of course|to|that|dass"
    r"|you|sie(?= auch)),?\s+",
    re.IGNORECASE,
)
_YOU_GET = re.compile(r"^(?:receive|get|have|be given|be sent|be receiving|be getting)\s+", re.IGNORECASE)
_LAST = re.compile(
    r"\s+(?:and|und|for|für|by|on|at|bis|am|um|or|oder|but|aber|the|erhalten|bekommen|haben|i|we|ich|wir)$", re.IGNORECASE
)
_GERMAN_FORMS = word_set(
    "ich wir sie du werde werden wird wirst ist sind erhalten bekommen haben erhältst bekommst hast selbst auch dann"
    " sollte sollten dürfte dürften"
)


def said_briefly(text: str, low: str, one: Bound, moment: Moment | None) -> str:
    """What is to be done, in the writer's words without themselves, the hour and the condition; at most 80 characters."""
    gaps = [(moment.start, moment.end)] if moment else []
    if one.if_to > one.if_from:
        gaps.append((one.if_from, one.if_to))
    parts = [_without(text, one.told, one.end, gaps)]
    if one.is_german:
        parts.insert(0, " ".join(word for word in text[one.verb : one.told].split() if word.lower() not in _GERMAN_FORMS))
    if one.cue.is_thing or (one.is_german and not one.cue.is_somebody):
        parts.insert(0, _without(text, max(one.start, one.lead), one.verb, gaps))
    if one.cue.is_thing:
        parts[0] = _PRONOUN.sub("", parts[0])
        parts[-1] = re.sub(r"^be\s+", "", parts[-1].lstrip())
    said = _BLANKS.sub(" ", " ".join(parts)).strip(_ENDS)
    if "you" in low[one.start : one.verb].split()[-1:]:
        said = _YOU_GET.sub("", said)
    return _cut(_bare(said)) or _cut(_BLANKS.sub(" ", text[one.start : one.end]))


def _without(text: str, start: int, end: int, gaps: list[tuple[int, int]]) -> str:
    """That piece of the text with the gaps left out."""
    kept, place = [], start
    for gap_from, gap_to in sorted(gaps):
        if gap_to > place and gap_from < end:
            kept.append(text[place : max(place, gap_from)])
            place = gap_to
    kept.append(text[place:end] if place < end else "")
    return " ".join(piece.strip(" ,") for piece in kept)


def _bare(said: str) -> str:
    before = None
    while before != said:
        before = said
        said = _LAST.sub("", _FIRST.sub("", said)).strip(_ENDS)
    return said


def _cut(said: str) -> str:
    return said if len(said) <= LONGEST else said[: said.rfind(" ", 0, LONGEST) if " " in said[:LONGEST] else LONGEST] + " …"
