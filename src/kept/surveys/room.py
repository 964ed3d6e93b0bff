"""How many may be asked so that whatever comes back can be answered (R9): sums only, without a row or a clock."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, exp, lgamma, log, log1p

WORK_AT_FIRST, OTHERS_AT_FIRST = 2.0, 18.0
"""What we take a survey for that nobody has answered yet: 2 of 20 make work."""
CERTAINTY = 0.9
REMEMBERED = 56
"""Days after which an answer is no longer an observation."""
STRETCHES = (1, 2, 4, 7, 14, 28)
"""Days back from now at which the share of answers that make work may have changed."""
NOT_BY_CHANCE = 12.0
"""Twice the log of a likelihood ratio; by chance it is greater once in two thousand looks (chi-square, one degree)."""
COME_BY = (
    (0.0, 0.0),
    (1 / 24, 0.0),
    (0.25, 0.3),
    (1.0, 0.58),
    (2.0, 0.7),
    (3.0, 0.76),
    (5.0, 0.83),
    (6.0, 0.92),
    (8.0, 0.96),
    (14.0, 1.0),
)
"""Which share of all answers is surely here so many days after the question; the reminder of the fifth day is in it."""
LAST_ANSWER = COME_BY[-1][0]
SINCE = (0, 1 / 24, 1 / 8, 0.25, 0.5, 1, 1.5, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 18, 21, 28, 35, 42, 49, 56, 63, 70)
"""Days ago between which it is counted how many were asked: finely where many answers come, coarsely where few do."""
_DAYS = [days for days, _share in COME_BY]


@dataclass(frozen=True, slots=True)
class Sent:
    """So many were asked about so many days ago."""

    days_ago: float
    count: float


@dataclass(frozen=True, slots=True)
class Observed:
    """Of so many who were asked, as far as their answers should be here by now, so many made work."""

    asked: float = 0.0
    made_work: int = 0

    @property
    def rate(self) -> float:
        """The share that makes work, as far as we know it; 10 % before anybody answered."""
        return (WORK_AT_FIRST + self.made_work) / (WORK_AT_FIRST + OTHERS_AT_FIRST + self.asked)


def most_invitations(places: int, *, asked: float, made_work: int, certainty: float = CERTAINTY) -> int:
    """The most that may be asked so that the answers that make work find room with this certainty; without a place, nobody."""
    if places <= 0:
        return 0
    fits = places
    while chance_of_room(places, fits * 2, asked=asked, made_work=made_work) >= certainty:
        fits *= 2
    too_many = fits * 2
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        if chance_of_room(places, middle, asked=asked, made_work=made_work) >= certainty:
            fits = middle
        else:
            too_many = middle
    return fits


def chance_of_room(places: int, invited: int, *, asked: float, made_work: int) -> float:
    """The probability that of `invited` at most `places` make work: beta-binomial, the prior with what was observed."""
    if invited <= places:
        return 1.0
    work, others = WORK_AT_FIRST + made_work, OTHERS_AT_FIRST + max(asked - made_work, 0.0)
    log_chance = _log_beta(work, others + invited) - _log_beta(work, others)
    total = exp(log_chance)
    for count in range(places):
        log_chance += log((invited - count) * (work + count) / ((count + 1) * (others + invited - count - 1)))
        total += exp(log_chance)
    return min(total, 1.0)


def _log_beta(first: float, second: float) -> float:
    return lgamma(first) + lgamma(second) - lgamma(first + second)


def spoken_for(out: float, observed: Observed, *, certainty: float = CERTAINTY) -> int:
    """How many places those who were asked and have not answered may still need, with this certainty."""
    invited, places = ceil(out), 0
    while chance_of_room(places, invited, asked=observed.asked, made_work=observed.made_work) < certainty:
        places += 1
    return places


def come_by(days: float) -> float:
    """The share of answers that is here so long after the question."""
    if days <= 0:
        return 0.0
    if days >= LAST_ANSWER:
        return 1.0
    right = bisect_right(_DAYS, days)
    (from_day, from_share), (to_day, to_share) = COME_BY[right - 1], COME_BY[right]
    return from_share + (to_share - from_share) * (days - from_day) / (to_day - from_day)


def still_out(sent: Iterable[Sent]) -> float:
    """How many answers may still come, as if those who were asked just now: a half awaited answer counts half."""
    return sum(one.count * (1 - come_by(one.days_ago)) for one in sent)


def still_out_by(sent: Iterable[Sent], days: float) -> float:
    """How many of these answers come within so many days from now."""
    return sum(one.count * (come_by(one.days_ago + days) - come_by(one.days_ago)) for one in sent)


def may_be_asked(
    places: int, *, sent: Sequence[Sent], observed: Observed, soon: float, days: float, is_idle: bool = False
) -> int:
    """How many more may be asked now.

    R9's sum: with those who were asked and may still answer, their work finds room among the free places of the week. And,
    unless nothing is out and nothing waits: the work that is to be expected within so many `days` fits the places that are
    free until then (`soon`). Without that a whole week's follow-ups would be kept waiting, and the last be told next Monday.
    """
    most = most_invitations(places, asked=observed.asked, made_work=observed.made_work) - ceil(still_out(sent))
    if is_idle or most <= 0:
        return max(most, 0)
    in_time = (soon / observed.rate - still_out_by(sent, days)) / come_by(days)
    return max(min(most, int(in_time)), 0)


def observe(sent: Sequence[Sent], worked: Sequence[float]) -> Observed:
    """What is known of this survey's answers now. `worked`: how many days ago each answer came that made work.

    All that came within REMEMBERED days counts, unless its latest stretch tells another story than what went before: then
    only that stretch counts, and within it only its own latest if that differs again. So a share that jumps is believed
    within a day, and so is one that falls back.
    """
    seen, days = _within(REMEMBERED, sent, worked), REMEMBERED
    while (shorter := _changed_since(days, seen, sent, worked)) is not None:
        days, seen = shorter
    return seen


def _changed_since(days: int, seen: Observed, sent: Sequence[Sent], worked: Sequence[float]) -> tuple[int, Observed] | None:
    """The stretch within these days that differs most from what went before it; None where chance alone explains it."""
    found, surest = None, NOT_BY_CHANCE
    for stretch in STRETCHES:
        if stretch < days:
            lately = _within(stretch, sent, worked)
            sure = _told_apart(lately, Observed(seen.asked - lately.asked, seen.made_work - lately.made_work))
            if sure > surest:
                found, surest = (stretch, lately), sure
    return found


def _within(days: float, sent: Sequence[Sent], worked: Sequence[float]) -> Observed:
    """The answers of these last days, and how many were asked for them: each as far as its answer falls into these days."""
    asked = sum(one.count * (come_by(one.days_ago) - come_by(one.days_ago - days)) for one in sent)
    made_work = sum(1 for ago in worked if ago <= days)
    return Observed(max(asked, made_work), made_work)


def _told_apart(first: Observed, second: Observed) -> float:
    """Twice the log of how much likelier two shares are than one."""
    if first.asked <= 0 or second.asked <= 0:
        return 0.0
    both = Observed(first.asked + second.asked, first.made_work + second.made_work)
    return 2 * (_log_likelihood(first) + _log_likelihood(second) - _log_likelihood(both))


def _log_likelihood(seen: Observed) -> float:
    work, others = seen.made_work, max(seen.asked - seen.made_work, 0.0)
    share = work / seen.asked
    return (work * log(share) if work else 0.0) + (others * log1p(-share) if others and work else 0.0)
