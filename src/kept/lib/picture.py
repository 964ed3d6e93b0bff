"""A drawing of ours (SVG) as a picture (PNG), for whoever cannot open the other. Nothing is fetched for it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import resvg_py
from django.utils.translation import gettext as _

from kept.lib.refusal import Refusal

LONGEST, WIDEST, MOST_DOTS = 2_000_000, 4096, 16_000_000
"""Letters of the drawing; dots in a line; dots in all (64 MB while it is drawn)."""
FONT_FOLDERS: Final = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts")
FONTS: Final = {
    **{"DejaVuSans.ttf": "DejaVu Sans", "LiberationSans-Regular.ttf": "Liberation Sans", "NotoSans-Regular.ttf": "Noto Sans"},
    **{"FreeSans.ttf": "FreeSans", "Arial.ttf": "Arial", "DroidSans.ttf": "Droid Sans"},
}
"""File: family, the one that is taken first stands first."""
REACHES_OUT: Final = frozenset({"image", "feImage", "style", "script", "foreignObject"})
NO_LETTER: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What may not stand in XML, though somebody can type it."""


class NoDrawing(ValueError):
    """This is no SVG of ours: it cannot be read, is too large, or points at something outside itself."""


def png_of(svg: str, *, width: int) -> bytes:
    """The drawing as a PNG so many dots wide, less where it would be huge. Raises NoDrawing; Refusal where there is no font."""
    svg = NO_LETTER.sub("", svg)
    across = _across(_root_of(svg), width)
    try:
        return resvg_py.svg_to_bytes(svg_string=svg, width=across, sans_serif_family=_family(), font_family=_family())
    except ValueError as trouble:
        raise NoDrawing(str(trouble)) from None


def _root_of(svg: str) -> ElementTree.Element:
    """The drawing, read as XML; nothing in it leads out of it."""
    if len(svg) > LONGEST or "<!" in svg or "<?" in svg:
        raise NoDrawing("too long, or it declares things of its own")
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314 - without "<!" there are no entities to blow up
    except ElementTree.ParseError as trouble:
        raise NoDrawing(str(trouble)) from None
    for part in root.iter():
        if _bare(part.tag) in REACHES_OUT:
            raise NoDrawing(f"it has a {_bare(part.tag)}")
        if any(_bare(name) == "href" and not where.startswith("#") for name, where in part.items()):
            raise NoDrawing("it points outside itself")
    return root


def _bare(name: str) -> str:
    return name.rpartition("}")[2]


def _across(root: ElementTree.Element, width: int) -> int:
    """As wide as wanted, unless that is more dots than a server should draw at once."""
    try:
        _x, _y, wide, tall = (float(one) for one in root.get("viewBox", "").replace(",", " ").split())
    except ValueError:
        raise NoDrawing("it does not say its size (viewBox)") from None
    if not (0 < wide < 1e6 and 0 < tall < 1e6):
        raise NoDrawing("it has no size")
    across = min(max(width, 1), WIDEST, int((MOST_DOTS * wide / tall) ** 0.5))
    if across < 1:
        raise NoDrawing("it is a line")
    return across


@cache
def _family() -> str:
    """Of a font that is installed here."""
    there = {file.name for folder in FONT_FOLDERS for file in Path(folder).rglob("*.ttf")}
    for file, family in FONTS.items():
        if file in there:
            return family
    raise Refusal(_("This server has no font to draw a picture with. Take the SVG, or have fonts-dejavu-core installed."))
