"""The words that a machine read, in the order of a page, and of which of them it is not sure. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

SURE_FROM = 80
"""Per cent."""
NEW_PAGE = "\n\n"
_WORD = "5"
"""The level of a word in tesseract's table; its columns: level, page, block, paragraph, line, word, left, top, width, height,
confidence, text."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text, the places of words the machine is not sure of, and how sure it is of all of it, in per cent."""

    text: str
    doubtful: tuple[tuple[int, int], ...] = ()
    sureness: float = 0.0

    @classmethod
    def certain(cls, text: str) -> Words:
        """As a computer wrote it."""
        return cls("\n".join(line.rstrip() for line in text.replace("\0", "").splitlines()).strip(), (), 100.0)


def words_in(table: str) -> Words:
    """What stands in tesseract's table: lines as on the page, an empty line between paragraphs."""
    text, length, doubtful, sureness = [], 0, [], []
    before: tuple[str, ...] = ()
    for where, sure, word in _rows(table):
        gap = _gap(before, where)
        start = length + len(gap)
        text += [gap, word]
        length = start + len(word)
        sureness.append(sure)
        if sure < SURE_FROM:
            doubtful.append((start, length))
        before = where
    return Words("".join(text), tuple(doubtful), sum(sureness) / len(sureness) if sureness else 0.0)


def together(pages: Iterable[Words]) -> Words:
    """All pages as one text; the places are counted in it."""
    text, doubtful = "", []
    for page in pages:
        text += NEW_PAGE if text and page.text else ""
        doubtful += [(start + len(text), end + len(text)) for start, end in page.doubtful]
        text += page.text
    return Words(text, tuple(doubtful))


def _rows(table: str) -> Iterator[tuple[tuple[str, ...], float, str]]:
    """(block, paragraph, line) of each word, how sure it is, and the word."""
    for row in table.splitlines():
        cells = row.split("\t", 11)
        if len(cells) < 12 or cells[0] != _WORD:
            continue
        word = "".join(letter for letter in cells[11] if letter.isprintable()).strip()
        try:
            sure = float(cells[10])
        except ValueError:
            continue
        if word and sure >= 0:
            yield tuple(cells[2:5]), sure, word


def _gap(before: tuple[str, ...], where: tuple[str, ...]) -> str:
    if not before:
        return ""
    if before[:2] != where[:2]:
        return "\n\n"
    return " " if before == where else "\n"
