"""A reply to the mail that asked: a bare number is the score, words are a contact. Pure."""

from __future__ import annotations

import re
from typing import Final

from kept.text.splitting import split_reply
from kept.text.thanks import is_only_thanks
from kept.text.words import word_set

_NAMED: Final = (
    r"(?:(?:my |meine )?(?:score|mark|number|answer|note|zahl|punkte?|bewertung|antwort)\s*[:=]?\s*(?:is\s+|ist\s+)?)?"
)
_OUT_OF: Final = r"(?:\s*(?:/|out of|of|von)\s*(?P<most>\d{1,2}))?"
_UNIT: Final = r"(?:\s*(?:points?|punkte?n?))?"
_FIRST: Final = re.compile(rf"{_NAMED}(?P<score>\d{{1,2}}){_OUT_OF}{_UNIT}\s*(?:[,;:!–—-]|\.(?!\d)|$)", re.I)
"""A number that opens the first line counts only where something sets it off: "7, because", never "2 pizzas" or "3.50"."""
_DAY: Final = re.compile(r"\d{1,2}\.\s*(?:jan|feb|mär|mar|apr|ma[iy]|jun|jul|aug|sep|o[kc]t|nov|de[zc]|\d)", re.I)
_CLOSING: Final = word_set(
    # as casefold() writes them
    "best kind warm regards wishes yours sincerely cheers mit freundlichen freundliche herzliche herzlichen viele liebe beste"
    " schöne schönen grüsse grüssen gruss lg mfg vg ihr ihre from all the"
)


def score_and_words(text: str, *, lowest: int, highest: int, name: str = "") -> tuple[int | None, str]:
    """The score in this reply, if it is one on the scale, and the words beside it; what they quote of ours is neither.

    A greeting at the end, the writer's own `name` and mere thanks are no words: they ask for nothing.
    """
    said = split_reply(text).new.strip()
    first, _newline, rest = said.partition("\n")
    found = None if _DAY.match(first.strip()) else _FIRST.match(first.strip())
    score = _on_scale(found, lowest, highest) if found else None
    if found is None or score is None:
        return None, said
    rest = f"{first.strip()[found.end() :].strip()}\n{rest}".strip()
    return score, "" if _is_mere_closing(rest, name) else said


def _on_scale(found: re.Match[str], lowest: int, highest: int) -> int | None:
    """The number, unless it lies outside the scale or was given out of another one."""
    score, most = int(found["score"]), found["most"]
    if most is not None and int(most) != highest:
        return None
    return score if lowest <= score <= highest else None


def _is_mere_closing(rest: str, name: str) -> bool:
    said = re.findall(r"[^\W\d_]+", rest.casefold())
    theirs = re.findall(r"[^\W\d_]+", name.casefold())
    others = [word for word in said if word not in _CLOSING and word not in theirs]
    return not re.search(r"\d", rest) and "?" not in rest and (not others or is_only_thanks(" ".join(others)))
