"""A sheet becomes a PDF: A4, the address in the window of the envelope (DIN 5008, form B), the same bytes for the same letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from kept.letters.lettering import BOLD, PLAIN, fonts, printable
from kept.lib.squares import squares

MM = 72 / 25.4
WIDTH, HEIGHT = 210, 297
LEFT, RIGHT = 25, 190
TEXT_WIDTH = RIGHT - LEFT
WINDOW_WIDTH = 80
SIZE, SMALL, LEADING = 10.5, 7.5, 5.2
"""Points, points, and millimetres from line to line."""
RETURN_LINE, ADDRESS, SUBJECT, TEXT, NEXT_PAGE_TEXT = 60, 66, 103, 113, 30
"""Millimetres from the top edge to the base of the first line of each."""
LAST_LINE, FOOT = 252, 262
FOLDS = (105, 148.5, 210)
"""Where it is folded, and punched in the middle."""
CODE_EDGE = 22


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that stands on one letter, in the words of its reader's language."""

    language: str
    title: str
    author: str
    sender: str
    sent_back_to: str
    """The return address in one line, above theirs."""
    window: tuple[str, ...]
    day: str
    subject: str
    text: str
    signed: tuple[str, ...]
    """Under the room for a hand: name, what they do, house."""
    foot: tuple[str, ...]
    """Beside the code, on every page."""
    code: str
    scan: str
    """What the square code says."""
    page_of: str = "%(page)s / %(pages)s"
    enclosed: tuple[str, ...] = field(default=())


def as_pdf(sheets: Sequence[Sheet]) -> bytes:  # no event: a file, and no row
    """All of them in one file, each beginning on a page of its own."""
    from reportlab.pdfgen.canvas import Canvas

    fonts()
    written = BytesIO()
    first = sheets[0]
    size = (WIDTH * MM, HEIGHT * MM)
    canvas = Canvas(written, pagesize=size, invariant=1, pageCompression=1, lang=first.language)
    canvas.setTitle(first.title if len(sheets) == 1 else first.sender)
    canvas.setAuthor(first.author if len(sheets) == 1 else first.sender)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    for sheet in sheets:
        _draw(canvas, sheet)
    canvas.save()
    return written.getvalue()


def _draw(canvas: Any, sheet: Sheet) -> None:
    pages = pages_of(sheet)
    for number, lines in enumerate(pages, start=1):
        if number == 1:
            _head(canvas, sheet)
        top = TEXT if number == 1 else NEXT_PAGE_TEXT
        for row, line in enumerate(lines):
            _write(canvas, line, LEFT, top + row * LEADING)
        _foot(canvas, sheet, sheet.page_of % {"page": number, "pages": len(pages)} if len(pages) > 1 else "")
        canvas.showPage()


def pages_of(sheet: Sheet) -> list[list[str]]:
    """The lines of each page; a signature never stands alone."""
    body = [line for paragraph in sheet.text.splitlines() for line in wrapped(paragraph, SIZE, TEXT_WIDTH)]
    closing = ["", "", "", *sheet.signed] if sheet.signed else []
    closing += ["", *sheet.enclosed] if sheet.enclosed else []
    room = [int((LAST_LINE - TEXT) / LEADING) + 1, int((LAST_LINE - NEXT_PAGE_TEXT) / LEADING) + 1]
    together = [*body[-2:], *closing]
    pages: list[list[str]] = []
    page: list[str] = []
    for line in body[:-2]:
        if len(page) == room[bool(pages)]:
            pages.append(page)
            page = []
        page.append(line)
    if page and len(page) + len(together) > room[bool(pages)]:
        pages.append(page)
        page = []
    return [*pages, [*page, *together]]


def wrapped(text: str, size: float, width: float, font: str = PLAIN) -> list[str]:
    """The lines of one paragraph in that many millimetres; a word that is longer is cut."""
    lines, line = [], ""
    for word in _cut(printable(text).split(), size, width, font):
        longer = f"{line} {word}".strip()
        if line and _wide(longer, size, font) > width:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line]


def _cut(words: Sequence[str], size: float, width: float, font: str) -> Iterator[str]:
    for word in words:
        while _wide(word, size, font) > width:
            fits = next(n for n in range(len(word), 0, -1) if n == 1 or _wide(word[:n], size, font) <= width)
            yield word[:fits]
            word = word[fits:]
        yield word


def _wide(text: str, size: float, font: str) -> float:
    return float(fonts()[font].stringWidth(text, size)) / MM


def _head(canvas: Any, sheet: Sheet) -> None:
    for at in FOLDS:
        canvas.setLineWidth(0.4)
        canvas.line(5 * MM, (HEIGHT - at) * MM, 9 * MM, (HEIGHT - at) * MM)
    _write(canvas, sheet.sender, LEFT, 28, size=13, font=BOLD)
    back = wrapped(sheet.sent_back_to, SMALL, WINDOW_WIDTH)[0]
    _write(canvas, back, LEFT, RETURN_LINE, size=SMALL)
    canvas.setLineWidth(0.3)
    canvas.line(LEFT * MM, (HEIGHT - RETURN_LINE - 1.2) * MM, (LEFT + WINDOW_WIDTH) * MM, (HEIGHT - RETURN_LINE - 1.2) * MM)
    rows = [row for line in sheet.window for row in wrapped(line, SIZE, WINDOW_WIDTH)]
    for row, line in enumerate(rows[:6]):
        _write(canvas, line, LEFT, ADDRESS + row * 4.6)
    _write(canvas, sheet.day, RIGHT, SUBJECT - 9, is_right=True)
    for row, line in enumerate(wrapped(sheet.subject, SIZE, TEXT_WIDTH, BOLD)[:1]):
        _write(canvas, line, LEFT, SUBJECT + row * LEADING, font=BOLD)


def _foot(canvas: Any, sheet: Sheet, page: str) -> None:
    dark = squares(sheet.scan)
    edge = CODE_EDGE / len(dark)
    for y, across in enumerate(dark):
        for x in (x for x, is_dark in enumerate(across) if is_dark):
            left, bottom = RIGHT - CODE_EDGE + x * edge, HEIGHT - FOOT + 3 - (y + 1) * edge
            canvas.rect(left * MM, bottom * MM, edge * MM, edge * MM, stroke=0, fill=1)
    _write(canvas, sheet.code, RIGHT, FOOT + CODE_EDGE, size=SMALL + 1.5, font=BOLD, is_right=True)
    lines = [line for text in sheet.foot for line in wrapped(text, SMALL + 1, TEXT_WIDTH - CODE_EDGE - 8)]
    for row, line in enumerate(lines[:5]):
        _write(canvas, line, LEFT, FOOT + 3 + row * 4, size=SMALL + 1)
    _write(canvas, page, LEFT, FOOT + CODE_EDGE, size=SMALL + 1)


def _write(
    canvas: Any, text: str, at: float, down: float, *, size: float = SIZE, font: str = PLAIN, is_right: bool = False
) -> None:
    canvas.setFont(font, size)
    put = canvas.drawRightString if is_right else canvas.drawString
    put(at * MM, (HEIGHT - down) * MM, printable(text))
