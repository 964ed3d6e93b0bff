"""Hours in words: "at 10", "by 17:00", "noon", "half past twelve", "um halb zehn", "close of business"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time

from kept.text.pieces import Piece
from kept.text.span_words import NUMBER, NUMBERS

MORNING_ENDS, AFTERNOON_ENDS, EVENING_ENDS = time(12), time(17), time(21)

_LEAD = r"at|by|before|until|till|around|about|from|um|bis|gegen|ab|between|zwischen|von|vor|spätestens"
_CLOCK = re.compile(
    rf"(?:\b(?P<lead>{_LEAD})(?: (?:around|about|circa|ca\.?|etwa|spätestens|zum|at))? )?"
    rf"\b(?:{NUMBER}(?:[:.]\d\d)?(?: ?(?:am|pm|uhr))? ?(?:-|to|and|or|bis|und|oder) ?)?"
    rf"(?P<hour>{NUMBER})(?:(?P<mark>[:.])(?P<minute>\d\d))?(?![\d/%:]|[.,]\d)"
    r"(?P<suffix> ?(?:a\.m\.?|p\.m\.?|am|pm|uhr|o'clock|h)(?!\w)(?: (?P<past>[0-5]\d)\b)?)?"
    r"(?: (?P<part>in the morning|in the afternoon|in the evening|morgens|vormittags|nachmittags|abends)\b)?"
)
_BARE_ENDS = re.compile(
    r"[ ,]*(?:$|[.;!)]|(?:and|or|on|today|tomorrow|tonight|this|at the latest|latest|sharp|und|oder|heute|morgen"
    r"|monday|tuesday|wednesday|thursday|friday|saturday"
    r"|sunday|next|to|with|your|an|zurück|ihnen|sie|bei|die|das|den)\b|, )"
)
_SPOKEN = re.compile(
    rf"\b(?:(?:at|by|before|around|um|bis|gegen) )?(?:(?P<name>noon|midday|midnight|mitternacht|mittag|lunchtime)"
    rf"|(?P<half>half past|half|halb) (?P<hour>{NUMBER})|(?P<quarter>quarter past|quarter to|viertel nach"
    rf"|viertel vor) (?P<of>{NUMBER}))\b"
)
_PART = re.compile(
    r"(?<!good )(?<!guten )(?<!schönen )\b(?P<alone>(?:later |early |late )?this |in the |by the |by |am "
    r"|im laufe des |am frühen |am späten |heute )?"
    r"(?P<part>morning|afternoon|evening|vormittag|nachmittag|abend|früh|(?<=heute )morgen)\b"
)
_CLOSING = re.compile(
    r"\b(?:(?:the )?end of (?:the |our |my )?(?:business|working|work|office|day)(?: day)?"
    r"|(?:the )?close of (?:business|play|day)|close today|eod|cob|closing time"
    r"|when we close|feierabend|(?:geschäfts|laden|büro|dienst)schluss|(?:ende des )?(?:arbeits"
    r"|geschäfts)tage?s?(?:ende)?|tagesende|ende des (?:heutigen )?tages)\b"
)
_PARTS = {
    "morning": MORNING_ENDS,
    "vormittag": MORNING_ENDS,
    "früh": MORNING_ENDS,
    "morgen": MORNING_ENDS,
    "afternoon": AFTERNOON_ENDS,
    "nachmittag": AFTERNOON_ENDS,
    "evening": EVENING_ENDS,
    "abend": EVENING_ENDS,
}
_NAMED = {
    "noon": time(12),
    "midday": time(12),
    "mittag": time(12),
    "midnight": time(23, 59),
    "mitternacht": time(23, 59),
    "lunchtime": time(13),
}


def find_times(text: str) -> Iterator[Piece]:
    """Hours of the day; of a range the later one. "By 5" is five in the afternoon, "um 5 Uhr" too, "05:00" is not."""
    for found in _CLOCK.finditer(text):
        if (hour := _clock(found, text)) is not None:
            yield Piece(found.start(), found.end(), hour=hour)
    for found in _SPOKEN.finditer(text):
        if (hour := _spoken(found)) is not None:
            yield Piece(found.start(), found.end(), hour=hour)
    for found in _PART.finditer(text):
        start = found.start("part") if found["alone"] == "heute " else found.start()
        yield Piece(start, found.end(), hour=_PARTS[found["part"]], is_closing=True, stands_alone=bool(found["alone"]))
    for found in _CLOSING.finditer(text):
        yield Piece(found.start(), found.end(), is_closing=True)


def _clock(found: re.Match[str], text: str) -> time | None:
    suffix, spelt = (found["suffix"] or "").replace(".", "").strip(), found["hour"]
    if spelt in ("a", "an", "the", "ein", "eine", "einem", "einer", "einen", "eines"):
        return None
    is_marked = bool(suffix or found["part"] or found["mark"] == ":" or (found["mark"] and found["lead"] == "at"))
    if not is_marked and (found["mark"] or not found["lead"] or not _BARE_ENDS.match(text, found.end())):
        return None
    hour = int(spelt) if spelt.isdigit() else NUMBERS[spelt]
    minute = int(found["minute"] or found["past"] or 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    part = found["part"] or ""
    if suffix.startswith(("am", "pm")) and hour > 12:
        return None
    if suffix.startswith("am") or "morning" in part or part in ("morgens", "vormittags"):
        return time(hour % 12, minute)
    is_late = suffix.startswith("pm") or part != ""
    if is_late or _sounds_late(spelt):
        return time(hour % 12 + 12, minute)
    return time(23, 59) if hour == 24 else time(hour, minute)


def _sounds_late(spelt: str) -> bool:
    """Nobody means five at night by "at 5"; who writes 05:00 does."""
    return not spelt.startswith("0") and (int(spelt) if spelt.isdigit() else NUMBERS[spelt]) in range(1, 7)


def _spoken(found: re.Match[str]) -> time | None:
    if found["name"]:
        return _NAMED[found["name"]]
    spelt = found["hour"] or found["of"]
    hour = int(spelt) if spelt.isdigit() else NUMBERS[spelt]
    if not 1 <= hour <= 12 or spelt in ("a", "an", "the"):
        return None
    hour += 12 if hour < 7 else 0
    if found["half"]:
        return time(hour - 1, 30) if found["half"] == "halb" else time(hour, 30)
    return time(hour - 1, 45) if found["quarter"].endswith(("to", "vor")) else time(hour, 15)
