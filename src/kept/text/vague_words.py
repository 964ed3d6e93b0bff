"""Words that sound like a time and bind nobody: "shortly", "ASAP", "so bald wie möglich"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kept.text.pieces import Piece

_VAGUE = re.compile(
    r"\b(?:as (?:soon|quickly|fast|early) as (?:possible|(?:i|we) (?:possibly )?can)|asap|shortly|(?<!as )soon(?! as)"
    r"|in due course|right away|straight ?away"
    r"|immediately|at once|promptly|at the earliest|in no time|in good time|when(?:ever)? (?:i|we) can|first thing"
    r"|in a (?:moment|minute|bit|while)|(?:(?:in|within|over|during) )?(?:a|the next|the coming|next) few (?:moments"
    r"|minutes|hours|days|weeks)"
    r"|in the (?:next|coming|near) (?:days|weeks|future)|so (?:bald|schnell|rasch|zeitnah) (?:es geht|wie möglich)"
    r"|schnellst ?möglich|baldmöglichst|schnellstens"
    r"|umgehend|in kürze|demnächst|zeitnah|baldigst|bald|sofort|unverzüglich|gleich|in (?:den nächsten|den kommenden"
    r"|wenigen|ein paar) (?:minuten|stunden|tagen|wochen)"
    r"|bei gelegenheit|im laufe der zeit)\b(?! after)"
)


def find_vague(text: str) -> Iterator[Piece]:
    """Every vague time in text already made even."""
    for found in _VAGUE.finditer(text):
        yield Piece(found.start(), found.end(), is_vague=True)
