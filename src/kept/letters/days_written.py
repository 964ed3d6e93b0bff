"""A day as people write it on top of a letter, in English and German. Pure."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    "january januar jan", "february februar feb", "march märz maerz marz mar", "april apr", "may mai", "june juni jun",
    "july juli jul", "august aug", "september sept sep", "october oktober oct okt", "november nov", "december dezember dec dez",
)  # fmt: skip
_NUMBER_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_MONTH = "(?P<month>" + "|".join(sorted(_NUMBER_OF, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_WRITTEN = (
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?(?: of)? {{0,2}}{_MONTH},? {{0,2}}{_YEAR}", re.I),
    re.compile(rf"\b{_MONTH} {{1,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {{1,2}}{_YEAR}", re.I),
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"),
    re.compile(rf"\b(?P<day>\d{{1,2}})[./](?P<month>\d{{1,2}})[./]{_YEAR}"),
    re.compile(r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d\d)\b"),
)


def day_in(text: str) -> date | None:
    """The first day that is written there in full; None where there is none, or no such day."""
    for pattern in _WRITTEN:
        for found in pattern.finditer(text):
            if day := _day(found["year"], found["month"], found["day"]):
                return day
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year) if len(year) == 4 else 2000 + int(year), _NUMBER_OF.get(month.lower()) or int(month), int(day))
    except ValueError:
        return None
