"""In which letters a letter is printed: DejaVu where it is installed, else what the library brings; and what neither has."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

PLAIN, BOLD = "KeptPlain", "KeptBold"
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
OURS = {PLAIN: "DejaVuSans.ttf", BOLD: "DejaVuSans-Bold.ttf"}
WITH_THE_LIBRARY = {PLAIN: "Vera.ttf", BOLD: "VeraBd.ttf"}
INSTEAD = "?"
"""Printed where a letter is in no font of ours; whoever prints it was told so before."""


def has_dejavu() -> bool:
    """Everything of Latin, Greek and Cyrillic can be printed."""
    return all((DEJAVU / name).is_file() for name in OURS.values())


@cache
def fonts() -> dict[str, Any]:
    """The two fonts, known to the library under their names. Loaded with the first letter: they are megabytes."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    found = {}
    for name in OURS:
        path = str(DEJAVU / OURS[name]) if has_dejavu() else WITH_THE_LIBRARY[name]
        found[name] = TTFont(name, path)
        pdfmetrics.registerFont(found[name])
    return found


@lru_cache(maxsize=512)
def unprintable(text: str) -> str:
    """The signs of this text that cannot be printed, each once, in the order in which they stand there."""
    glyphs = fonts()[PLAIN].face.charToGlyph
    return "".join(dict.fromkeys(sign for sign in text if not sign.isspace() and ord(sign) not in glyphs))


def printable(text: str) -> str:
    """The text with every blank a blank, and what cannot be printed replaced."""
    missing = unprintable(text)
    return "".join(INSTEAD if sign in missing else " " if sign.isspace() else sign for sign in text)


def lettering_problems() -> list[str]:
    """For the doctor: what is missing, and what then cannot be printed."""
    if has_dejavu():
        return []
    return [_("Letters are printed without Polish, Greek and Cyrillic letters: install the fonts (Debian: fonts-dejavu-core).")]
