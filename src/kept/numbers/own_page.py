"""Who found it on their own page: read it and wrote nothing, or wrote again. Pure, out of the facts of a time."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Final

from kept.numbers.facts import Facts, OneRead
from kept.numbers.members import Kind, Member

WITHIN: Final = timedelta(days=3)
"""Whoever writes within it did not find it."""


def on_their_own_page(facts: Facts) -> list[Member]:
    """Every matter whose page its customer read, once in each time, by the last such reading that is three days old."""
    said = defaultdict(list)
    for word in facts.words:
        said[word.case].append(word.at)
    slots: dict[tuple[int, bool], list[OneRead]] = defaultdict(list)
    for one in facts.reads:
        if one.at <= facts.lens.ends - WITHIN:
            slots[one.case, facts.lens.holds(one.at)].append(one)
    return [
        Member(Kind.CASE, case, reads[-1].at, _part(reads, said[case]), reads[-1].customer)
        for (case, _now), reads in slots.items()
    ]


def _part(reads: list[OneRead], said: list[datetime]) -> str:
    last = reads[-1].at
    if any(last < at <= last + WITHIN for at in said):
        return "wrote"
    return "found" if any(one.is_enough for one in reads) else "read"
