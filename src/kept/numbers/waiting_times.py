"""How long they waited, from each word of theirs to the person's answer that covers it. Pure, out of the facts of a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from kept.lib.hours import BusinessHours, working_between
from kept.numbers.facts import Facts, Word
from kept.numbers.members import Kind, Member


def first_answers(facts: Facts) -> list[Member]:
    """Every matter that began and needs, or had, an answer: what its first one took; who still waits, how long until now."""
    members = []
    for case in facts.begun:
        since = min(case.first_at or case.opened_at, case.opened_at)
        until = case.first_answered_at or (facts.lens.ends if case.silent_since is not None else None)
        if until is not None:
            part = "answered" if case.first_answered_at else "waiting"
            members.append(Member(Kind.CASE, case.key, case.opened_at, part, case.customer, minutes(since, until)))
    return members


def in_our_hours(facts: Facts, waits: Sequence[Member], hours: Mapping[int, BusinessHours]) -> list[float]:
    """The same waits in our own business hours: what of each fell into the time in which we were there."""
    began = {(Kind.CASE, one.key): (min(one.first_at or one.opened_at, one.opened_at), one.calendar) for one in facts.begun}
    if any(one.kind == Kind.WORD for one in waits):
        began |= {(Kind.WORD, word.key): (word.at, word.calendar) for word in facts.words}
    spans = []
    for one in waits:
        since, calendar = began[one.kind, one.key]
        until = since + timedelta(minutes=one.amount or 0)
        spans.append(working_between(hours[calendar], since, until).total_seconds() / 60)
    return spans


def next_answers(facts: Facts) -> list[Member]:
    """Every further word, said after our first answer, that needs or had one; put to rest, it needs none."""
    return [
        _member(facts, word, until)
        for word in facts.words
        if word.first_answered_at is not None and word.at > word.first_answered_at
        if (until := _covered(facts, word)) is not None
    ]


def longest_silences(facts: Facts) -> list[Member]:
    """Every matter on which something was said: the longest that one of its words went without an answer."""
    longest: dict[tuple[int, bool], Member] = {}
    for word in facts.words:
        until = _covered(facts, word)
        if until is None:
            continue
        member = _member(facts, word, until)
        slot = (word.case, facts.lens.holds(word.at))
        if slot not in longest or (member.amount or 0) > (longest[slot].amount or 0):
            longest[slot] = member
    return list(longest.values())


def calls(facts: Facts) -> list[Member]:
    """Every call: rung back, answered another way, not yet; a call that needed no answer, like thanks, is none to ring back."""
    members = []
    for word in facts.words:
        until = _covered(facts, word) if word.medium == "phone" else None
        if until is not None:
            by = _answer_of(facts, word)
            part = "waiting" if by is None else "rung" if by == "phone" else "other"
            members.append(Member(Kind.WORD, word.key, word.at, part, word.customer, minutes(word.at, until)))
    return members


def in_public(facts: Facts) -> list[Member]:
    """Every public post that needs or had an answer: answered in public, answered elsewhere, or left in silence till now."""
    members = []
    for word in facts.words:
        until = _covered(facts, word) if word.medium == "post" else None
        if until is not None:
            by = _answer_of(facts, word)
            part = "waiting" if by is None else "public" if by == "post" else "elsewhere"
            members.append(Member(Kind.WORD, word.key, word.at, part, word.customer, minutes(word.at, until)))
    return members


def public_answers(facts: Facts) -> list[Member]:
    """The same posts, with how long each waited: answered, wherever that was, or waiting till now."""
    return [one if one.part == "waiting" else one._replace(part="answered") for one in in_public(facts)]


def failure_demand(facts: Facts) -> list[Member]:
    """Every contact: caused by what we did not do (a word of ours was broken, or it happened again), or not."""
    first_of: dict[int, int] = {}
    for word in facts.words:
        first_of.setdefault(word.case, word.key)
    return [
        Member(Kind.WORD, word.key, word.at, _cause(word, is_first=first_of[word.case] == word.key), word.customer)
        for word in facts.words
        if not word.is_rested
    ]


def _cause(word: Word, *, is_first: bool) -> str:
    if word.broken:
        return "broken"
    begins = is_first and (word.first_answered_at is None or word.at <= word.first_answered_at)
    return "repeat" if begins and word.repeats > 1 else "value"


def _member(facts: Facts, word: Word, until: datetime) -> Member:
    part = "waiting" if _answer_of(facts, word) is None else "answered"
    return Member(Kind.WORD, word.key, word.at, part, word.customer, minutes(word.at, until))


def _covered(facts: Facts, word: Word) -> datetime | None:
    """When its answer reached them; now, while it waits; None where it needed none."""
    for answer in facts.answers.get(word.case, ()):
        if answer.up_to >= word.key:
            return max(answer.delivered_at, word.at)
    return facts.lens.ends if word.settled in ("", "asked_back") and not word.is_rested else None


def _answer_of(facts: Facts, word: Word) -> str | None:
    """The medium of the answer that covers it."""
    return next((answer.medium for answer in facts.answers.get(word.case, ()) if answer.up_to >= word.key), None)


def minutes(since: datetime, until: datetime) -> float:
    """Clock minutes between the two."""
    return max((until - since).total_seconds() / 60, 0.0)
