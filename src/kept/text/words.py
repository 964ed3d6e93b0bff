"""What every reader of words shares: text made even for matching, sentences with their places, and light stems."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

READ_AT_MOST = 20_000
"""Characters the readers look at, some eight printed pages; what lies beyond is shown, only not searched for proposals."""

LONGEST_SENTENCE = 600
"""A longer run without an end is cut at a space, so that no pattern ever sees more than this at once."""

WRAPPED_FROM = 58
"""A line of at least so many characters was broken by a mail program, not by its writer."""


def word_set(listed: str) -> frozenset[str]:
    """The words of a list parted by blanks."""
    return frozenset(listed.split())


_ALIKE = (("’‘`´", "'"), ("“”„", '"'), ("–—", "-"), ("\xa0\u202f\t\n\r", " "))
_EVEN = str.maketrans({letter: plain for letters, plain in _ALIKE for letter in letters})
_SHORT = word_set(
    "mr mrs ms dr prof st no nr tel approx ca bzw evtl ggf inkl zzgl str max min abs art usw etc vs ref jan feb mar"
    " apr jun jul aug sep sept oct okt nov dez dec"
    " mon tue tues wed thu thur thurs fri mo di mi do fr sa so"
)
_END = re.compile(r"[.!?…]+[\"')\]]*(?=\s|$)|\n[ \t]*\n|\n(?=[ \t]*[-*•][ \t])|\n(?=[A-ZÄÖÜ])")
_LAST_WORD = re.compile(r"(\w+)$")
_WORD = re.compile(r"[^\W\d_]+|\d+")

_UMLAUT = re.compile(r"[äöüß]")
_GERMAN = word_set(
    "ich wir sie ihr ihnen ihre ihren ihrem und nicht das ist sind wird werden bis mit für auf ein eine einen uns mir"
    " mich dem den der die im zum zur vom beim zu haben von bei dass"
    " wenn falls sobald können kann wann heute morgen"
)
_ENGLISH = word_set(
    "i we you your the and not is are be by with for on us me it this that of to have has as if once when can could"
    " today tomorrow will"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and where it stands: `text` is exactly the piece from `start` to `end`."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """The place after its last character."""
        return self.start + len(self.text)

    @property
    def asks(self) -> bool:
        """It ends with a question mark."""
        return "?" in self.text[-4:]


def even(text: str) -> str:
    """The same text in small letters with plain quotes, hyphens and blanks; every character keeps its place."""
    low = text.lower()
    if len(low) != len(text):  # İ becomes two characters
        low = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    return low.translate(_EVEN)


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences in order, without the blanks around them; "22.06." and "Dr." end none."""
    start = 0
    for found in _END.finditer(text):
        if found.group().startswith(".") and _goes_on(text, found.start(), found.end()):
            continue
        if found.group() == "\n" and text[found.end()].isalpha() and _is_wrapped(text, found.start()):
            continue
        yield from _pieces(text, start, found.end())
        start = found.end()
    yield from _pieces(text, start, len(text))


def _goes_on(text: str, dot: int, after: int) -> bool:
    """The full stop belongs to an abbreviation or a German ordinal and the sentence runs on."""
    if not (word := _LAST_WORD.search(text[max(0, dot - 12) : dot])):
        return False
    following = text[after : after + 3].lstrip()[:1]
    if word.group(1).isdigit():
        return len(word.group(1)) <= 2 and (following.islower() or _is_month_ahead(text, after))
    short = word.group(1).lower()
    return short in _SHORT and (following.islower() or following.isdigit() or (len(short) < 4 and following.isupper()))


def _is_wrapped(text: str, newline: int) -> bool:
    """The line before is as long as mail programs make them, so its end says nothing about the sentence."""
    return newline >= WRAPPED_FROM and text.rfind("\n", newline - WRAPPED_FROM, newline) == -1


_MONTH_AHEAD = re.compile(r"\s?(?:jan|feb|m[äa]r|apr|ma[iy]|jun|jul|aug|sep|o[kc]t|nov|de[zc])", re.IGNORECASE)


def _is_month_ahead(text: str, place: int) -> bool:
    return _MONTH_AHEAD.match(text, place) is not None


def _pieces(text: str, start: int, end: int) -> Iterator[Sentence]:
    while start < end:
        stop = end
        if end - start > LONGEST_SENTENCE:
            stop = start + LONGEST_SENTENCE
            stop = text.rfind(" ", start + 1, stop) + 1 or stop
        piece = text[start:stop]
        if bare := piece.strip():
            yield Sentence(bare, start + piece.index(bare))
        start = stop


def is_german(even_text: str) -> bool:
    """More German than English little words; even counts read as English."""
    seen = _WORD.findall(even_text)
    return _UMLAUT.search(even_text) is not None or sum(word in _GERMAN for word in seen) > sum(word in _ENGLISH for word in seen)


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Small letters without accents: "Zoë" and "zoe" are one, "Müller" and "muller" are one."""
    spelt = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    return "".join(letter for letter in spelt if not unicodedata.combining(letter))


_ENDINGS = (
    "ations",
    "ation",
    "ings",
    "ing",
    "ungen",
    "ung",
    "ments",
    "ment",
    "ern",
    "ies",
    "ed",
    "es",
    "en",
    "er",
    "em",
    "e",
    "s",
    "n",
    "t",
    "y",
)


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A rough stem, good enough to meet "refunded" with "refund" and "Rechnungen" with "Rechnung"; at least 3 letters stay."""
    base = folded(word)
    for ending in _ENDINGS:
        if base.endswith(ending) and len(base) - len(ending) >= 3:
            return base[: -len(ending)]
    return base


def words(text: str) -> list[str]:
    """Its words and numbers in small letters, in order."""
    return _WORD.findall(text.lower())
