"""Whether more people are given a way to reach us than we answer in time, and who hears of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kept.accounts.models import ChannelAccount
from kept.cases.models import Case
from kept.people.models import Customer, Employee, Notice
from kept.surveys.keeping_up import balance_of, tell_where_room_is_short
from kept.surveys.tests.asking import a_survey
from kept.timeline.models import Event

NOW = datetime(2026, 6, 29, 9, tzinfo=UTC)
FOUR_WEEKS = timedelta(days=28)


@pytest.fixture(autouse=True)
def since_long(marlow):
    ChannelAccount.objects.update(start_line_at=NOW - timedelta(days=400))
    marlow.form.refresh_from_db()


def come(marlow, account: ChannelAccount, count: int, *, late: int = 0, days_ago: int = 3) -> None:
    """So many wrote by this way; the first of them were not answered in time."""
    john = Customer.objects.create(name="John Adeyemi", first_seen_at=NOW)
    at = NOW - timedelta(days=days_ago)
    for number in range(count):
        Case.objects.create(
            customer=john,
            owner=marlow.priya,
            account=account,
            policy=account.policy,
            opened_at=at,
            last_word_at=at,
            silent_since=at if number < late else None,
            answer_due_at=at + timedelta(hours=8) if number < late else None,
        )


def test_forty_a_week_come_and_twenty_five_are_answered_in_time(marlow):
    come(marlow, marlow.form, 160, late=60)
    balance = balance_of(marlow.form, now=NOW)
    assert (balance.contacts, balance.room, balance.is_enough) == (40, 25, False)
    assert balance.says == "You give 40 people a week a way to reach you, and have room to answer 25."


def test_whoever_is_answered_in_time_is_room_enough(marlow):
    come(marlow, marlow.form, 160, late=8)
    assert balance_of(marlow.form, now=NOW).is_enough


def test_what_was_answered_too_late_is_no_room(marlow):
    come(marlow, marlow.form, 40)
    Case.objects.update(went_wrong=True)
    assert balance_of(marlow.form, now=NOW).room == 0


def test_a_handful_tells_nothing_yet(marlow):
    come(marlow, marlow.form, 9, late=9)
    assert balance_of(marlow.form, now=NOW) is None


def test_older_times_do_not_count(marlow):
    come(marlow, marlow.form, 40, late=40, days_ago=29)
    assert balance_of(marlow.form, now=NOW) is None


def test_a_way_in_of_one_week_is_counted_by_that_week(marlow):
    ChannelAccount.objects.update(start_line_at=NOW - timedelta(days=7))
    marlow.form.refresh_from_db()
    come(marlow, marlow.form, 40)
    assert balance_of(marlow.form, now=NOW).contacts == 40


def test_a_mailbox_that_only_listens_is_held_against_what_people_said_they_can_take_on(marlow):
    Employee.objects.filter(pk=marlow.priya.pk).update(follow_ups_a_week=25)
    ChannelAccount.objects.filter(pk=marlow.mailbox.pk).update(opened_at=None)
    marlow.mailbox.refresh_from_db()
    come(marlow, marlow.mailbox, 160)
    balance = balance_of(marlow.mailbox, now=NOW)
    assert (balance.contacts, balance.room, balance.is_enough) == (40, 25, False)


def test_a_survey_is_held_against_the_weekly_numbers_of_its_people(marlow):
    Employee.objects.filter(pk=marlow.priya.pk).update(follow_ups_a_week=25)
    survey = a_survey(now=NOW - FOUR_WEEKS)
    survey.people.set([marlow.priya])
    come(marlow, survey.account, 160)
    assert balance_of(survey.account, now=NOW).room == 25


def test_the_manager_is_told_once_until_we_keep_up_again(marlow):
    come(marlow, marlow.form, 160, late=60)
    assert [tell_where_room_is_short(NOW + timedelta(days=day)) for day in (0, 1, 2)] == [1, 0, 0]
    notice = Notice.objects.get(kind="short_of_room")
    assert notice.to == marlow.ines
    assert notice.says == "Form: You give 40 people a week a way to reach you, and have room to answer 25.".replace(
        "Form", marlow.form.name
    )
    Case.objects.update(silent_since=None, answer_due_at=None)
    tell_where_room_is_short(NOW + timedelta(days=3))
    come(marlow, marlow.form, 160, late=100)
    assert tell_where_room_is_short(NOW + timedelta(days=4)) == 1
    assert list(Event.objects.filter(kind__in=["short_of_room", "keeps_up_again"]).values_list("kind", flat=True)) == [
        "short_of_room",
        "keeps_up_again",
        "short_of_room",
    ]


def test_where_all_is_well_nobody_is_told(marlow):
    come(marlow, marlow.form, 160)
    assert tell_where_room_is_short(NOW) == 0
    assert not Notice.objects.filter(kind="short_of_room").exists()


def test_all_ways_in_are_looked_at_in_a_few_questions(marlow, django_assert_max_num_queries):
    come(marlow, marlow.form, 20)
    come(marlow, marlow.mailbox, 20)
    with django_assert_max_num_queries(4):
        tell_where_room_is_short(NOW)
