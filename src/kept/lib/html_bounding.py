"""HTML cut down to what a cleaner can bear: so long and so deep, and pictures written into the text left out."""

from __future__ import annotations

import re
from collections import Counter

LONGEST = 500_000
"""Characters looked at, pictures written into the text apart; the original is kept elsewhere."""
DEEPEST = 300
"""With more elements open at once there is no shape left to show, and the cleaner's time grows with the square."""

_SHALLOW = "area br col hr img input link meta wbr p li td th tr tbody thead tfoot"
"""Elements without an end, or ended by the next of their kind: many of them are not a nest."""

_NEVER_DEEP = frozenset(_SHALLOW.split())
_PICTURE = re.compile(r"data:[\w/+.-]{0,80};base64,[A-Za-z0-9+/=\r\n]+")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_ANY_TAGS = re.compile(r"(?:<[^<>]*>?\s*)+")


def bounded(dirty: str) -> str:
    """The same HTML without written-in pictures, no longer than LONGEST; nested past all sense, only its words."""
    html = _PICTURE.sub("", dirty.encode("utf-8", "replace").decode())
    if _is_nested_past_sense(html[:LONGEST]):
        html = _ANY_TAGS.sub(" ", html)
    return html[:LONGEST]


def _is_nested_past_sense(html: str) -> bool:
    open_now: Counter[str] = Counter()
    depth = 0
    for closing, tag in _TAG.findall(html):
        name = tag.lower()
        if name in _NEVER_DEEP:
            continue
        if not closing:
            open_now[name] += 1
            depth += 1
        elif open_now[name]:
            open_now[name] -= 1
            depth -= 1
        if depth > DEEPEST:
            return True
    return False
