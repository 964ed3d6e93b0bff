"""What in a text could tell strangers who said it: names, addresses, phones and numbers, marked in place for a person to see.

Only proposes (R12): rather a word too many than one too few, for whoever reads it can bring a word back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz.distance import OSA

from kept.text.name_words import ALSO_WORDS
from kept.text.words import folded, word_set

SLIPS_FROM = 5
"""Letters from which on a known name may be misspelt by one."""
SHORTEST = 2
"""A single letter is no name; an initial beside a name goes with it."""
_WORD = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d+")
_NO_NAME = word_set(
    "de la le du van von der den di da al el bin and und the of mr mrs ms dr prof herr frau familie family"
    " street road lane avenue close drive way court place square terrace house flat floor unit strasse weg platz allee gasse"
    " mail gmail example com net org co uk info office hello contact web gmx"
)
_STREET_EN = (
    r"\b\d{1,4}[a-zA-Z]?,?\s+(?:[A-Z][\w'’-]*\s+){1,3}"
    r"(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Close|Drive|Way|Court|Place|Square|Terrace|Gardens|Crescent|Row|Hill|Park|View)\b\.?"
)
_STREET_DE = (
    r"\b[A-ZÄÖÜ][\w-]*(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|ufer|damm|graben|markt)\s*\d{1,4}\s?[a-z]?\b"
    r"|\b(?:[A-ZÄÖÜ][\w-]*\s+|Am\s+|An der\s+|Im\s+){1,3}(?:Straße|Strasse|Str\.|Weg|Platz|Allee|Gasse|Ring)\s*\d{1,4}\s?[a-z]?\b"
)
_NUMBERED = (
    r"(?i:\b(?:orders?|invoices?|bookings?|ref(?:erence)?s?|customer|account|contract|case|parcel|tracking|receipt"
    r"|bestell(?:ung|nummer|nr)|rechnung(?:snummer|s?nr)?|auftrag(?:snummer|s?nr)?|kunden(?:nummer|nr)|vertrag(?:snummer|s?nr)?"
    r"|buchung(?:snummer|s?nr)?|sendung(?:snummer)?|beleg(?:nummer)?)"
    r"[\s.:#-]{0,3}(?:no\b\.?|numbers?|nr\b\.?|nummer|id)?[\s.:#-]{0,3})(?P<it>[A-Za-z]{0,4}[-/]?\d[\w/-]{1,30})"
)
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("link", re.compile(r"(?:https?://|www\.)\S{1,2000}")),
    ("email", re.compile(r"[^\s@<>()\[\],;]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")),
    ("handle", re.compile(r"(?<![\w@.])@\w[\w.-]{1,60}(?:@[\w.-]{1,60})?")),
    ("number", re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")),
    ("number", re.compile(_NUMBERED)),
    ("address", re.compile(_STREET_EN)),
    ("address", re.compile(_STREET_DE)),
    ("address", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")),
    ("address", re.compile(r"\b(?:D-)?\d{5}(?=\s+[A-ZÄÖÜ]\w)(?:\s+[A-ZÄÖÜ][\w-]+)?")),
    ("number", re.compile(r"#\s?\w*\d\w*(?:[-/]\w+)*|\b[A-Z]{1,5}[-/]?\d{3,}(?:[-/]\w+)*\b")),
    ("phone", re.compile(r"(?<![\w.])(?:\+|00)?\(?\d[\d \t()/.\u2010-\u2013-]{5,22}\d\b")),
    ("number", re.compile(r"(?<![\w.,])\d{5,}(?:[-/]\d+)*\b")),
)
_DATE = re.compile(r"^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./ ]{1,2}\d{1,2}[-./ ]{1,2}(?:\d{4}|\d{2}))$")
_INITIAL = re.compile(r"(?:\b[A-ZÄÖÜ]\.[ \t]?){1,3}$")
_JOINT = re.compile(r"[ \t]*[-.,&]?[ \t]*")


@dataclass(frozen=True, slots=True)
class Private:
    """A place in the text that could tell who it is. `what`: name, email, phone, address, number, handle, link."""

    start: int
    end: int
    what: str


@dataclass(frozen=True)
class KnownOfThem:
    """What we know of everybody concerned: names as written, and every address of whatever kind; numbers that are theirs."""

    names: Sequence[str] = ()
    addresses: Sequence[str] = ()
    numbers: Sequence[str] = field(default=())

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Each word that names one of them, folded, with what it is."""
        found: dict[str, str] = {}
        for what, texts in (("address", self.addresses), ("number", self.numbers), ("name", self.names)):
            for text in texts:
                found |= dict.fromkeys(_names_in(text), what)
        return found

    @cached_property
    def long(self) -> tuple[str, ...]:
        """The words long enough to be found with a slip in them."""
        return tuple(word for word in self.words if len(word) >= SLIPS_FROM and word not in ALSO_WORDS)

    @cached_property
    def doors(self) -> frozenset[str]:
        """The numbers of one to four digits in their addresses, which tell something beside a street alone."""
        return frozenset(run for text in self.addresses for run in _DIGITS.findall(text) if len(run) <= 4)

    @cached_property
    def digits(self) -> frozenset[str]:
        """Runs of three digits and more in their addresses and numbers."""
        return frozenset(run for text in (*self.addresses, *self.numbers) for run in _DIGITS.findall(text) if len(run) >= 3)


def find_private(text: str, known: KnownOfThem) -> list[Private]:
    """Every such place, in order, none within another; names side by side are one place."""
    found = sorted((*_by_pattern(text), *_by_knowledge(text, known)), key=lambda one: (one.start, -one.end))
    apart: list[Private] = []
    for one in found:
        last = apart[-1] if apart else None
        if last is not None and (one.start < last.end or _belong_together(text, last, one)):
            apart[-1] = Private(last.start, max(last.end, one.end), last.what)
        else:
            apart.append(one)
    return apart


def cover(text: str, places: Iterable[Private], says: Mapping[str, str]) -> str:
    """The text with each place replaced by what `says` calls it, in brackets."""
    pieces, at = [], 0
    for place in places:
        pieces += [text[at : place.start], f"[{says.get(place.what, '…')}]"]
        at = place.end
    return "".join([*pieces, text[at:]])


def _by_pattern(text: str) -> Iterator[Private]:
    for what, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            start, end = found.span("it") if "it" in pattern.groupindex else found.span()
            if what == "phone" and (_DATE.match(found.group().strip()) or sum(map(str.isdigit, found.group())) < 7):
                continue
            yield Private(start, end, what)


def _by_knowledge(text: str, known: KnownOfThem) -> Iterator[Private]:
    words = list(_WORD.finditer(text))
    meant = [_means(found.group(), known) for found in words]
    for place, found in enumerate(words):
        what = meant[place] or _beside_a_name(place, words, meant, known)
        if what:
            initial = _INITIAL.search(text[: found.start()], max(0, found.start() - 9)) if what == "name" else None
            yield Private(initial.start() if initial else found.start(), found.end(), what)
    streets = {edge for found, what in zip(words, meant, strict=True) if what == "address" for edge in found.span()}
    for run in _DIGITS.finditer(text):
        if run.group() in known.doors and _stands_beside(text, run, streets):
            yield Private(run.start(), run.end(), "address")
        elif run.group() in known.digits:
            yield Private(run.start(), run.end(), "number")


def _stands_beside(text: str, run: re.Match[str], edges: set[int]) -> bool:
    """ "14 harbour view", "lindenstraße 12": the number of a door goes with its street."""
    before, after = run.start(), run.end()
    while before > 0 and text[before - 1] in " ,":
        before -= 1
    while after < len(text) and text[after] in " ,":
        after += 1
    return before in edges or after in edges


def _beside_a_name(place: int, words: Sequence[re.Match[str]], meant: Sequence[str], known: KnownOfThem) -> str:
    """ "heide" alone is a word; soon after "Frauke von der" it is her name."""
    what = known.words.get(folded(words[place].group()), "")
    return what if what and "name" in meant[max(0, place - 3) : place + 4] else ""


def _means(word: str, known: KnownOfThem) -> str:
    """What this word gives away: "" for nothing. A genitive and one slip count; a name that is a word too needs its capital."""
    for low in _spelt(word):
        for form in (low, low.removesuffix("s")):
            what = known.words.get(form, "")
            if what and (form not in ALSO_WORDS or word[0].isupper()):
                return what
    low = folded(word)
    return _slip(low, known) if word[0].isupper() and len(low) >= SLIPS_FROM and low not in ALSO_WORDS else ""


def _slip(low: str, known: KnownOfThem) -> str:
    near = (one for one in known.long if one[0] == low[0] and OSA.distance(low, one, score_cutoff=1) <= 1)
    return next((known.words[one] for one in near), "")


def _names_in(text: str) -> Iterator[str]:
    for word in _WORD.findall(text):
        for low in _spelt(word):
            if len(low) >= SHORTEST and low not in _NO_NAME:
                yield low


def _spelt(word: str) -> set[str]:
    """Müller is mueller and muller, whichever was written."""
    wide = narrow = word.lower()
    for umlaut, pair in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        wide, narrow = wide.replace(umlaut, pair), narrow.replace(pair, umlaut)
    return {folded(word), folded(wide), folded(narrow)}


def _belong_together(text: str, last: Private, one: Private) -> bool:
    return last.what == one.what and _JOINT.fullmatch(text[last.end : one.start]) is not None
