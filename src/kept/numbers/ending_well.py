"""How matters ended, and how much had to be done until they did: who is counted, out of the facts of a time. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from kept.numbers.facts import Facts
from kept.numbers.members import Kind, Member

WITHIN: Final = timedelta(days=7)
"""Within it a further word on the same matter means that the first answer was not enough."""
APART: Final = timedelta(hours=1)
"""What comes sooner is one and the same word in two pieces."""


def ends(facts: Facts) -> list[Member]:
    """Every matter that ended, as they said: white, black, no word."""
    return [
        Member(Kind.CASE, case.key, case.ended_at, case.outcome, case.customer)
        for case in facts.ended
        if case.ended_at is not None
    ]


def once(facts: Facts) -> list[Member]:
    """Every matter that began and was answered at least seven days ago: done at the first contact, or not."""
    again: set[int] = set()
    begun = {case.key: case for case in facts.begun}
    for word in facts.words:
        case = begun.get(word.case)
        if case is None or case.first_answered_at is None or word.is_rested:
            continue
        if case.first_answered_at < word.at <= case.first_answered_at + WITHIN:
            again.add(word.case)
    old_enough = facts.lens.ends - WITHIN
    return [
        Member(Kind.CASE, case.key, case.opened_at, _how(case.outcome, wrote_again=case.key in again), case.customer)
        for case in facts.begun
        if case.first_answered_at is not None and case.first_answered_at <= old_enough and case.reason != "passed_on"
    ]


def _how(outcome: str, *, wrote_again: bool) -> str:
    if outcome != "white":
        return outcome or "open"
    return "again" if wrote_again else "once"


def told_again(facts: Facts) -> list[Member]:
    """Every matter that began: they had to say it again before anybody answered, or they had not."""
    first: dict[int, datetime] = {}
    again: set[int] = set()
    begun = {case.key: case for case in facts.begun}
    for word in facts.words:
        case = begun.get(word.case)
        if case is None:
            continue
        since = first.setdefault(word.case, word.at)
        unanswered = case.first_answered_at is None or word.at < case.first_answered_at
        if unanswered and word.at - since >= APART:
            again.add(word.case)
    return [
        Member(Kind.CASE, key, case.opened_at, "again" if key in again else "once", case.customer) for key, case in begun.items()
    ]


def switched(facts: Facts) -> list[Member]:
    """Every matter that began: they stayed on one medium, or went on by another."""
    return [
        Member(Kind.CASE, case.key, case.opened_at, "switched" if len(set(case.media.split())) > 1 else "stayed", case.customer)
        for case in facts.begun
    ]


def repeated(facts: Facts) -> list[Member]:
    """Every matter that began: it had happened to them before, or takes up one that had ended; or neither."""
    return [
        Member(
            Kind.CASE,
            case.key,
            case.opened_at,
            "before" if case.repeats > 1 or case.follows is not None else "new",
            case.customer,
        )
        for case in facts.begun
    ]


def reached(facts: Facts) -> list[Member]:
    """Every matter that was spoken of in public and ended, with how many people it had reached."""
    return [
        Member(Kind.CASE, case.key, case.ended_at, case.outcome, case.customer, float(case.reach))
        for case in facts.ended
        if case.reach and case.ended_at is not None
    ]
