"""Opening times as people write them, what they are on a given day, and which days a country keeps free. Beneath hours.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

Span = tuple[time, time]
"""From, to. An end of 00:00 is 24:00; a night shift is two spans, one on each day."""
Week = tuple[tuple[Span, ...], ...]
"""Seven days, Monday first."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIDNIGHT = time.min
ONE_DAY = timedelta(days=1)
ROUND_THE_CLOCK: Week = (((MIDNIGHT, MIDNIGHT),),) * 7


def read_week(written: Mapping[str, Sequence[Sequence[str]]]) -> Week:
    """The week as stored: {"mon": [["09:00", "17:00"]]}; a missing day is closed, {} is round the clock. Raises ValueError."""
    if wrong := written.keys() - set(WEEKDAYS):
        raise ValueError(f"{min(wrong)!r} is no day of the week; they are called {', '.join(WEEKDAYS)}.")
    if not written:
        return ROUND_THE_CLOCK
    return tuple(tuple(sorted(_span(name, span) for span in written.get(name) or ())) for name in WEEKDAYS)


def _span(name: str, span: Sequence[str]) -> Span:
    try:
        opens, closes = (MIDNIGHT if text == "24:00" else time.fromisoformat(text) for text in span)
    except (TypeError, ValueError):
        raise ValueError(f'{name}: {span!r} is no span of opening time; write it as ["09:00", "17:00"].') from None
    return opens, closes


def check_week(week: Week) -> None:
    """Raises ValueError, with a sentence, for a week that is wrong or never opens."""
    if len(week) != 7:
        raise ValueError("A week has seven days.")
    for name, spans in zip(WEEKDAYS, week, strict=True):
        _check_day(name, spans)
    if not any(week):
        raise ValueError("The house never opens: give at least one day of the week an opening time.")


def _check_day(name: str, spans: tuple[Span, ...]) -> None:
    if any(clock.tzinfo for span in spans for clock in span):
        raise ValueError(f"{name}: opening times are wall-clock times without a zone of their own.")
    until: time | None = None
    for opens, closes in spans:
        if until is not None and (opens < until or until == MIDNIGHT):
            raise ValueError(f"{name}: the opening times overlap.")
        if closes != MIDNIGHT and closes <= opens:
            raise ValueError(f"{name}: it closes before it opens; write a night as up to 24:00 and from 00:00 of the next day.")
        until = closes


def as_instants(day: date, spans: tuple[Span, ...], zone: ZoneInfo) -> tuple[tuple[datetime, datetime], ...]:
    """The spans of that day in UTC, in order; one that a clock change swallows whole is left out."""
    stretches = []
    for opens, closes in spans:
        last_day = day + ONE_DAY if closes == MIDNIGHT else day
        stretches.append((instant(day, opens, zone), instant(last_day, closes, zone)))
    return tuple((opens, closes) for opens, closes in stretches if opens < closes)


def instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The first moment, in UTC, at which that wall clock shows this time or, where a change skips it, a later one."""
    local = datetime.combine(day, clock, zone)
    moment = local.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
    # Skipped: fold 1 is read with the new offset, so it lies before the change and fold 0 after it (PEP 495).
    before = local.replace(fold=1).astimezone(UTC)
    offset = moment.astimezone(zone).utcoffset()
    earliest, latest = 0, int((moment - before).total_seconds())
    while latest - earliest > 1:
        middle = (earliest + latest) // 2
        if (before + timedelta(seconds=middle)).astimezone(zone).utcoffset() == offset:
            latest = middle
        else:
            earliest = middle
    return before + timedelta(seconds=latest)


@lru_cache(maxsize=64)
def public_holidays(country: str, subdivision: str, year: int | None = None) -> frozenset[date]:
    """The days off of that year (ISO 3166 names); without a year none, but a ValueError for a place that is not known."""
    from holidays import country_holidays  # many megabytes: only for a house that keeps them

    try:
        return frozenset(country_holidays(country, subdiv=subdivision or None, years=year))
    except NotImplementedError:
        where = f"{country}-{subdivision}" if subdivision else country
        raise ValueError(f"The public holidays of {where!r} are not known; a country is written DE, its part BE.") from None
