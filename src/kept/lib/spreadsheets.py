"""Lists as a spreadsheet saves them: whichever program wrote the file, in whichever letters, parted by whichever sign."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from kept.lib.refusal import Refusal

MOST_BYTES: Final = 1024 * 1024


def as_text(content: bytes) -> str:
    """The words of a file, whichever program wrote them: UTF-8 or UTF-16 by its mark, else UTF-8, else Western European."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def cells_in(text: str) -> Iterator[list[str]]:
    """Each row as its cells, the one that names the columns first. Refuses what is no list."""
    text = text.replace("\0", "")
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:8192], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    try:
        yield from csv.reader(io.StringIO(text, newline=""), dialect)
    except csv.Error:
        raise Refusal(_("This is no list that can be read: save it as CSV.")) from None


def numbered(rows: Iterator[list[str]], columns: list[str], *, most: int) -> Iterator[tuple[int, dict[str, str]]]:
    """Every further row that has anything in it, by its number in the file. Refuses more than `most` of them, and none."""
    found = 0
    for number, cells in enumerate(rows, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        found += 1
        if found > most:
            raise Refusal(_("At most %(most)d rows in one list: cut it in two.") % {"most": most})
        yield number, dict(zip(columns, cells, strict=False))
    if not found:
        raise Refusal(_("There is nobody in this list: its first row names the columns, each further row is one customer."))
