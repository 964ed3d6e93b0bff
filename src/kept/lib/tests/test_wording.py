"""What Mary reads where a moment or a span stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from kept.lib.wording import moment_in_words, span_in_words, span_short, spoken_span

LONDON = "Europe/London"
NOW = datetime(2026, 6, 18, 9, 50, tzinfo=UTC)
DUE = datetime(2026, 6, 18, 17, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def test_an_hour_in_a_mail_is_a_day_and_an_hour_for_good():
    assert moment_in_words(DUE, LONDON, NOW) == "Thursday 18 June, 18:00"


def test_another_year_is_named():
    assert moment_in_words(datetime(2027, 1, 4, 9, 5, tzinfo=UTC), LONDON, NOW) == "Monday 4 January 2027, 09:05"


def test_the_year_is_the_one_on_the_houses_wall():
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert moment_in_words(new_year, LONDON, NOW) == "Thursday 31 December, 23:30"
    assert moment_in_words(new_year, "Europe/Berlin", NOW) == "Friday 1 January 2027, 00:30"


@pytest.mark.parametrize(
    ("days", "says"), [(-1, "yesterday, 18:00"), (0, "today, 18:00"), (1, "tomorrow, 18:00"), (2, "Saturday 20 June, 18:00")]
)
def test_a_screen_may_say_today(days, says):
    assert moment_in_words(DUE + timedelta(days=days), LONDON, NOW, relative=True) == says


def test_today_ends_at_midnight_on_the_houses_wall():
    late = datetime(2026, 6, 18, 18, 30, tzinfo=UTC)
    assert moment_in_words(late, "Asia/Kathmandu", NOW, relative=True) == "tomorrow, 00:15"


def test_germans_read_it_in_german():
    with translation.override("de"):
        says = moment_in_words(DUE, "Europe/Berlin", NOW)
    assert says.startswith("Donnerstag")
    assert "18. Juni" in says
    assert "19:00" in says


@pytest.mark.parametrize(
    ("span", "words", "spoken", "short"),
    [
        (timedelta(days=17, hours=5), "17 days", "17 days", "17d"),
        (timedelta(days=2, hours=20), "2 days", "2 days and 20 hours", "2d"),
        (timedelta(days=1), "1 day", "1 day", "1d"),
        (timedelta(hours=22), "22 h", "22 hours", "22h"),
        (timedelta(hours=3, minutes=8), "3 h 8 min", "3 hours and 8 minutes", "3h"),
        (timedelta(hours=1, minutes=40), "1 h 40 min", "1 hour and 40 minutes", "1h"),
        (timedelta(minutes=40), "40 min", "40 minutes", "40m"),
        (timedelta(minutes=35, seconds=59), "35 min", "35 minutes", "35m"),
        (timedelta(seconds=20), "20 seconds", "20 seconds", "20s"),
        (timedelta(seconds=1), "1 second", "1 second", "1s"),
        (timedelta(0), "0 seconds", "0 seconds", "0s"),
        (timedelta(days=1, minutes=59), "1 day", "1 day", "1d"),
    ],
)
def test_how_long_she_has_waited(span, words, spoken, short):
    assert (span_in_words(span), spoken_span(span), span_short(span)) == (words, spoken, short)
    assert (span_in_words(-span), spoken_span(-span), span_short(-span)) == (words, spoken, short)


def test_germans_count_days_in_german():
    with translation.override("de"):
        assert span_in_words(timedelta(days=17)) == "17 Tage"
        assert "2 Tage" in spoken_span(timedelta(days=2, hours=20))
        assert "20 Stunden" in spoken_span(timedelta(days=2, hours=20))
