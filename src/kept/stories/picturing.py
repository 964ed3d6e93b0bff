"""A story on a card as one picture, for a wall or a post: an SVG of our own; nothing in it acts, or comes from elsewhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kept.stories.models import Scope, Story

WIDE, EDGE, LEAST = 1080, 84, 1080
"""Dots; a story that needs less stands on a square."""
LONGEST = 1500
"""Letters; a card that nobody can read from where they stand is none. The page and the print have all of it."""
SIZES: Final = ((140, 62), (300, 52), (600, 42), (1000, 34), (LONGEST, 30))
INK, QUIET, PAPER, LINE = "#211e19", "#635d52", "#fdfbf7", "#857f72"
_NARROW, _BROAD = frozenset("iljtfrI.,:;'’‘|!()[]{}-– “”\"/"), frozenset("mwMW@%&—…")
SPACE = 0.42
_JOINS = "\u200d"


def story_as_svg(story: Story, *, by: str = "") -> str:
    """The card. `by`: the house that shows it. What may not leave the house says so on itself."""
    words = _shortened(story.words)
    size = next(size for most, size in SIZES if len(words) <= most)
    drawn, y = _lines(story.title, 34, EDGE + 40, weight=600)
    more, y = _lines(f"“{words}”", size, y + 62 + size // 2)
    drawn += more
    more, y = _lines(f"{story.name_shown or _('Name kept back')}, {_on(story)}", 28, y + 56, colour=QUIET)
    drawn += more
    if story.different:
        told = f"{_('What should have been different:')} {_shortened(story.different, 400)}"
        more, y = _lines(told, 28, y + 50)
        drawn += more
    foot = by if story.scope == Scope.PUBLIC else " · ".join(filter(None, (by, _("only for us who work here"))))
    tall = max(LEAST, y + 130)
    drawn.append(f'<rect x="{EDGE}" y="{tall - 92}" width="{WIDE - 2 * EDGE}" height="2" fill="{LINE}"/>')
    drawn += _lines(foot, 26, tall - 48, colour=QUIET)[0]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {tall}" width="{WIDE}" height="{tall}"'
        f' font-family="system-ui, sans-serif"><title>{_plain(story.title)}</title>'
        f'<rect width="{WIDE}" height="{tall}" fill="{PAPER}"/>{"".join(drawn)}</svg>'
    )


def _on(story: Story) -> str:
    """The day, the day first: most houses write it so."""
    return formats.date_format(story.happened_on, "j F Y" if (get_language() or "en").startswith("en") else "DATE_FORMAT")


def _shortened(words: str, longest: int = LONGEST) -> str:
    """At most so many letters, cut between two words, and it is seen that more was said."""
    if len(words) <= longest:
        return words.strip()
    return f"{words[: longest - 1].rsplit(None, 1)[0].rstrip(' ,;:')} …"


def _lines(words: str, size: int, y: int, *, weight: int = 400, colour: str = INK) -> tuple[list[str], int]:
    """The text as lines from `y` on, and where its last one stands."""
    drawn, at = [], y
    for row, line in enumerate(wrapped(words, (WIDE - 2 * EDGE) / size)):
        at = y + round(row * size * 1.38)
        if line:
            text = _plain(line)
            drawn.append(f'<text x="{EDGE}" y="{at}" font-size="{size}" font-weight="{weight}" fill="{colour}">{text}</text>')
    return drawn, at


def _plain(text: str) -> str:
    """As XML can carry it."""
    return escape("".join(one for one in text if unicodedata.category(one) not in {"Cc", "Cs"} and one not in "\ufffe\uffff"))


def wrapped(text: str, wide: float) -> list[str]:
    """The lines of a text that is `wide` ems across. A word longer than a line is broken; no sign is torn from its accents."""
    lines = list[str]()
    for paragraph in text.strip().splitlines():
        line, used = "", 0.0
        for word in paragraph.split():
            for piece in _pieces(word, wide):
                needed = width_of(piece)
                if line and used + SPACE + needed > wide:
                    lines.append(line)
                    line, used = "", 0.0
                line, used = (f"{line} {piece}", used + SPACE + needed) if line else (piece, needed)
        lines.append(line)
    return lines


def _pieces(word: str, wide: float) -> Iterator[str]:
    """The word itself, or as much of it as fits, again and again."""
    piece, used = "", 0.0
    for sign in signs_of(word):
        needed = width_of(sign)
        if piece and used + needed > wide:
            yield piece
            piece, used = "", 0.0
        piece, used = piece + sign, used + needed
    yield piece


def signs_of(text: str) -> list[str]:
    """What is seen as one: a letter with its accents, an emoji with its colour or its family."""
    signs = list[str]()
    for one in text:
        goes_on = unicodedata.category(one) in {"Mn", "Me", "Mc"} or one == _JOINS or "\U0001f3fb" <= one <= "\U0001f3ff"
        if signs and (goes_on or signs[-1].endswith(_JOINS)):
            signs[-1] += one
        else:
            signs.append(one)
    return signs


def width_of(text: str) -> float:
    """In ems, rather too much than too little: nobody measures with the font that draws it in the end."""
    return sum(_width(sign[0]) for sign in signs_of(text))


def _width(one: str) -> float:
    if unicodedata.east_asian_width(one) in "WF" or unicodedata.category(one) == "So":
        return 1.35
    if one in _NARROW:
        return SPACE
    if one in _BROAD:
        return 1.02
    return 0.74 if one.isupper() else 0.64
