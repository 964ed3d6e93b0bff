"""Spans in words: "in 20 minutes", "within two working days", "innerhalb von 24 Stunden"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from kept.text.days import WritersDay
from kept.text.pieces import Piece

NUMBERS = {
    word: number
    for number, spelt in enumerate(
        (
            "one ein eine einem einer einen eines an a the",
            "two zwei",
            "three drei",
            "four vier",
            "five fünf",
            "six sechs",
            "seven sieben",
            "eight acht",
            "nine neun",
            "ten zehn",
            "eleven elf",
            "twelve zwölf",
            "thirteen dreizehn",
            "fourteen vierzehn",
        ),
        start=1,
    )
    for word in spelt.split()
}
NUMBER = rf"(?:\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"

_SPAN = re.compile(
    r"\b(?P<lead>(?:within|in|inside|up to|innerhalb|binnen|maximal|max\.?|höchstens|takes?|dauert|dauern|at most|over"
    r"|spätestens)"
    r"(?: (?:the|den|der|next|nächsten|kommenden|von|about|around|approximately|roughly|less than|under|at most|just"
    r"|only|etwa|ca\.?|circa|ungefähr|rund"
    r"|weniger als|maximal|höchstens|another|weiteren|bis zu|up to|spätestens)(?= )){0,4} )?"
    rf"(?:(?P<low>{NUMBER}) ?(?:-|to|or|and|bis|oder|und) ?)?"
    rf"(?P<half>half an|einer halben|eine halbe|half a)?(?P<count>(?<!half an){NUMBER})? ?"
    r"(?P<unit>(?P<work>(?:working|business|week|office|opening) ?)?(?:days?|hours?)|werktag(?:en|e|s)?"
    r"|arbeitstag(?:en|e|s)?|geschäftstag(?:en|e)?"
    r"|minutes?|mins?|minuten?|hrs?|h|std\.?|stunden?|viertelstunde|tag(?:en|e)?|weeks?|wochen?|months?|monat(?:en|e|s)?)(?!\w)"
    r"(?: or (?P<two>two))?(?P<from_now> from (?:now|today)| ab (?:heute|jetzt))?"
)
_NOT_AHEAD = re.compile(r" (?:ago|before|earlier|beforehand|vorher|zuvor|davor|old|late|ahead|long|of work)\b")
_FROM_EVENT = re.compile(
    r",? (?:of (?:receiving|receipt|getting|your|the|us|our)|from (?:receipt|receiving|the|your|when)|after|once|nach"
    r"|ab|nachdem|of order)\b(?! (?:today|now|heute))[^.;,]{0,40}"
)
_MINUTES = {
    "minute": 1,
    "minuten": 1,
    "min": 1,
    "hour": 60,
    "hr": 60,
    "h": 60,
    "std": 60,
    "stunde": 60,
    "stunden": 60,
    "viertelstunde": 15,
}


def find_spans(text: str, day: WritersDay) -> Iterator[Piece]:
    """Spans that run from the moment of writing; ranges count to their upper end, days and weeks to a closing hour."""
    for found in _SPAN.finditer(text):
        if not _is_ahead(found) or _NOT_AHEAD.match(text, found.end()):
            continue
        start = (
            found.start("low" if found["low"] else "half" if found["half"] else "count") if not found["lead"] else found.start()
        )
        if waiting := _FROM_EVENT.match(text, found.end()):
            yield Piece(start, waiting.end(), waits=True)
            continue
        try:
            yield _piece(found, start, day)
        except (OverflowError, ValueError):
            continue


def _is_ahead(found: re.Match[str]) -> bool:
    """It says when something comes, not how much there is: "in 3 days", "3-5 working days", not "for 3 days"."""
    if not (found["count"] or found["half"]):
        return (found["lead"] or "").endswith(" the ") and found["unit"] in ("hour", "day", "week")
    return bool(
        found["lead"]
        or found["from_now"]
        or ((found["low"] or found["work"] or "werk" in found["unit"]) and found["count"] not in ("a", "an", "the"))
    )


def _piece(found: re.Match[str], start: int, day: WritersDay) -> Piece:
    unit, end = found["unit"], found.end()
    count = _number(found["count"]) if found["count"] else 1
    if found["two"]:
        count = 2
    working = bool(found["work"]) or unit.startswith(("werk", "arbeit", "geschäft"))
    root = unit.removeprefix(found["work"] or "").rstrip(".")
    if minutes := _MINUTES.get(root) or _MINUTES.get(root.removesuffix("s")):
        span = timedelta(minutes=minutes * count / (2 if found["half"] else 1))
        return Piece(start, end, moment=day.after(span, working=working), is_span=True)
    if working:
        return Piece(start, end, day=day.after_working_days(count), is_span=True)
    if root.startswith(("month", "monat")):
        return Piece(start, end, day=day.in_month(count, day.today.day), is_span=True)
    days = count * (7 if root.startswith(("week", "woche")) else 1)
    return Piece(start, end, day=day.ahead(days), is_span=True)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]
