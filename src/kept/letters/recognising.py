"""From the bytes of a file to the words on its pages: by other programs, each within limits. Knows no rows.

A PDF that was written by a computer says its words itself; every other page is made legible, read by tesseract in one go (words,
how sure it is of each, and a PDF that can be searched), and turned and read again where hardly a word was found.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from kept.channels.paper.sorts import ENDINGS, HEIC, PDF, READABLE, sort_of
from kept.letters import making_legible
from kept.letters.words_read import Words, together, words_in
from kept.lib.paper_programs import TESSERACT, languages
from kept.lib.programs import ProgramFailed, ProgramMissing, run

MOST_PAGES = making_legible.MOST_PAGES
A_PAGE = 90
"""Seconds."""
ENOUGH_LETTERS = 20
"""On a page of a PDF: then it says its words itself."""
UNSURE = 70
"""Per cent: below it the page may lie on its side or its head (measured: 58 on its head, 96 upright)."""
ON_ITS_HEAD = 180


class CannotBeRead(Exception):
    """No machine will read this file, and `str()` says why, in words for a person."""


class NotInstalled(Exception):
    """What is missing, in words for a person; with it the file can be read."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What stands on the pages, and how they look."""

    words: Words
    pictures: Sequence[bytes]
    """JPEG, one a page."""
    searchable: bytes
    """A PDF whose words can be found."""
    engine: str
    is_whole: bool = True
    """False: it had more pages than are read."""


@dataclass(slots=True)
class _Desk:
    """The folder in which one file is read, and what may be done there."""

    folder: Path
    should_stop: Callable[[], bool]
    pages: list[Words] = field(default_factory=list)
    pdfs: list[Path] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)

    def run(self, *command: str | Path, seconds: int = A_PAGE) -> bytes:
        """Raises NotInstalled and CannotBeRead in words for a person, and Stopped."""
        try:
            return run(command, folder=self.folder, seconds=seconds, should_stop=self.should_stop)
        except ProgramMissing as missing:
            package = "tesseract-ocr" if str(missing) == TESSERACT else "poppler-utils"
            raise NotInstalled(
                _("This letter was not read by machine: install %(package)s, or write down what it says.") % {"package": package}
            ) from None
        except ProgramFailed as failed:
            if "password" in str(failed).lower():
                raise CannotBeRead(
                    _("This PDF is locked by a password. Bring it without one, or write down what it says.")
                ) from failed
            raise CannotBeRead(
                _("This file could not be read by machine; it may be damaged. Please look at it, and write down what it says.")
            ) from failed


def recognise(content: bytes, *, should_stop: Callable[[], bool] = lambda: False) -> Recognised:
    """The words on every page. Raises CannotBeRead, NotInstalled, Stopped."""
    sort = sort_of(content)
    if sort == HEIC:
        raise CannotBeRead(_("This is a HEIC photo, which Kept cannot read. Save it as JPEG and bring it again."))
    if sort not in READABLE:
        raise CannotBeRead(_("This is no scan that a machine can read. Please look at it, and write down what it says."))
    with tempfile.TemporaryDirectory(prefix="kept-letter-") as place:
        desk = _Desk(Path(place), should_stop)
        source = desk.folder / f"letter{ENDINGS[sort]}"
        source.write_bytes(content)
        pages = _read_pdf(desk, source) if sort == PDF else _read_pictures(desk, source)
        is_born_digital = sort == PDF and not desk.pdfs
        return Recognised(
            words=together(desk.pages),
            pictures=desk.pictures,
            searchable=content if is_born_digital else _united(desk),
            engine="pdftotext" if is_born_digital else _engine(desk),
            is_whole=pages <= MOST_PAGES,
        )


def _read_pdf(desk: _Desk, source: Path) -> int:
    """Every page: by its own words, else as a picture. Returns how many there are."""
    texts = desk.run("pdftotext", "-enc", "UTF-8", source, "-").decode("utf-8", "replace").split("\f")
    texts = texts[:-1] if len(texts) > 1 and not texts[-1].strip() else texts
    own = [sum(map(str.isalpha, text)) >= ENOUGH_LETTERS for text in texts[:MOST_PAGES]]
    if all(own):
        desk.run("pdftoppm", "-r", "130", "-jpeg", "-jpegopt", "quality=70", "-l", str(MOST_PAGES), source, "shown")
        desk.pictures = [file.read_bytes() for file in sorted(desk.folder.glob("shown-*.jpg"))]
        desk.pages = [Words.certain(text) for text in texts[:MOST_PAGES]]
        return len(texts)
    for number, says_itself in enumerate(own, start=1):
        _read_pdf_page(desk, source, number, texts[number - 1] if says_itself else "")
    return len(texts)


def _read_pdf_page(desk: _Desk, source: Path, number: int, text: str) -> None:
    only = ("-f", str(number), "-l", str(number))
    drawn = desk.folder / f"drawn-{number}"
    desk.run("pdftoppm", "-r", str(making_legible.DOTS), "-gray", "-png", "-singlefile", *only, source, drawn)
    into = _legible(desk, drawn.with_suffix(".png"))
    if not text:
        _read_page(desk, into / "page-001.png")
        return
    desk.run("pdfseparate", *only, source, desk.folder / "own-%d.pdf")
    desk.pages.append(Words.certain(text))
    desk.pdfs.append(desk.folder / f"own-{number}.pdf")
    desk.pictures.append((into / "page-001.jpg").read_bytes())


def _read_pictures(desk: _Desk, source: Path) -> int:
    pages = sorted(_legible(desk, source).glob("page-*.png"))
    for page in pages:
        _read_page(desk, page)
    return len(pages)


def _legible(desk: _Desk, source: Path, *, turn: int = 0) -> Path:
    into = desk.folder / f"{source.stem}-legible"
    desk.run(sys.executable, "-I", making_legible.__file__, source, into, str(turn))
    return into


def _read_page(desk: _Desk, page: Path) -> None:
    words = _recognised(desk, page)
    if words.sureness < UNSURE:
        turned = _legible(desk, page, turn=_way_up(desk, page)) / "page-001.png"
        other = _recognised(desk, turned)
        page, words = (turned, other) if other.sureness > words.sureness else (page, words)
    desk.pages.append(words)
    desk.pdfs.append(page.with_suffix(".pdf"))
    desk.pictures.append(page.with_suffix(".jpg").read_bytes())


def _recognised(desk: _Desk, page: Path) -> Words:
    """What tesseract reads there; beside the page lies its PDF."""
    desk.run(TESSERACT, page, page.with_suffix(""), "-l", _spoken(), "--dpi", str(making_legible.DOTS), "tsv", "pdf")
    return words_in(page.with_suffix(".tsv").read_text(encoding="utf-8", errors="replace"))


def _spoken() -> str:
    found = languages(shutil.which(TESSERACT) or "")
    return "+".join(found) or "eng"


def _way_up(desk: _Desk, page: Path) -> int:
    """By how many degrees it has to be turned to the right; a few lines are too few to tell, and then it may lie on its head."""
    try:
        said = desk.run(TESSERACT, page, "-", "--psm", "0", "--dpi", str(making_legible.DOTS)).decode("utf-8", "replace")
    except CannotBeRead:
        return ON_ITS_HEAD
    turn = next((line.partition(":")[2].strip() for line in said.splitlines() if line.startswith("Rotate:")), "0")
    return int(turn) if turn in {"90", "270"} else ON_ITS_HEAD


def _united(desk: _Desk) -> bytes:
    if len(desk.pdfs) == 1:
        return desk.pdfs[0].read_bytes()
    whole = desk.folder / "searchable.pdf"
    desk.run("pdfunite", *desk.pdfs, whole)
    return whole.read_bytes()


def _engine(desk: _Desk) -> str:
    said = desk.run(TESSERACT, "--version").decode("utf-8", "replace").split()
    return " ".join(said[:2])[:60]
