"""Finds what a reply binds us to, and by when: proposals for the promise ledger, which a person confirms (R7, R12)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kept.lib.hours import BusinessHours
from kept.text.binding import Bound, bound_in, meant_by
from kept.text.cues import Kind
from kept.text.moments import Moment, find_moments
from kept.text.phrasing import said_briefly
from kept.text.words import READ_AT_MOST, even, sentences


@dataclass(frozen=True, slots=True)
class FoundPromise:
    """Words that seem to bind the house: `text[start:end] == quote`; `due_at` in UTC, always after the moment of writing."""

    what: str
    quote: str
    start: int
    end: int
    kind: Kind
    due_at: datetime | None
    due_quote: str
    is_vague: bool  # "shortly", or once something of ours has happened: the writer should name an hour
    who: str  # the colleague who is to do it, "" if the writer


def find_promises(text: str, *, said_at: datetime, hours: BusinessHours) -> list[FoundPromise]:
    """Every promise in what an Employee writes, in order, English or German; questions and quoted lines are not read.

    A day without an hour ends when the house closes that day, a range at its later end. Never raises on any text.
    """
    piece = text[:READ_AT_MOST]
    low = even(piece)
    bound = list(_bound(piece, low))
    if not bound:
        return []
    moments = find_moments(low, said_at=said_at, hours=hours)
    return [_found(piece, low, one, moment) for one, moment in _dated(bound, moments)]


def _bound(text: str, low: str) -> Iterator[list[Bound]]:
    """The bindings sentence by sentence, those of one sentence together."""
    meant: str | None = None
    for sentence in sentences(text):
        if sentence.asks or sentence.text.startswith(">"):
            continue
        found = bound_in(low, sentence, before=meant)
        meant = meant_by(low[sentence.start : sentence.end], sentence, found, meant)
        if found:
            yield found


def _dated(bound: list[list[Bound]], moments: list[Moment]) -> Iterator[tuple[Bound, Moment | None]]:
    """Each binding with the moment it names; those that only a date would make a promise go without one."""
    for together in bound:
        near = moments[bisect_left(moments, together[0].lead, key=_place) : bisect_left(moments, together[-1].end, key=_place)]
        for one in together:
            chosen = _chosen(one, near)
            if not one.cue.needs_date or (chosen and chosen.due_at) or (one.kind == "conditional" and not one.cue.is_thing):
                yield one, chosen


def _place(moment: Moment) -> int:
    return moment.start


def _chosen(one: Bound, near: list[Moment]) -> Moment | None:
    """After the verb counts before ahead of it, an hour before a vague word, "by Friday" before "on Monday"."""
    mine = [moment for moment in near if one.lead <= moment.start < one.end and not one.is_in_condition(moment.start)]
    return min(
        mine,
        key=lambda moment: (moment.due_at is None, moment.start < one.told, not moment.is_deadline, moment.start),
        default=None,
    )


def _found(text: str, low: str, one: Bound, moment: Moment | None) -> FoundPromise:
    start = min(one.start, moment.start) if moment else one.start
    end = max(one.end, moment.end) if moment else one.end
    due = moment if moment and moment.due_at and not (moment.is_span and (one.waits or one.kind == "conditional")) else None
    return FoundPromise(
        what=said_briefly(text, low, one, moment),
        quote=text[start:end],
        start=start,
        end=end,
        kind=one.kind,
        due_at=due.due_at if due else None,
        due_quote=text[moment.start : moment.end] if moment else "",
        is_vague=due is None and (one.waits or bool(moment and moment.is_vague)),
        who=one.cue.who,
    )
