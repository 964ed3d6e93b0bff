"""The ladder's moments, worked out: each later than the one before, in business hours, across clock changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.accounts.policies import OFFICE_WEEK
from kept.cases.escalating import next_rung
from kept.cases.silence import FIRST, LEVELS, hour_by_backlog, rung_moment
from kept.lib.hours import ALWAYS, BusinessHours, add_working, is_open, working_between

OFFICE = BusinessHours.of("Europe/London", OFFICE_WEEK)
NIGHTS = BusinessHours.of("America/New_York", {"sat": [["20:00", "24:00"]], "sun": [["00:00", "06:00"]]})
INDIA = BusinessHours.of("Asia/Kolkata", {"mon": [["09:30", "13:00"], ["14:00", "18:15"]], "thu": [["10:00", "16:00"]]})
HOLIDAYS = BusinessHours.of("Europe/Berlin", OFFICE_WEEK, country="DE", closed_on=("2026-12-24",))
CALENDARS = [OFFICE, NIGHTS, INDIA, HOLIDAYS, ALWAYS]

calendars = st.sampled_from(CALENDARS)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone follows
spans = st.integers(1, 60 * 40).map(lambda minutes: timedelta(minutes=minutes))


def ladder(hours: BusinessHours, since: datetime, due_at: datetime, *, rungs: int) -> list[tuple[int, datetime]]:
    steps = [(FIRST, rung_moment(hours, since=since, due_at=due_at, level=FIRST))]
    while len(steps) < rungs:
        steps.append(next_rung(steps[-1][0], hours=hours, since=since, due_at=due_at))
    return steps


@given(calendars, moments, spans)
def test_no_rung_comes_before_the_one_below_it(hours, since, within):
    steps = ladder(hours, since, add_working(hours, since, within), rungs=9)
    assert [level for level, _moment in steps] == [80, 100, 150, 200, 201, 202, 203, 204, 205]
    assert all(earlier <= later for (_a, earlier), (_b, later) in pairwise(steps))


@given(calendars, moments, spans)
def test_nobody_is_told_before_the_customer_wrote(hours, since, within):
    assert all(moment >= since for _level, moment in ladder(hours, since, add_working(hours, since, within), rungs=6))


@given(calendars, moments, spans)
def test_the_second_rung_is_the_very_hour_that_was_told(hours, since, within):
    due_at = add_working(hours, since, within)
    assert dict(ladder(hours, since, due_at, rungs=3))[100] == due_at


@given(calendars, moments, spans, st.sampled_from([80, 150, 200]))
def test_rungs_divide_working_time_and_not_the_night(hours, since, within, level):
    due_at = add_working(hours, since, within)
    gone = working_between(hours, since, rung_moment(hours, since=since, due_at=due_at, level=level))
    assert abs(gone - within * level / 100) < timedelta(seconds=1)


@given(calendars, moments, spans)
def test_beyond_200_per_cent_there_is_one_rung_each_working_day(hours, since, within):
    steps = ladder(hours, since, add_working(hours, since, within), rungs=8)[4:]
    days = [moment.astimezone(hours.tz).date() for _level, moment in steps]
    assert len(set(days)) == len(days)
    if hours is not ALWAYS:
        assert all(is_open(hours, moment - timedelta(seconds=1)) or is_open(hours, moment) for _level, moment in steps)


@pytest.mark.parametrize(
    ("since", "due", "first"),
    [
        ("2026-03-27T12:00:00+00:00", "2026-03-30T11:00:00+00:00", "2026-03-30T09:24:00+00:00"),  # clocks go forward on the 29th
        ("2026-10-23T12:00:00+01:00", "2026-10-26T12:00:00+00:00", "2026-10-26T10:24:00+00:00"),  # and back on the 25th
    ],
)
def test_a_weekend_in_which_the_clocks_change_is_still_eight_working_hours(since, due, first):
    begun, due_at = datetime.fromisoformat(since), datetime.fromisoformat(due)
    assert add_working(OFFICE, begun, timedelta(hours=8)) == due_at
    assert rung_moment(OFFICE, since=begun, due_at=due_at, level=80) == datetime.fromisoformat(first)


def test_an_hour_told_outside_opening_times_still_has_a_ladder():
    since = datetime(2026, 6, 6, 10, tzinfo=UTC)  # a Saturday
    due_at = since + timedelta(hours=10)
    steps = ladder(OFFICE, since, due_at, rungs=5)
    assert steps[0][1] == since + timedelta(hours=8)
    assert all(earlier <= later for (_a, earlier), (_b, later) in pairwise(steps))


@given(calendars, moments, st.integers(0, 200), st.integers(0, 200))
def test_a_fuller_desk_never_names_an_earlier_hour(hours, now, some, more):
    few, many = sorted((some, more))
    assert now < hour_by_backlog(hours, now=now, unanswered=few) <= hour_by_backlog(hours, now=now, unanswered=many)


@given(calendars, moments, st.integers(0, 200))
def test_an_hour_named_is_a_full_quarter(hours, now, unanswered):
    hour = hour_by_backlog(hours, now=now, unanswered=unanswered)
    assert (hour.minute % 15, hour.second, hour.microsecond) == (0, 0, 0)


def test_the_levels_are_those_of_the_rule():
    assert LEVELS == (80, 100, 150, 200)
