"""A map to take away: JSON (which can be taken in again), CSV, and one picture as SVG."""

from __future__ import annotations

import csv
import json
from io import StringIO
from textwrap import wrap
from typing import Final
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from kept.journeys.drawing import STEP_WORDS, Drawn, steps_in
from kept.lib.refusal import Refusal

LONGEST_FILE: Final = 200_000
WIDE, GAP, LINE, LETTERS = 190, 14, 17, 27


def as_json(name: str, drawn: Drawn) -> str:
    """With its name, so that it can be taken in as it is."""
    return json.dumps({"name": name, **drawn}, ensure_ascii=False, indent=2)


def from_json(text: str) -> tuple[str, object]:
    """Name and what it says, not yet checked. Raises Refusal for what is no JSON object."""
    if len(text) > LONGEST_FILE:
        raise Refusal(_("This file is too long for a map."))
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise Refusal(_("This is no JSON. Take a file that was exported here.")) from None
    if not isinstance(told, dict) or not isinstance(told.get("name", ""), str):
        raise Refusal(_("This is no map. Take a file that was exported here."))
    name = told.pop("name", "")
    return name, told


def as_csv(drawn: Drawn) -> str:
    """One line a step."""
    out = StringIO()
    rows = csv.writer(out)
    rows.writerow(["stage", *STEP_WORDS, "moment_of_truth"])
    for stage, step in steps_in(drawn):
        rows.writerow([_harmless(one) for one in _cells(stage, step)])
    return out.getvalue()


def _cells(stage: str, step: Drawn) -> list[str]:
    return [stage, *(step[word] for word in STEP_WORDS), "yes" if step["moment_of_truth"] else ""]


def _harmless(cell: str) -> str:
    """A spreadsheet would take what begins so for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t"} else cell


def as_svg(name: str, drawn: Drawn) -> str:
    """The map as one picture on white, stages from left to right."""
    columns = [_column(stage, GAP + place * (WIDE + GAP)) for place, stage in enumerate(drawn["stages"])]
    wide = GAP + len(columns) * (WIDE + GAP)
    tall = max(bottom for _text, bottom in columns) + GAP
    head = (
        _text(GAP, 26, name, size=18, is_bold=True) + _text(GAP, 48, drawn["persona"]) + _text(GAP, 66, f"→ {drawn['outcome']}")
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {tall}" width="{wide}" height="{tall}"'
        f' font-family="system-ui, sans-serif" font-size="12"><title>{escape(name)}</title>'
        f'<rect width="{wide}" height="{tall}" fill="#fff"/>{head}{"".join(text for text, _bottom in columns)}</svg>'
    )


def _column(stage: Drawn, x: int) -> tuple[str, int]:
    """One stage, and where it ends."""
    y, drawn = 84, []
    titles = wrap(stage["name"], LETTERS)
    tall = len(titles) * LINE + 10
    drawn.append(f'<rect x="{x}" y="{y}" width="{WIDE}" height="{tall}" rx="4" fill="#1c2433"/>')
    drawn += [_text(x + 8, y + 17 + row * LINE, words, color="#fff", is_bold=True) for row, words in enumerate(titles)]
    y += tall + 8
    for step in stage["steps"]:
        lines = _lines(step)
        tall = len(lines) * LINE + 12
        edge = "#9a6700" if step["moment_of_truth"] else "#b9bfca"
        drawn.append(f'<rect x="{x}" y="{y}" width="{WIDE}" height="{tall}" rx="6" fill="#fff" stroke="{edge}"/>')
        drawn += [_text(x + 8, y + 18 + row * LINE, words, is_bold=bold) for row, (words, bold) in enumerate(lines)]
        y += tall + 8
    return "".join(drawn), y


def _lines(step: Drawn) -> list[tuple[str, bool]]:
    name = f"✦ {step['name']}" if step["moment_of_truth"] else step["name"]
    lines = [(line, True) for line in wrap(name, LETTERS)]
    for word in ("wants", "feels", "who", "promise"):
        lines += [(line, False) for line in wrap(step[word], LETTERS)]
    return lines


def _text(x: int, y: int, words: str, *, size: int = 12, color: str = "#1c2433", is_bold: bool = False) -> str:
    weight = ' font-weight="600"' if is_bold else ""
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{color}"{weight}>{escape(words)}</text>'
