"""What a way tells by itself: its variant, its loops, how they were answered and how it ended. Sums over a list of activities."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kept.journeys.activities import ANSWERED, ASKED_BACK, ENDED, HANDED_ON, REOPENED, SIGN_OF_LIFE, TAKEN_BACK, WROTE

THEN: Final = " > "
THERE, MOVED, AGAIN, NOT_YET = "there", "moved", "again", "not_yet"
"""How they were answered: where they asked; on another medium; only after they asked again; not so far."""
OURS: Final = frozenset({ANSWERED, ASKED_BACK, SIGN_OF_LIFE})


@dataclass(frozen=True, slots=True)
class Way:
    """What a list of activities amounts to."""

    asked_twice: int
    """Words of theirs that came while earlier ones had no answer yet."""
    switched: int
    """Words that came by another medium than the ones before."""
    told_again: int
    """Words said to somebody who had taken it over since: what was told once is told once more."""
    outcome: str
    began_by: str
    went: str
    words: int
    answers: int


def way_of(steps: Sequence[str]) -> Way:
    """Read from the first step to the last, once."""
    asked_twice = switched = told_again = words = answers = 0
    began_by = medium = outcome = ""
    waits = somebody_new = was_answered = False
    before = (waits, was_answered)
    for step in steps:
        kind, _slash, detail = step.partition("/")
        if kind == WROTE:
            words += 1
            asked_twice += waits
            told_again += somebody_new
            switched += bool(medium) and detail != medium
            began_by = began_by if words > 1 else detail
            medium, waits, somebody_new = detail, True, False
        elif kind in OURS:
            answers, before = answers + 1, (waits, was_answered)
            if kind != SIGN_OF_LIFE:
                waits, was_answered = False, True
        elif kind == TAKEN_BACK:
            answers, (waits, was_answered) = max(0, answers - 1), before
        elif kind == "put_to_rest":
            waits = False
        elif kind == HANDED_ON:
            somebody_new = True
        elif kind == ENDED:
            outcome, waits = detail, False
        elif kind == REOPENED:
            outcome = ""
    went = _went(asked_twice, switched, was_answered)
    return Way(asked_twice, switched, told_again, outcome, began_by, went, words, answers)


def _went(asked_twice: int, switched: int, was_answered: bool) -> str:
    if asked_twice:
        return AGAIN
    if switched:
        return MOVED
    return THERE if was_answered else NOT_YET


def trace_of(steps: Sequence[str]) -> str:
    """The way on one line."""
    return THEN.join(steps)


def steps_of(trace: str) -> list[str]:
    """The way from its line."""
    return trace.split(THEN) if trace else []


def variant_of(trace: str) -> str:
    """The same for every case that took the same way."""
    return hashlib.sha256(trace.encode()).hexdigest()
