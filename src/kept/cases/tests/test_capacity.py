"""What one person can still take on this week, and the hour they can honestly name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.accounts.models import ChannelAccount
from kept.accounts.policies import OFFICE_WEEK
from kept.cases.capacity import (
    Load,
    after_time_here,
    ahead_of_pace,
    can_keep,
    free_places,
    hour_for,
    loads_of,
    time_here,
    usual_week,
)
from kept.cases.models import Case
from kept.lib.hours import ALWAYS, BusinessHours
from kept.people.models import Customer, Employee

OFFICE = BusinessHours.of("UTC", OFFICE_WEEK)
MONDAY = datetime(2026, 6, 1, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DANA = Load(1, weekly=20)
moments = st.integers(0, 14 * 24 * 4).map(lambda quarters: MONDAY + quarters * timedelta(minutes=15))


def away(since: datetime, until: datetime | None, *, weekly: int = 20) -> Load:
    return Load(1, weekly=weekly, away_from=since, away_until=until)


class TestTime:
    def test_a_usual_week_has_forty_hours_here_and_all_of_them_round_the_clock(self):
        assert usual_week(OFFICE) == 40 * HOUR
        assert usual_week(ALWAYS) == 168 * HOUR

    def test_leave_is_no_time_here(self):
        dana = away(MONDAY + DAY, MONDAY + 2 * DAY)
        assert time_here(dana, hours=OFFICE, since=MONDAY, until=MONDAY + 7 * DAY) == 32 * HOUR

    def test_leave_without_an_end_is_none_from_then_on(self):
        assert time_here(away(MONDAY, None), hours=OFFICE, since=MONDAY, until=MONDAY + 7 * DAY) == timedelta(0)
        assert after_time_here(away(MONDAY + HOUR, None), 2 * HOUR, hours=OFFICE, now=MONDAY) is None

    @given(st.one_of(st.none(), moments), st.integers(1, 200), st.integers(1, 30), moments)
    def test_after_so_much_time_here_exactly_so_much_has_passed(self, since, quarters, days, now):
        dana = Load(1, 20) if since is None else away(since, since + days * DAY)
        span = quarters * timedelta(minutes=15)
        at = after_time_here(dana, span, hours=OFFICE, now=now)
        assert time_here(dana, hours=OFFICE, since=now, until=at) == span


class TestPlaces:
    def test_a_week_has_their_weekly_number(self):
        assert free_places(DANA, hours=OFFICE, now=MONDAY) == 20

    def test_what_waits_takes_a_place_each_whatever_it_is_about(self):
        assert free_places(Load(1, 20, follow_ups=3, others=4), hours=OFFICE, now=MONDAY) == 13

    def test_two_days_of_leave_take_two_fifths(self):
        assert free_places(away(MONDAY, MONDAY + 2 * DAY), hours=OFFICE, now=MONDAY) == 12

    def test_what_she_answered_at_once_still_counts_until_her_pace_has_made_room(self):
        dana = Load(1, 20, taken=(MONDAY,) * 5)
        assert ahead_of_pace(dana, hours=OFFICE, now=MONDAY) == 5
        assert ahead_of_pace(dana, hours=OFFICE, now=MONDAY + 4 * HOUR) == 3
        assert ahead_of_pace(dana, hours=OFFICE, now=MONDAY + 3 * DAY) == 0

    def test_mails_in_plenty_leave_no_place_but_take_none_from_colleagues(self):
        assert free_places(Load(1, 20, others=90), hours=OFFICE, now=MONDAY) == 0

    def test_whoever_is_away_leaves_theirs_to_the_others(self):
        gone = Load(1, 20, follow_ups=4, away_from=MONDAY, away_until=MONDAY + 30 * DAY)
        assert free_places(gone, hours=OFFICE, now=MONDAY) == -4

    @given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 60), moments)
    def test_never_more_than_the_weekly_number(self, weekly, follow_ups, others, now):
        assert free_places(Load(1, weekly, follow_ups, others), hours=OFFICE, now=now) <= weekly


class TestHour:
    def test_whoever_has_nothing_names_the_usual_time(self):
        assert hour_for(DANA, hours=OFFICE, now=MONDAY, within=8 * HOUR) == MONDAY + 8 * HOUR

    def test_a_dozen_that_wait_move_it_out_by_days(self):
        hour = hour_for(Load(1, 20, follow_ups=12), hours=OFFICE, now=MONDAY, within=8 * HOUR)
        assert hour > MONDAY + 3 * DAY

    @given(st.integers(1, 60), st.integers(0, 40), st.integers(0, 40), moments)
    def test_one_more_that_waits_never_brings_it_forward(self, weekly, follow_ups, others, now):
        hour = hour_for(Load(1, weekly, follow_ups, others), hours=OFFICE, now=now, within=8 * HOUR)
        assert hour <= hour_for(Load(1, weekly, follow_ups + 1, others), hours=OFFICE, now=now, within=8 * HOUR)
        assert hour <= hour_for(Load(1, weekly, follow_ups, others + 1), hours=OFFICE, now=now, within=8 * HOUR)

    @given(st.integers(1, 60), st.integers(0, 40), moments)
    def test_an_hour_just_shown_can_be_kept(self, weekly, follow_ups, now):
        hour = hour_for(Load(1, weekly, follow_ups), hours=OFFICE, now=now, within=8 * HOUR)
        assert can_keep(Load(1, weekly, follow_ups, due_before=follow_ups), hour, hours=OFFICE, now=now)

    @given(st.integers(1, 60), st.integers(0, 40), moments)
    def test_and_still_can_when_somebody_else_saved_first(self, weekly, follow_ups, now):
        hour = hour_for(Load(1, weekly, follow_ups), hours=OFFICE, now=now, within=8 * HOUR)
        assert can_keep(Load(1, weekly, follow_ups + 1, due_before=follow_ups + 1), hour, hours=OFFICE, now=now)

    def test_an_hour_in_her_leave_is_none_of_hers(self):
        dana = away(MONDAY + HOUR, MONDAY + 14 * DAY)
        assert not can_keep(dana, MONDAY + DAY, hours=OFFICE, now=MONDAY)


@pytest.mark.django_db
def test_follow_ups_and_other_cases_are_counted_apart_in_one_question(marlow, django_assert_num_queries):
    def waits(owner: Employee, account: ChannelAccount, *, due_at: datetime, silent: bool = True) -> None:
        john = Customer.objects.create(name="John", first_seen_at=MONDAY)
        told = {"opened_at": MONDAY, "last_word_at": MONDAY, "silent_since": MONDAY if silent else None, "answer_due_at": due_at}
        Case.objects.create(customer=john, owner=owner, account=account, policy=account.policy, **told)

    waits(marlow.priya, marlow.form, due_at=MONDAY + HOUR)
    waits(marlow.priya, marlow.mailbox, due_at=MONDAY + HOUR)
    waits(marlow.priya, marlow.mailbox, due_at=MONDAY + DAY)
    waits(marlow.priya, marlow.mailbox, due_at=MONDAY + HOUR, silent=False)
    people = [marlow.priya, marlow.ines]
    with django_assert_num_queries(1):
        priya, ines = loads_of(people, through=[marlow.form.pk], hour=MONDAY + HOUR)
    assert (priya.follow_ups, priya.others, priya.due_before) == (1, 2, 2)
    assert (ines.follow_ups, ines.others, ines.due_before) == (0, 0, 0)
