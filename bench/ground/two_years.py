"""A house that asks and answers for two years, as a simulation: its seasons, its people, its customers. For `bench capacity`.

Who may be asked, which hour is shown and who keeps it is worked out by the very sums of the house: planning.py, room.py and
offering.py in surveys/, cases/capacity.py. All else here is the world around them, and chance, from a seed.
"""

from __future__ import annotations

import heapq
import random
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from math import cos, pi

from kept.accounts.policies import OFFICE_WEEK
from kept.cases.capacity import Load, after_time_here, can_keep, pace
from kept.lib.hours import BusinessHours, add_working, next_opening, round_up_to_quarter
from kept.surveys.offering import soonest
from kept.surveys.planning import Outlook, room_in
from kept.surveys.room import REMEMBERED, SINCE, Sent, observe

HOURS = BusinessHours.of("Europe/Berlin", OFFICE_WEEK, country="DE")
BEGINS, WEEKS = datetime(2024, 1, 8, 8, tzinfo=UTC), 104
JUMP, MENDED = BEGINS + timedelta(weeks=60, days=1, hours=5), BEGINS + timedelta(weeks=64)
WEEKLY = (30, 25, 25, 20)
ELIGIBLE_A_WEEK = 3_000
WITHIN = timedelta(hours=8)
LOOK = timedelta(minutes=30)
DAY, WEEK, YEAR = timedelta(days=1), timedelta(weeks=1), timedelta(days=365)


def share_that_makes_work(at: datetime) -> float:
    """About 5 %, a little more in winter; 40 % for four weeks, while the ovens are broken."""
    return 0.4 if JUMP <= at < MENDED else 0.05 + 0.01 * cos(2 * pi * ((at - BEGINS) / YEAR))


def become_eligible(at: datetime, span: timedelta) -> float:
    """How many are to be expected in that time: twice as many in winter as in summer."""
    return ELIGIBLE_A_WEEK * (span / WEEK) * (1 + 0.33 * cos(2 * pi * ((at - BEGINS) / YEAR)))


@dataclass(slots=True)
class FollowUp:
    """One customer who wants to be contacted, and the hour they were shown."""

    number: int
    opened_at: datetime
    shown: datetime
    shown_by: int
    saved_at: datetime = BEGINS
    due_at: datetime = BEGINS
    done_at: datetime | None = None

    @property
    def is_late(self) -> bool:
        """Not heard from by the hour on the page, whatever was said later."""
        return self.done_at is None or self.done_at > self.shown


@dataclass
class Person:
    """Somebody who answers at the pace of their weekly number: what is due first comes first, and one after the other."""

    key: int
    weekly: int
    away: list[tuple[datetime, datetime, bool]]
    """From, until, and whether it was known before."""
    line: list[tuple[datetime, int, FollowUp]] = field(default_factory=list)
    in_hand: FollowUp | None = None
    turn: int = 0
    taken: deque[datetime] = field(default_factory=deque)

    def load(self, now: datetime, *, by: datetime | None = None) -> Load:
        """As the house would read it from its tables."""
        while self.taken and self.taken[0] <= now - WEEK:
            self.taken.popleft()
        waiting = len(self.line) + (self.in_hand is not None)
        due = 0 if by is None else sum(1 for hour in self._due() if hour <= by)
        since, until = next(iter(self._absences(now)), (None, None))
        return Load(self.key, self.weekly, waiting, 0, due, tuple(self.taken), since, until)

    def _absences(self, now: datetime) -> Iterator[tuple[datetime, datetime]]:
        return ((since, until) for since, until, is_known in self.away if until > now and (is_known or since <= now))

    def _due(self) -> Iterator[datetime]:
        yield from (hour for hour, _number, _one in self.line)
        if self.in_hand is not None:
            yield self.in_hand.due_at


@dataclass(frozen=True, slots=True)
class Release:
    """One look at the line: how many were asked, and the free places there were."""

    at: datetime
    count: int
    places: int
    rate: float
    """The share that makes work, as far as it was known then."""
    out: float = 0.0
    """How many of those asked before may still answer."""


class TwoYears:
    """From the first Monday on. `careful`: by R9; otherwise everybody is asked at once and shown the usual hour."""

    def __init__(self, seed: int, *, careful: bool) -> None:
        self.chance, self.careful, self.now = random.Random(seed), careful, BEGINS
        self.people = {key: Person(key, weekly, self._absences()) for key, weekly in enumerate(WEEKLY)}
        self.due: list[tuple[datetime, int, Callable[[], None]]] = []
        self.numbers = count()
        self.waiting: list[tuple[float, datetime]] = []
        self.sent: deque[tuple[datetime, int]] = deque()
        self.worked: deque[datetime] = deque()
        self.follow_ups: list[FollowUp] = []
        self.releases: list[Release] = []
        self.not_asked = self.moved = 0

    def _absences(self) -> list[tuple[datetime, datetime, bool]]:
        """Four holidays that are known, and five illnesses that are not."""
        starts = [BEGINS + self.chance.uniform(0, WEEKS) * WEEK for _one in range(9)]
        days = [self.chance.choice((5, 12, 19)) for _one in range(4)] + [
            self.chance.choice((1, 2, 3, 5, 12)) for _one in range(5)
        ]
        return sorted((at, at + span * DAY, number < 4) for number, (at, span) in enumerate(zip(starts, days, strict=True)))

    def live(self) -> TwoYears:
        """All that happens in two years has happened, and what was still open after them was answered, as far as it was."""
        self._at(BEGINS, self.look)
        for person in self.people.values():
            for since, until, _is_known in person.away:
                self._at(since, partial(self.leave, person))
                self._at(until, partial(self.go_on, person))
        while self.due and self.due[0][0] < BEGINS + (WEEKS + 4) * WEEK:
            self.now, _order, act = heapq.heappop(self.due)
            act()
        return self

    def _at(self, moment: datetime, act: Callable[[], None]) -> None:
        heapq.heappush(self.due, (moment, next(self.numbers), act))

    # Asking

    def look(self) -> None:
        """As many as there is room for are asked, by lot; whoever waited for a week is not."""
        since = self.releases[-1].at if self.releases else self.now - LOOK
        expected = become_eligible(self.now, self.now - since)
        came = max(0, round(self.chance.normalvariate(expected, expected**0.5)))
        still = [one for one in self.waiting if one[1] > self.now]
        self.not_asked += len(self.waiting) - len(still)
        self.waiting = sorted(still + [(self.chance.random(), self.now + WEEK) for _one in range(came)])
        release = self._room() if self.careful else Release(self.now, len(self.waiting), 0, 0.0)
        for _one in self.waiting[: release.count]:
            self._ask()
        self.waiting = self.waiting[release.count :]
        self.sent.append((self.now, release.count))
        self.releases.append(release)
        if self.now < BEGINS + WEEKS * WEEK:
            self._at(next_opening(HOURS, self.now + LOOK), self.look)

    def _room(self) -> Release:
        sent = self._sent_by_age()
        observed = observe(sent, [(self.now - at) / DAY for at in self.worked])
        loads = tuple(person.load(self.now) for person in self.people.values())
        room = room_in(Outlook(sent, observed, loads), [], hours=HOURS, now=self.now)
        return Release(self.now, min(room.allowed, len(self.waiting)), room.places, observed.rate, room.out)

    def _sent_by_age(self) -> tuple[Sent, ...]:
        while self.sent and self.now - self.sent[0][0] > SINCE[-1] * DAY:
            self.sent.popleft()
        while self.worked and self.now - self.worked[0] > REMEMBERED * DAY:
            self.worked.popleft()
        counts = [0] * len(SINCE)
        for at, number in self.sent:
            counts[max(bisect_left(SINCE, (self.now - at) / DAY), 1)] += number
        return tuple(Sent((SINCE[n - 1] + SINCE[n]) / 2, number) for n, number in enumerate(counts) if number)

    def _ask(self) -> None:
        """Half of those who answer do so within nine hours, some only after days; one page in ten lies open for hours."""
        opens_at = self.now + timedelta(hours=min(self.chance.lognormvariate(2.2, 1.9), 13 * 24))
        lies_open = self.chance.uniform(30, 480) if self.chance.random() < 0.1 else self.chance.lognormvariate(1.2, 1.0)
        saves_at = opens_at + timedelta(minutes=lies_open)
        if self.chance.random() < share_that_makes_work(saves_at):
            self._at(opens_at, lambda: self.open_page(saves_at))

    # Answering

    def open_page(self, saves_at: datetime) -> None:
        """A customer is shown who would contact them, and by when."""
        loads = [person.load(self.now) for person in self.people.values()]
        if self.careful:
            load, hour = soonest(loads, hours=HOURS, now=self.now, within=WITHIN) or (loads[0], self.now + WEEK)
        else:
            load = min(loads, key=lambda one: (one.is_away(self.now), one.follow_ups / one.weekly))
            hour = round_up_to_quarter(add_working(HOURS, self.now, WITHIN))
        one = FollowUp(next(self.numbers), self.now, hour, load.person)
        self._at(saves_at, lambda: self.save(one))

    def save(self, one: FollowUp) -> None:
        """It is somebody's, by the hour that was shown."""
        one.saved_at, one.due_at, keeper = self.now, one.shown, one.shown_by
        if self.careful:
            loads = [person.load(self.now, by=one.shown) for person in self.people.values()]
            can = [load for load in loads if can_keep(load, one.shown, hours=HOURS, now=self.now)]
            if can:
                keeper = min(can, key=lambda load: (load.person != one.shown_by, load.due_before, load.person)).person
            elif found := soonest(loads, hours=HOURS, now=self.now, within=WITHIN):
                keeper, one.due_at = found[0].person, found[1]
                self.moved += 1
        self.worked.append(self.now)
        self.follow_ups.append(one)
        self.people[keeper].taken.append(self.now)
        self._give(self.people[keeper], one)

    def _give(self, person: Person, one: FollowUp) -> None:
        heapq.heappush(person.line, (one.due_at, one.number, one))
        self.go_on(person)

    def go_on(self, person: Person) -> None:
        """Whoever is here and has nothing in hand takes what is due first."""
        load = person.load(self.now)
        if person.in_hand is not None or not person.line or load.is_away(self.now):
            return
        _hour, _number, person.in_hand = heapq.heappop(person.line)
        needs = pace(load, HOURS) * self.chance.uniform(0.5, 1.5)
        person.turn += 1
        turn, done_at = person.turn, after_time_here(load, needs, hours=HOURS, now=self.now)
        if done_at is not None:
            self._at(done_at, lambda: self.finish(person, turn))

    def finish(self, person: Person, turn: int) -> None:
        """The customer has heard from them, unless it was handed to somebody else meanwhile."""
        if person.turn == turn and person.in_hand is not None:
            person.in_hand.done_at, person.in_hand = self.now, None
            self.go_on(person)

    def leave(self, person: Person) -> None:
        """What waits for somebody who goes is handed to those who are here; what was half done begins anew."""
        handed = [one for _hour, _number, one in person.line] + ([person.in_hand] if person.in_hand is not None else [])
        person.line, person.in_hand, person.turn = [], None, person.turn + 1
        for one in sorted(handed, key=lambda one: (one.due_at, one.number)):
            loads = [other.load(self.now, by=one.due_at if self.careful else None) for other in self.people.values()]
            heir = min(loads, key=lambda load: (load.is_away(self.now), (load.due_before or load.follow_ups) / load.weekly))
            self._give(self.people[heir.person], one)
