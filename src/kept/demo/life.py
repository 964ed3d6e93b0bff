"""Time at the sample house: stories are told step by step in the order of their moments, and the clock's duties fall in between.

A story is a generator: it does what happens now and yields the moment at which it goes on.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

from django.db import connection

from kept.audit.proving import publish_the_audit
from kept.cases.escalating import escalate_the_overdue
from kept.causes.hearing_back import see_who_was_told
from kept.demo.cast import Marlow
from kept.lib.hours import BusinessHours, add_working, is_open, round_up_to_quarter, working_between
from kept.lib.refusal import Refusal
from kept.outcomes.asking import ask_how_it_ended
from kept.promises.keeping import break_promises_past_due
from kept.recognition.mailing import mail_good_words
from kept.remedies.deciding import tell_of_gifts_without_a_word
from kept.replies.delivering import deliver_what_waits
from kept.replies.telling_by_mail import mail_what_employees_are_told

Story = Iterator[datetime]
WATCHED: dict[Callable[[datetime], object], str] = {
    deliver_what_waits: "SELECT MIN(next_try_at) FROM kept_delivery WHERE next_try_at IS NOT NULL",
    break_promises_past_due: (
        "SELECT MIN(due) FROM (SELECT MIN(due_at) AS due FROM kept_promise"
        " WHERE is_open AND broken_at IS NULL AND NOT is_held AND taken_back_at IS NULL"
        " UNION ALL SELECT MIN(rung_due_at) FROM kept_promise WHERE rung_due_at IS NOT NULL) AS rungs"
    ),
    escalate_the_overdue: "SELECT MIN(rung_due_at) FROM kept_case WHERE rung_due_at IS NOT NULL",
    ask_how_it_ended: "SELECT MIN(asking_due_at) FROM kept_case WHERE asking_due_at IS NOT NULL AND is_open",
}
"""Each duty, and when it next has something to do. A running house looks every few seconds; ours looks when something is due."""


class Life:
    """The house, its clock, its dice, and every story that goes on."""

    def __init__(self, marlow: Marlow, *, until: datetime, dice: Random) -> None:
        self.marlow, self.until, self.dice = marlow, until, dice
        self.hours: BusinessHours = marlow.form.policy.calendar.hours
        self._going: list[tuple[datetime, int, Story]] = []
        self._numbers = count()

    @property
    def now(self) -> datetime:
        """The moment it is at Marlow."""
        return self.marlow.clock.now

    def begins(self, story: Story, at: datetime) -> None:
        """The story's first step is told at that moment."""
        heapq.heappush(self._going, (at, next(self._numbers), story))

    def goes_on(self) -> None:
        """Everything that happens until `until` has happened; what would come later is not told."""
        while self._going and self._going[0][0] <= self.until:
            at, _number, story = heapq.heappop(self._going)
            self._keep_watch(at)
            following = self._tell(story)
            if following is not None:
                self.begins(story, max(following, self.now))
        self._keep_watch(self.until)

    def _tell(self, story: Story) -> datetime | None:
        try:
            return next(story, None)
        except Refusal:
            return None  # the house's rules had the last word, as they have in life

    def _keep_watch(self, until: datetime) -> None:
        while True:
            due = [(moment, duty) for duty, question in WATCHED.items() if (moment := _moment(question)) and moment <= until]
            if not due:
                break
            moment = min(moment for moment, _duty in due)
            self.marlow.clock.now = max(self.now, moment)
            for at, duty in due:
                if at <= self.now:
                    duty(self.now)
        self.marlow.clock.now = max(self.now, until)

    def days_ago(self, days: int, hour: int, minute: int) -> datetime:
        """That day before the present, at that time of the house's own clock."""
        local = self.until.astimezone(self.hours.tz) - timedelta(days=days)
        return min(self.until, local.replace(hour=hour, minute=minute, second=0, microsecond=0).astimezone(UTC))

    def worked_ago(self, *, hours: float) -> datetime:
        """The last moment from which so much opening time has gone by until the present."""
        moment = self.until - timedelta(hours=hours)
        while working_between(self.hours, moment, self.until) < timedelta(hours=hours):
            moment -= timedelta(minutes=15)
        return moment

    def until_work(self, *, hours: float) -> datetime:
        """So much opening time after the present, at a full quarter."""
        return round_up_to_quarter(add_working(self.hours, self.until, timedelta(hours=hours)))

    def later(self, **span: float) -> datetime:
        """So much later, whatever the hour."""
        return self.now + timedelta(**span)

    def at_work(self, least: float, most: float) -> datetime:
        """After so many minutes of opening time, drawn between the two."""
        moment = add_working(self.hours, self.now, timedelta(minutes=self.dice.uniform(least, most)))
        return (
            moment
            if is_open(self.hours, moment)
            else add_working(self.hours, moment, timedelta(minutes=self.dice.uniform(3, 40)))
        )

    def ends_each_day(self) -> Story:
        """The evening's work of the house itself: notices are mailed, the audit of the day is published."""
        while True:
            mail_what_employees_are_told(self.now)
            mail_good_words(self.now)
            see_who_was_told(self.now)
            tell_of_gifts_without_a_word(self.now)
            publish_the_audit(self.now)
            yield self.later(days=1)


def _moment(question: str) -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute(question)
        found = cursor.fetchone()[0]
    # SQLite gives its own text, without a zone: everything is kept in UTC.
    return datetime.fromisoformat(found).replace(tzinfo=UTC) if isinstance(found, str) else found
