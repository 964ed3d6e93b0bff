"""A reply to the mail that asked: a bare number is the score, words are a contact. Pure."""

from __future__ import annotations

import re
from typing import Final

from kept.text.splitting import split_reply

_NAMED: Final = (
    r"(?:(?:my |meine )?(?:score|mark|number|answer|note|zahl|punkte?|bewertung|antwort)\s*[:=]?\s*(?:is\s+|ist\s+)?)?"
)
_OUT_OF: Final = r"(?:\s*(?:/|out of|of|von)\s*(?P<most>\d{1,2}))?"
_UNIT: Final = r"(?:\s*(?:points?|punkte?n?))?"
_BARE: Final = re.compile(rf"{_NAMED}(?P<score>\d{{1,2}}){_OUT_OF}{_UNIT}\s*[.!]?", re.I)
_FIRST: Final = re.compile(rf"{_NAMED}(?P<score>\d{{1,2}}){_OUT_OF}{_UNIT}\s*(?:[,;:!–—-]|\.(?=\s+[^\W\d_])|$)", re.I)
"""A number that opens the first line counts only where something sets it off: "7, because", never "2 pizzas" or "3.50"."""
_DAY: Final = re.compile(r"\d{1,2}\.\s+(?:jan|feb|mär|mar|apr|ma[iy]|jun|jul|aug|sep|o[kc]t|nov|de[zc])", re.I)


def score_and_words(text: str, *, lowest: int, highest: int) -> tuple[int | None, str]:
    """The score in this reply, if it is one on the scale, and the words beside it; what they quote of ours is neither."""
    said = split_reply(text).new.strip()
    if bare := _BARE.fullmatch(" ".join(said.split())):
        score = _on_scale(bare, lowest, highest)
        return (score, "") if score is not None else (None, said)
    first = said.partition("\n")[0].strip()
    found = None if _DAY.match(first) else _FIRST.match(first)
    return (_on_scale(found, lowest, highest) if found else None), said


def _on_scale(found: re.Match[str], lowest: int, highest: int) -> int | None:
    """The number, unless it lies outside the scale or was given out of another one."""
    score, most = int(found["score"]), found["most"]
    if most is not None and int(most) != highest:
        return None
    return score if lowest <= score <= highest else None
