"""Promises kept and how early, scores, good words and small things: who is counted, out of the facts of a time. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kept.numbers.facts import Facts
from kept.numbers.members import Kind, Member
from kept.numbers.waiting_times import minutes


def promises(facts: Facts) -> list[Member]:
    """Every word we gave that fell due: kept in time, kept late, or broken till now."""
    return [Member(Kind.PROMISE, one.key, one.due_at, _stands(one.due_at, one.kept_at), one.customer) for one in facts.given]


def _stands(due_at: datetime, kept_at: datetime | None) -> str:
    if kept_at is None:
        return "broken"
    return "kept" if kept_at <= due_at else "late"


def early(facts: Facts) -> list[Member]:
    """Every word we gave that named an hour and was kept in time, with how long before its hour."""
    return [
        Member(Kind.PROMISE, one.key, one.due_at, "early", one.customer, minutes(one.kept_at, one.due_at))
        for one in facts.given
        if one.names_hour and one.kept_at is not None and one.kept_at <= one.due_at
    ]


def standing_promises(facts: Facts, *, only: int | None = None) -> list[Member]:
    """The same of the words that we give to everybody: an advert, a guarantee, a map; `only`: of this one."""
    words = {one.key for one in facts.given if one.standing is not None and only in (None, one.standing)}
    return [one for one in promises(facts) if one.key in words]


def scores(measure: str) -> Callable[[Facts], list[Member]]:
    """Everybody who gave a number of this measure; the part is the number."""

    def given(facts: Facts) -> list[Member]:
        return [
            Member(Kind.RESPONSE, one.key, one.at, str(one.score), one.customer) for one in facts.scored if one.measure == measure
        ]

    return given


def good_words(facts: Facts) -> list[Member]:
    """Every good word: passed on, or still looking for whom it is about."""
    return [Member(Kind.PRAISE, one.key, one.at, one.state, one.customer) for one in facts.praise]


def small_things(facts: Facts) -> list[Member]:
    """Every small thing that was seen: done, open, or left as it is."""
    return [Member(Kind.SEEN, one.key, one.at, one.state, one.customer) for one in facts.seen]
