"""Finds when something is to happen in what somebody wrote, in English and German, and resolves it to a due moment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain

from kept.lib.hours import BusinessHours
from kept.text.clock_words import find_times
from kept.text.day_words import find_days
from kept.text.days import WritersDay
from kept.text.pieces import Piece
from kept.text.span_words import find_spans
from kept.text.vague_words import find_vague


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that was named: where it stands, until when it runs (UTC), None if it names no hour that can be reckoned."""

    start: int
    end: int
    due_at: datetime | None
    is_vague: bool
    is_deadline: bool
    is_span: bool  # "within 3 days": runs from a beginning, here the moment of writing


_AND_AT = re.compile(
    r"[ ,]*(?:(?:at|by|on|before|until|till|around|about|from|between|um|bis|gegen|am|der|den|dem|the|of|in|spätestens"
    r"|latest|no later than|zwischen|ca\.?|circa)[ ,]+){0,3}"
)
_OR = re.compile(r" ?(?:-|,? ?\b(?:to|or|and|bis|oder|und|,)\b)(?: (?:on|am|zum|by|at the latest|spätestens))? ?")
_SAME = re.compile(r",?(?: the| den| dem| der)? ?")
_LEAD = re.compile(
    r"(?:\b(?:by|until|till|before|on|no later than|not later than|latest|within|at|around|about|from|in|between"
    r"|zwischen|bis|spätestens|am|vor|ab|im laufe|zum|zur|der|des|um|gegen"
    r"|the|later|noch|den|dem|von|of|course|during|im|lauf)\b ?){1,5}$"
)
_TAIL = re.compile(r",? (?:at the )?(?:very )?latest\b|,? spätestens\b| noch\b")
_BINDS = re.compile(
    r"\b(?:by|until|till|before|no later than|not later than|latest|within|bis|spätestens|vor|innerhalb|binnen)\b"
)
_PASSED = re.compile(
    r"\b(?:of|vom|from|dated|since|seit|last|letzten|letzte|letzter|past|previous|order(?:ed)? on|received on"
    r"|message on|till now)(?: the)? ?$"
)
_UNTIL_EVE = re.compile(r"\b(?:before|vor)\b ?(?:the |dem )?$")
_LOOK_BACK = 40


def find_moments(even_text: str, *, said_at: datetime, hours: BusinessHours) -> list[Moment]:
    """All times named in text already made even, first to last; of a range its later end counts. Never raises on words."""
    day = WritersDay(said_at, hours)
    pieces = sorted(
        chain(find_spans(even_text, day), find_days(even_text, day), find_times(even_text), find_vague(even_text)),
        key=lambda piece: (piece.start, -piece.end),
    )
    return [_resolved(even_text, piece, day) for piece in _joined(even_text, _apart(pieces)) if not _is_past(even_text, piece)]


def _apart(pieces: list[Piece]) -> Iterator[Piece]:
    """Overlapping readings: the one that begins first, and of those the longest, stays."""
    end = 0
    for piece in pieces:
        if piece.start >= end:
            end = piece.end
            yield piece


def _joined(text: str, pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours that are one: "tomorrow" with "at 10", "Friday" with "19 June", "Monday or Tuesday"."""
    held: Piece | None = None
    for piece in pieces:
        if held and (both := _one(text[held.end : piece.start], held, piece)):
            held = both
            continue
        if held and held.stands_alone:
            yield held
        held = piece
    if held and held.stands_alone:
        yield held


def _one(gap: str, first: Piece, second: Piece) -> Piece | None:
    if len(gap) > _LOOK_BACK or first.is_vague != second.is_vague:
        return None
    if first.day and second.day and not first.hour:
        if _SAME.fullmatch(gap):
            return replace(second, start=first.start)
        if _OR.fullmatch(gap):
            return replace(second if second.day >= first.day else first, start=first.start, end=second.end)
    if first.hour and second.hour and not (first.day and second.day) and _OR.fullmatch(gap):
        return replace(second, start=first.start, day=first.day or second.day, stands_alone=True)
    if bool(first.day) != bool(second.day) and bool(first.hour) != bool(second.hour) and _AND_AT.fullmatch(gap):
        day, hour = first.day or second.day, first.hour or second.hour
        return Piece(first.start, second.end, day=day, hour=hour, is_closing=first.is_closing or second.is_closing)
    if first.day and second.is_closing and not first.hour and _AND_AT.fullmatch(gap):
        return replace(first, end=second.end)
    if first.is_closing and second.day and not second.hour and _AND_AT.fullmatch(gap):
        return replace(second, start=first.start)
    return None


def _is_past(text: str, piece: Piece) -> bool:
    """Speaks of an order or a letter of that day, not of when something will be done."""
    return bool(piece.day) and _PASSED.search(text[max(0, piece.start - _LOOK_BACK) : piece.start]) is not None


def _resolved(text: str, piece: Piece, day: WritersDay) -> Moment:
    before = text[max(0, piece.start - _LOOK_BACK) : piece.start]
    lead = _LEAD.search(before)
    tail = _TAIL.match(text, piece.end)
    start = piece.start - (len(before) - lead.start() if lead else 0)
    end = tail.end() if tail else piece.end
    due_at = None if piece.is_vague or piece.waits else _due(piece, day, is_eve=_UNTIL_EVE.search(before) is not None)
    return Moment(
        start,
        end,
        due_at,
        piece.is_vague or piece.waits,
        tail is not None or _BINDS.search(text[start:end]) is not None,
        piece.is_span,
    )


def _due(piece: Piece, day: WritersDay, *, is_eve: bool) -> datetime | None:
    try:
        due = piece.due(day, is_eve=is_eve).astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return due if due > day.said_at.astimezone(UTC) else None
