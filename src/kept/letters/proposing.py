"""What a letter may say of its writer: name, postal address, telephone, e-mail, order number, day. By plain rules; pure.

Only proposes (R12): a machine misreads one sign in a hundred, and one wrong sign in an address is somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import phonenumbers

from kept.letters.days_written import day_in

MOST = 12
"""Facts of one letter; a price list is not looked through to its end."""
LONGEST = 20_000
"""Characters that are looked at."""
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_ORDER = re.compile(
    r"\b(?:order|invoice|booking|reference|customer|account|bestell|auftrags|rechnungs|kunden|buchungs|vertrags|vorgangs)"
    r"(?:nummer|[-. ]?nr\b\.?|[ .]*(?:no\b\.?|number|ref\b\.?|id\b))?[ .:#-]{0,4}"
    r"(?P<it>[A-Z]{0,4}\.?[-/]?\d[\w/-]{2,24})",
    re.I,
)
_UK = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_GERMAN = re.compile(r"\b(?:D[- ]?)?\d{5} +[A-ZÄÖÜ][\w.ß-]+(?:[ -][A-ZÄÖÜa-zäöü(][\w.ß/()-]*){0,3}")
_HOUSE_NUMBER = re.compile(r"\b\d{1,4} ?[a-zA-Z]?\b")
_NAME = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Herr|Frau|Familie)\.? +)?"
    r"[A-ZÄÖÜ][\w’'.-]*(?: +(?:[A-ZÄÖÜ][\w’'.-]*|von|van|der|de|zu|und|and|&)){1,4}"
)
_CLOSING = re.compile(
    r"^\W*(?:yours\b|sincerely|faithfully|(?:kind|best|warm)(?:est)? (?:regards|wishes)|with (?:kind|best)|regards\b|love\b"
    r"|mit (?:freundlichen|besten|herzlichen)|hochachtungsvoll"
    r"|(?:viele|beste|herzliche|liebe|freundliche) gr(?:ü|u|ue)(?:ß|ss)e)",
    re.I,
)
_GREETING = re.compile(r"^\W*(?:dear\b|to whom|sehr geehrte|liebe[rs]?\b|hallo\b|guten tag|hello\b)", re.I)
_ABOUT = re.compile(r"^\W*(?:re|subject|betreff|betr|betrifft)\b[.:]+ *(?P<it>\S.*)$", re.I)
_ADDRESS_LINES, _LONGEST_LINE = 4, 300
_PARTS = re.compile(r"[,·•|;]|\s-\s")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing the letter may say, as it would be kept. `kind`: name, address, phone, email, order, date."""

    kind: str
    value: str


def propose(text: str, *, region: str = "", ours: Iterable[str] = ()) -> list[Fact]:
    """What a person is asked to look at, in the order in which they would; `ours`: what stands on every letter to us."""
    text = text[:LONGEST]
    lines = [" ".join(line[:_LONGEST_LINE].split()) for line in text.splitlines()]
    known = [_plain(one) for one in ours if one.strip()]
    block = next((found for found in _blocks(lines) if not _is_ours(found, known)), [])
    found = [
        *_name(lines, block),
        *([Fact("address", ", ".join(_postal(block)))] if block else []),
        *(Fact("phone", number) for number in _phones(text, region or _guessed(text))),
        *(Fact("email", one.group().lower().strip(".")) for one in _EMAIL.finditer(text)),
        *(Fact("order", one["it"].strip("-/")) for one in _ORDER.finditer(text)),
        *_day(lines),
    ]
    return list(dict.fromkeys(one for one in found if _plain(one.value) not in known))[:MOST]


def title_in(text: str) -> str:
    """What it is about in its own words: the line that says so, or that stands alone above the greeting, else the first below.

    Empty where none of these is.
    """
    lines = [line[:_LONGEST_LINE].strip() for line in text[:LONGEST].splitlines()]
    for line in lines:
        if said := _ABOUT.match(line):
            return said["it"].strip()
    greeted = next((number for number, line in enumerate(lines) if _GREETING.match(line)), None)
    if greeted is None:
        return ""
    return _alone_above(lines[:greeted]) or next((line for line in lines[greeted + 1 :] if len(line) > 2), "")


def _alone_above(lines: Sequence[str]) -> str:
    """The last line with words, where it is a sentence of its own and neither a day nor an address."""
    number = next((number for number in range(len(lines) - 1, -1, -1) if lines[number]), 0)
    if number == 0 or lines[number - 1]:
        return ""
    line = lines[number]
    is_something_else = day_in(line) is not None or _UK.search(line) or _GERMAN.search(line) or _EMAIL.search(line)
    return "" if is_something_else or len(line.split()) < 3 else line


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Lines that end with a postcode and have a house number in them, as far as they stand together: a postal address."""
    for number, line in enumerate(lines):
        if not (_UK.search(line) or _GERMAN.search(line)):
            continue
        parts = [part.strip() for part in _PARTS.split(line) if part.strip()]
        block = parts if len(parts) > 1 else [*_above(lines, number), line]
        if any(_HOUSE_NUMBER.search(part) for part in block[:-1]):
            yield block


def _above(lines: Sequence[str], number: int) -> list[str]:
    """Up to four lines above; an empty one may lie between where a machine sees two blocks."""
    found: list[str] = []
    for line in reversed(lines[max(0, number - 8) : number]):
        if not line:
            continue
        if len(found) == _ADDRESS_LINES or len(line) > 60 or line.endswith((".", "!", "?")) or _GREETING.match(line):
            break
        found.insert(0, line)
        if _NAME.fullmatch(line) and any(_HOUSE_NUMBER.search(one) for one in found[1:]):
            break
    return found


def _postal(block: Sequence[str]) -> list[str]:
    """The block without its name and without what is no address."""
    return [part for part in block if not _NAME.fullmatch(part) or _is_place(part, block)]


def _is_place(part: str, block: Sequence[str]) -> bool:
    """A town is written like a name; it stands below the house number."""
    numbered = next((number for number, one in enumerate(block) if _HOUSE_NUMBER.search(one)), len(block))
    return block.index(part) > numbered


def _is_ours(block: Sequence[str], known: Sequence[str]) -> bool:
    said = [_plain(part) for part in block]
    return any(part and (part in one or one in part) for one in known for part in said if len(part) > 3)


def _name(lines: Sequence[str], block: Sequence[str]) -> list[Fact]:
    """Whoever signed, below the closing words; else whoever stands on top of the address."""
    closed = next((number for number, line in enumerate(lines) if _CLOSING.match(line)), None)
    if closed is not None:
        signed = next((line.strip(" ,.") for line in lines[closed + 1 : closed + 7] if _NAME.fullmatch(line.strip(" ,."))), "")
        if signed:
            return [Fact("name", signed)]
    above = next((part for part in block if _NAME.fullmatch(part) and not _is_place(part, block)), "")
    return [Fact("name", above)] if above else []


def _phones(text: str, region: str) -> Iterator[str]:
    """In one spelling, E.164."""
    for found in phonenumbers.PhoneNumberMatcher(text, region or None, leniency=phonenumbers.Leniency.POSSIBLE):
        if sum(map(str.isdigit, found.raw_string)) >= 8 and day_in(found.raw_string) is None and _is_dialled(text, found.start):
            yield phonenumbers.format_number(found.number, phonenumbers.PhoneNumberFormat.E164)


def _is_dialled(text: str, start: int) -> bool:
    """Begins like a number one dials, and is not the tail of an order number."""
    before = text[max(0, start - 24) : start].rpartition("\n")[2]
    return text[start] in "+0(" and not _ORDER.search(f"{before}{text[start : start + 12]}") and not before.endswith(("-", "/"))


def _guessed(text: str) -> str:
    """The country of a number without +, where nobody has said it: by the postcode, else by the words."""
    if _UK.search(text):
        return "GB"
    return "DE" if _GERMAN.search(text) or re.search(r"\b(?:und|nicht|ist|Sie)\b", text) else "GB"


def _day(lines: Sequence[str]) -> Iterator[Fact]:
    """The day above the greeting: the letter's own."""
    greeted = next((number for number, line in enumerate(lines) if _GREETING.match(line)), len(lines))
    for line in lines[:greeted]:
        if day := day_in(line):
            yield Fact("date", day.isoformat())
            return


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
