"""Days in words: "tomorrow", "next Monday", "by the end of the week", "22 June", "am 22.06."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time, timedelta

from kept.text.clock_words import AFTERNOON_ENDS, EVENING_ENDS, MORNING_ENDS
from kept.text.days import FRIDAY, SUNDAY, TUESDAY, WEDNESDAY, WritersDay
from kept.text.pieces import Piece

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday montag",
            "tuesday dienstag",
            "wednesday mittwoch",
            "thursday donnerstag",
            "friday freitag",
            "saturday samstag sonnabend",
            "sunday sonntag",
        )
    )
    for name in names.split()
}
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january januar jänner jan",
            "february februar feb",
            "march märz mar mär",
            "april apr",
            "may mai",
            "june juni jun",
            "july juli jul",
            "august aug",
            "september sept sep",
            "october oktober oct okt",
            "november nov",
            "december dezember dec dez",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted((month for month in MONTHS if len(month) > 2), key=len, reverse=True))
_NEAR = {"today": 0, "tonight": 0, "tomorrow": 1, "day after tomorrow": 2, "heute": 0, "morgen": 1, "übermorgen": 2}
_PARTS = {
    "früh": MORNING_ENDS,
    "morgen": MORNING_ENDS,
    "vormittag": MORNING_ENDS,
    "mittag": MORNING_ENDS,
    "nachmittag": AFTERNOON_ENDS,
    "abend": EVENING_ENDS,
}
_PAST = ("last", "letzt", "vergang", "every", "each", "jede")

_RELATIVE = re.compile(
    r"\b(?P<near>today|tonight|(?:the )?day after tomorrow|tomorrow|heute|übermorgen"
    r"|(?<!guten )(?<!schönen )(?<!am )(?<!heute )(?<!jeden )morgen)\b(?!'s)"
)
_WEEKDAY = re.compile(
    r"\b(?:(?P<which>next|this(?: coming)?|(?:the )?(?:coming|following)|nächste[nrm]?|kommende[nrm]?|diese[nrm]?|last"
    r"|letzte[nrm]?|vergangene[nrm]?|every|each|jede[nrm]?) )?"
    r"(?:(?P<early>next week|nächste woche|kommende woche)(?: on| am)? )?"
    rf"(?P<name>{'|'.join(WEEKDAYS)})(?P<part>früh|vormittag|mittag|nachmittag|abend)?"
    r"(?:,? (?P<week>(?:of )?next week|nächster woche|nächste woche|kommender woche|kommende woche|this week"
    r"|dieser woche|diese woche|in einer woche|in two weeks))?\b(?!'s)"
)
_PERIOD = re.compile(
    r"\b(?:(?P<place>early|late|mid|(?:the )?(?:middle|end|beginning|start)(?: of)?|anfang|mitte|ende|im laufe|im lauf"
    r"|in the course of|during)[ -](?:in )?)?"
    r"(?P<which>this|next|the|coming|der|die|des|dieser|diese|dieses|diesen|nächste[rns]?"
    r"|kommende[rns]?)[ ](?P<unit>week|woche|month|monats?|year|jahr(?:es)?|weekend|wochenende)\b(?!-)"
)
_ENDS = re.compile(
    r"\b(?:(?P<eve>(?:by|before) the weekend|(?:bis zum|vor dem) wochenende)|(?P<weekend>wochenende|weekend)"
    r"|(?P<month>monatsende|month[ -]end)|(?P<year>jahresende|year[ -]end)"
    rf"|(?P<place>early|late|mid|(?:the )?(?:middle|end|beginning|start) of|anfang|mitte|ende|im"
    rf"|in)[ -](?P<name>{_MONTH})(?! \d{{1,2}}\b))\b"
)
_DATE = re.compile(
    r"(?:\b(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|mo|di|mi|do|fr|sa|so)\.?,? (?:den |the )?)?"
    r"\b(?:\d{1,2}(?:st|nd|rd|th|\.)? ?(?:-|to|or|and|bis|oder|und) ?)?"
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?(?: of)? ?"
    rf"(?P<month>{_MONTH})\b(?:\.?,? (?P<year>20\d\d))?"
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<month>{_MONTH})\.? (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)? ?(?:-|to|or) ?)?(?P<day>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?\b(?:,? (?P<year>20\d\d))?(?![:.]\d)"
)
_DOTTED = re.compile(
    r"(?<![\d.])(?:\d{1,2}\.(?:\d{1,2}\.)? ?(?:bis|oder|und"
    r"|-) ?)?(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>20\d\d|\d\d\b)?(?!\d)"
)
_ISO = re.compile(r"(?<![\d-])(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])")
_SLASHED = re.compile(
    r"(?<![\d/])(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>20\d\d|\d\d)(?![\d/])|\b(?:by|on|until"
    r"|before) (?P<d>\d\d)/(?P<m>\d\d)(?![\d/])"
)
_NTH = re.compile(
    r"\b(?:by|on|until|before) the (?P<en>\d{1,2})(?:st|nd|rd|th)\b(?! [a-z]*(?:floor|time|attempt|of))|\b(?:am"
    r"|zum) (?P<de>\d{1,2})\.(?! ?\d)(?! (?:tag|mal))"
)


def find_days(text: str, day: WritersDay) -> Iterator[Piece]:
    """Days named in text already made even; "1/2" and "24/7" are none. A date that is no date is left out."""
    for found in _RELATIVE.finditer(text):
        near = _NEAR[found["near"].removeprefix("the ")]
        tonight = found["near"] == "tonight"
        yield Piece(found.start(), found.end(), day=day.ahead(near), hour=EVENING_ENDS if tonight else None, is_closing=tonight)
    for found in _WEEKDAY.finditer(text):
        if not (found["which"] or "").startswith(_PAST):
            yield Piece(
                found.start(), found.end(), day=_weekday(found, day), hour=_part(found["part"]), is_closing=bool(found["part"])
            )
    for found in _PERIOD.finditer(text):
        if due := _period(found, day):
            yield Piece(found.start(), found.end(), day=due)
    for found in _ENDS.finditer(text):
        yield Piece(found.start(), found.end(), day=_end(found, day))
    yield from _dates(text, day)


def _dates(text: str, day: WritersDay) -> Iterator[Piece]:
    for pattern in (_DATE, _MONTH_FIRST, _DOTTED, _ISO, _SLASHED):
        for found in pattern.finditer(text):
            named = found.groupdict()
            number, month = named["day"] or named["d"], named["month"] or named["m"]
            year = int(named["year"]) if named["year"] else None
            if due := day.dated(int(number), MONTHS.get(month) or int(month), year, any_order=pattern is _SLASHED):
                yield Piece(found.start(), found.end(), day=due)
    for found in _NTH.finditer(text):
        if due := day.day_of_month(int(found["en"] or found["de"])):
            yield Piece(found.start("en" if found["en"] else "de"), found.end(), day=due)


def _part(name: str | None) -> time | None:
    return _PARTS[name] if name else None


def _weekday(found: re.Match[str], day: WritersDay) -> date:
    which, week = found["which"] or "", found["week"] or found["early"] or ""
    wanted = WEEKDAYS[found["name"]]
    if which == "next" or any(word in week for word in ("next", "nächst", "kommend")):
        return day.weekday(wanted, which="next")
    if week in ("in einer woche", "in two weeks"):
        return day.weekday(wanted, which="") + timedelta(days=7)
    return day.weekday(wanted, which="coming" if which.startswith(("nächste", "kommend", "coming", "the coming")) else "")


def _period(found: re.Match[str], day: WritersDay) -> date | None:
    """The last day the words leave open: "this week" is Friday, "early next week" is Tuesday."""
    which, unit, place = found["which"], found["unit"], (found["place"] or "").removeprefix("the ")
    is_bare = which in ("the", "der", "die", "des")
    if is_bare and not place and not unit.startswith(("weekend", "wochenende")):
        return None
    ahead = 1 if which.startswith(("next", "nächst", "kommend", "coming")) else 0
    if unit in ("weekend", "wochenende"):
        return day.week(ahead if which == "next" else 0, SUNDAY)
    stage = 0 if place.startswith(("early", "anfang", "beginning", "start")) else 1 if place.startswith(("mi",)) else 2
    if unit in ("week", "woche"):
        return day.week(ahead, (TUESDAY, WEDNESDAY, FRIDAY)[stage])
    if unit in ("month", "monat", "monats"):
        return day.in_month(ahead, (10, 15, 31)[stage])
    return day.year_end(ahead)


def _end(found: re.Match[str], day: WritersDay) -> date:
    if found["eve"] or found["weekend"]:
        return day.week(0, FRIDAY if found["eve"] else SUNDAY)
    if found["month"]:
        return day.in_month(0, 31)
    if found["year"]:
        return day.year_end(0)
    place = found["place"].removeprefix("the ")
    until = 10 if place.startswith(("early", "anfang", "beginning", "start")) else 15 if place.startswith("mi") else 31
    return day.in_named_month(MONTHS[found["name"]], until)
