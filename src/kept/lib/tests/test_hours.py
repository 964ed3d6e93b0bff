"""When Priya's four working hours are over, in every zone and on every night of the year."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.lib.hours import (
    ALWAYS,
    BusinessHours,
    add_working,
    add_working_days,
    is_open,
    next_closing,
    next_opening,
    round_up_to_quarter,
    working_between,
    working_day_start,
)

BERLIN, ST_JOHNS, LORD_HOWE, KATHMANDU = "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu"
ZONES = (BERLIN, ST_JOHNS, LORD_HOWE, KATHMANDU, "Pacific/Apia", "Africa/Cairo", "America/Havana", "UTC")
NINE_TO_FIVE = [["09:00", "17:00"]]
OFFICE_WEEK = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), NINE_TO_FIVE)
NIGHT_SHIFT = {day: [["00:00", "06:00"], ["22:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
WITH_A_BREAK = {"mon": [["09:00", "12:00"], ["13:00", "17:00"]], "tue": [["09:00", "12:00"]]}
OFFICE = BusinessHours.of(BERLIN, OFFICE_WEEK)


def hour(span: float) -> timedelta:
    return timedelta(hours=span)


def at(text: str, zone: str = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


# Adding


def test_four_working_hours_from_friday_five_o_clock_are_monday_at_one():
    assert add_working(OFFICE, at("2026-06-19 17:00"), hour(4)) == at("2026-06-22 13:00")


def test_what_is_done_by_closing_time_is_due_at_closing_not_at_the_next_opening():
    assert add_working(OFFICE, at("2026-06-19 13:00"), hour(4)) == at("2026-06-19 17:00")


def test_john_who_writes_before_dawn_waits_from_the_opening_on():
    assert add_working(OFFICE, at("2026-06-18 04:10"), hour(1)) == at("2026-06-18 10:00")


def test_twenty_working_days_of_a_complaint_are_four_weeks():
    assert add_working(OFFICE, at("2026-06-01 09:00"), hour(160)) == at("2026-06-26 17:00")


def test_no_time_at_all_is_the_moment_itself_even_on_sunday():
    assert add_working(OFFICE, at("2026-06-21 12:00"), hour(0)) == at("2026-06-21 12:00")


def test_answers_are_in_utc():
    assert add_working(OFFICE, at("2026-06-18 09:00"), hour(1)).tzinfo is UTC


def test_working_time_is_never_taken_away():
    with pytest.raises(ValueError, match="never taken away"):
        add_working(OFFICE, at("2026-06-18 09:00"), hour(-1))
    with pytest.raises(ValueError, match="never taken away"):
        add_working_days(OFFICE, at("2026-06-18 09:00"), -1)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="aware"):
        is_open(OFFICE, datetime(2026, 6, 18, 9))  # noqa: DTZ001 - the point


# Between


def test_a_weekend_counts_nothing():
    assert working_between(OFFICE, at("2026-06-19 16:00"), at("2026-06-22 10:00")) == hour(2)


def test_backwards_is_no_time():
    assert working_between(OFFICE, at("2026-06-22 10:00"), at("2026-06-19 16:00")) == hour(0)


def test_a_leap_day_is_a_day():
    assert working_between(OFFICE, at("2028-02-28 09:00"), at("2028-03-01 09:00")) == hour(16)


# The nights on which the clock changes


@pytest.mark.parametrize(
    ("zone", "evening", "morning", "worked"),
    [
        (BERLIN, "2026-03-28 22:00", "2026-03-29 06:00", 7),
        (BERLIN, "2026-10-24 22:00", "2026-10-25 06:00", 9),
        (ST_JOHNS, "2026-03-07 22:00", "2026-03-08 06:00", 7),
        (ST_JOHNS, "2026-10-31 22:00", "2026-11-01 06:00", 9),
        (LORD_HOWE, "2026-04-04 22:00", "2026-04-05 06:00", 8.5),
        (LORD_HOWE, "2026-10-03 22:00", "2026-10-04 06:00", 7.5),
        (KATHMANDU, "2026-03-28 22:00", "2026-03-29 06:00", 8),
    ],
)
def test_the_night_shift_is_as_long_as_it_was_for_amira(zone, evening, morning, worked):
    hours = BusinessHours.of(zone, NIGHT_SHIFT)
    assert working_between(hours, at(evening, zone), at(morning, zone)) == hour(worked)
    assert add_working(hours, at(evening, zone), hour(worked)) == at(morning, zone)


def test_an_office_day_after_the_change_still_opens_at_nine_on_the_wall():
    assert next_opening(OFFICE, at("2026-03-28 12:00")) == datetime(2026, 3, 30, 7, tzinfo=UTC)
    assert next_opening(OFFICE, at("2026-10-24 12:00")) == datetime(2026, 10, 26, 8, tzinfo=UTC)


def test_opening_at_an_hour_that_is_skipped_is_opening_when_the_clock_jumps():
    hours = BusinessHours.of(BERLIN, {"sun": [["02:30", "06:00"]]})
    assert next_opening(hours, at("2026-03-29 00:00")) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert working_between(hours, at("2026-03-29 00:00"), at("2026-03-29 12:00")) == hour(3)


def test_a_span_that_the_jump_swallows_is_no_opening():
    hours = BusinessHours.of(BERLIN, {"sun": [["02:10", "02:50"]]})
    assert next_opening(hours, at("2026-03-29 00:00")) == at("2026-04-05 02:10")


def test_a_day_that_a_zone_left_out_has_no_hours():
    hours = BusinessHours.of("Pacific/Apia", dict.fromkeys(("thu", "fri", "sat"), NINE_TO_FIVE))
    thursday = at("2011-12-29 17:00", "Pacific/Apia")
    assert next_opening(hours, thursday) == at("2011-12-31 09:00", "Pacific/Apia")
    assert add_working_days(hours, thursday, 1) == at("2011-12-31 17:00", "Pacific/Apia")


def test_where_the_clock_goes_back_across_midnight_the_house_is_open_once():
    hours = BusinessHours.of(ST_JOHNS, {})
    midnight = datetime(2010, 11, 7, 2, 30, tzinfo=UTC)
    assert all(is_open(hours, midnight + timedelta(minutes=minutes)) for minutes in range(-120, 120))
    assert working_between(hours, midnight - hour(2), midnight + hour(2)) == hour(4)


# Open, opening, closing


def test_the_house_is_open_at_nine_and_no_longer_at_five():
    assert is_open(OFFICE, at("2026-06-18 09:00"))
    assert not is_open(OFFICE, at("2026-06-18 17:00"))


def test_the_next_opening_is_now_when_open():
    assert next_opening(OFFICE, at("2026-06-18 11:11")) == at("2026-06-18 11:11")
    assert next_opening(OFFICE, at("2026-06-19 17:00")) == at("2026-06-22 09:00")


def test_the_next_closing_is_todays_or_that_of_the_next_open_day():
    assert next_closing(OFFICE, at("2026-06-18 11:00")) == at("2026-06-18 17:00")
    assert next_closing(OFFICE, at("2026-06-20 11:00")) == at("2026-06-22 17:00")


def test_a_shift_through_midnight_closes_in_the_morning():
    hours = BusinessHours.of(BERLIN, NIGHT_SHIFT)
    assert next_closing(hours, at("2026-06-18 23:00")) == at("2026-06-19 06:00")


def test_a_house_that_never_closes_ends_its_day_at_midnight():
    assert next_closing(BusinessHours.of(BERLIN, {}), at("2026-06-18 23:00")) == at("2026-06-19 00:00")


def test_round_the_clock_a_working_hour_is_an_hour():
    assert add_working(ALWAYS, at("2026-06-21 03:00"), hour(100)) == at("2026-06-21 03:00") + hour(100)


# Days


@pytest.mark.parametrize(
    ("said", "days", "due"),
    [
        ("2026-06-18 11:20", 1, "2026-06-19 11:20"),
        ("2026-06-19 11:20", 3, "2026-06-24 11:20"),
        ("2026-06-19 20:00", 1, "2026-06-22 17:00"),
        ("2026-06-18 06:00", 1, "2026-06-19 09:00"),
        ("2026-06-20 08:00", 1, "2026-06-22 17:00"),
        ("2026-03-27 11:20", 1, "2026-03-30 11:20"),
        ("2026-06-20 08:00", 0, "2026-06-20 08:00"),
    ],
)
def test_harolds_letter_is_answered_within_working_days(said, days, due):
    assert add_working_days(OFFICE, at(said), days) == at(due)


def test_a_working_day_later_never_falls_into_the_break():
    hours = BusinessHours.of(BERLIN, {**WITH_A_BREAK, "tue": WITH_A_BREAK["mon"]})
    assert add_working_days(hours, at("2026-06-15 12:30"), 1) == at("2026-06-16 13:00")


def test_a_day_shorter_than_the_first_ends_it_at_closing():
    assert add_working_days(BusinessHours.of(BERLIN, WITH_A_BREAK), at("2026-06-15 16:00"), 1) == at("2026-06-16 12:00")


def test_the_working_day_starts_at_its_first_opening():
    assert working_day_start(OFFICE, at("2026-06-18 16:00")) == at("2026-06-18 09:00")
    assert working_day_start(OFFICE, at("2026-06-20 16:00")) == at("2026-06-22 09:00")


# Closed days


def test_public_holidays_are_kept_when_a_country_is_named():
    plain, german = OFFICE, BusinessHours.of(BERLIN, OFFICE_WEEK, country="DE")
    assert next_opening(plain, at("2026-05-01 10:00")) == at("2026-05-01 10:00")
    assert next_opening(german, at("2026-05-01 10:00")) == at("2026-05-04 09:00")


def test_a_part_of_a_country_keeps_its_own_days():
    berlin = BusinessHours.of(BERLIN, {**OFFICE_WEEK, "sun": NINE_TO_FIVE}, country="DE", subdivision="BE")
    assert next_opening(berlin, at("2026-03-08 10:00")) == at("2026-03-09 09:00")


def test_days_the_house_itself_closes_are_closed():
    hours = BusinessHours.of(BERLIN, OFFICE_WEEK, closed_on=("2026-12-24", date(2026, 12, 25)))
    assert next_opening(hours, at("2026-12-24 10:00")) == at("2026-12-28 09:00")


def test_a_house_closed_for_years_says_so_instead_of_searching_for_ever():
    shut = [date(2026, 1, 1) + timedelta(days=day) for day in range(1500)]
    hours = BusinessHours.of(BERLIN, OFFICE_WEEK, closed_on=shut)
    for asked in (
        lambda: add_working(hours, at("2026-01-02 10:00"), hour(1)),
        lambda: next_opening(hours, at("2026-01-02 10:00")),
        lambda: next_closing(hours, at("2026-01-02 10:00")),
        lambda: add_working_days(hours, at("2026-01-02 10:00"), 1),
        lambda: working_day_start(hours, at("2026-01-02 10:00")),
    ):
        with pytest.raises(ValueError, match="does not open"):
            asked()


# What cannot be a calendar


@pytest.mark.parametrize(
    ("week", "says"),
    [
        ({"mon": []}, "never opens"),
        ({"mon": [], "tue": []}, "never opens"),
        ({"monday": NINE_TO_FIVE}, "no day of the week"),
        ({"mon": [["22:00", "06:00"]]}, "closes before it opens"),
        ({"mon": [["09:00", "09:00"]]}, "closes before it opens"),
        ({"mon": [["09:00", "12:00"], ["11:00", "17:00"]]}, "overlap"),
        ({"mon": [["09:00", "24:00"], ["22:00", "23:00"]]}, "overlap"),
        ({"mon": [["nine", "17:00"]]}, "no span of opening time"),
        ({"mon": [["09:00"]]}, "no span of opening time"),
        ({"mon": [["25:00", "26:00"]]}, "no span of opening time"),
        ({"mon": [["09:00+01:00", "17:00+01:00"]]}, "wall-clock"),
    ],
)
def test_a_week_nobody_could_work_is_refused_in_words(week, says):
    with pytest.raises(ValueError, match=says):
        BusinessHours.of(BERLIN, week)


def test_a_house_made_by_hand_is_checked_too():
    with pytest.raises(ValueError, match="never opens"):
        BusinessHours(BERLIN, ((),) * 7)
    with pytest.raises(ValueError, match="seven days"):
        BusinessHours(BERLIN, (((time(9), time(17)),),) * 6)


@pytest.mark.parametrize("zone", ["", "Europe/Marlow", "../etc/passwd", "Europe"])
def test_a_zone_that_does_not_exist_is_refused(zone):
    with pytest.raises(ValueError, match="no time zone"):
        BusinessHours.of(zone, OFFICE_WEEK)


@pytest.mark.parametrize(("country", "part"), [("XX", ""), ("DE", "QQ")])
def test_a_country_whose_holidays_nobody_knows_is_refused_at_once(country, part):
    with pytest.raises(ValueError, match="not known"):
        BusinessHours.of(BERLIN, OFFICE_WEEK, country=country, subdivision=part)


def test_the_order_in_which_spans_were_written_does_not_matter():
    hours = BusinessHours.of(BERLIN, {"mon": [["13:00", "17:00"], ["09:00", "12:00"]]})
    assert next_closing(hours, at("2026-06-15 08:00")) == at("2026-06-15 12:00")


def test_the_same_calendar_read_twice_remembers_what_it_worked_out():
    assert BusinessHours.of(BERLIN, OFFICE_WEEK) is BusinessHours.of(BERLIN, dict(OFFICE_WEEK))


# Quarters


@pytest.mark.parametrize(
    ("asked", "told"),
    [("14:00:00", "14:00"), ("14:00:01", "14:15"), ("14:14:59", "14:15"), ("14:15:00", "14:15"), ("23:46:00", "00:00")],
)
def test_an_hour_told_to_a_customer_is_a_quarter_never_earlier(asked, told):
    rounded = round_up_to_quarter(at(f"2026-06-18 {asked}", KATHMANDU))
    assert f"{rounded.astimezone(ZoneInfo(KATHMANDU)):%H:%M}" == told


# True of every house, on every day


@st.composite
def houses(draw):
    """Any week in any of the difficult zones, with some closed days; clock times to the minute, ends up to 24:00."""

    def a_day():
        clock = st.integers(min_value=0, max_value=24 * 60)
        edges = sorted(draw(st.lists(clock, unique=True, min_size=0, max_size=4)))
        return [[_written(a), _written(b)] for a, b in zip(edges[::2], edges[1::2], strict=False)]

    week = {day: a_day() for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    if not any(week.values()):
        week["wed"] = NINE_TO_FIVE
    closed = draw(st.lists(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=5))
    return BusinessHours.of(draw(st.sampled_from(ZONES)), week, closed_on=sorted(closed))


def _written(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


CHANGES = [
    datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2026, 3, 8, 5, 30, tzinfo=UTC),
    datetime(2026, 11, 1, 4, 30, tzinfo=UTC),
    datetime(2026, 4, 4, 15, tzinfo=UTC),
    datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
]
around_a_change = st.builds(
    lambda change, seconds: change + timedelta(seconds=seconds), st.sampled_from(CHANGES), st.integers(-100_000, 100_000)
)
any_day = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive
moments = st.one_of(around_a_change, any_day)
spans = st.timedeltas(timedelta(0), timedelta(hours=60))


@given(houses(), moments, spans)
def test_what_was_added_is_what_lies_between(house, moment, span):
    assert working_between(house, moment, add_working(house, moment, span)) == span


@given(houses(), moments, spans, spans)
def test_two_spans_one_after_the_other_are_their_sum(house, moment, first, second):
    assert add_working(house, add_working(house, moment, first), second) == add_working(house, moment, first + second)


@given(houses(), moments, moments, spans)
def test_who_wrote_later_is_never_due_earlier(house, one, other, span):
    earlier, later = sorted((one, other))
    assert add_working(house, earlier, span) <= add_working(house, later, span)


@given(houses(), moments, moments, moments)
def test_time_between_adds_up_and_is_never_more_than_the_clock_shows(house, one, two, three):
    a, b, c = sorted((one, two, three))
    assert working_between(house, a, b) + working_between(house, b, c) == working_between(house, a, c) <= c - a


@given(houses(), moments)
def test_opening_and_closing_agree_with_being_open(house, moment):
    opening, closing = next_opening(house, moment), next_closing(house, moment)
    assert moment <= opening < closing
    assert (opening == moment) == is_open(house, moment)
    assert is_open(house, opening)
    assert working_between(house, moment, closing) == closing - opening


@given(moments, moments, st.integers(1, 30))
def test_working_days_keep_their_order(one, other, days):
    earlier, later = sorted((one, other))
    due = add_working_days(OFFICE, later, days)
    assert add_working_days(OFFICE, earlier, days) <= due
    assert time(9) <= due.astimezone(OFFICE.tz).time() <= time(17)


@given(houses(), moments, st.integers(1, 9))
def test_one_more_working_day_is_always_later(house, moment, days):
    assert moment < add_working_days(house, moment, days) < add_working_days(house, moment, days + 1)


@given(moments)
def test_a_quarter_is_at_most_a_quarter_away(moment):
    rounded = round_up_to_quarter(moment)
    assert timedelta(0) <= rounded - moment < timedelta(minutes=15)
    assert (rounded.minute % 15, rounded.second, rounded.microsecond) == (0, 0, 0)
