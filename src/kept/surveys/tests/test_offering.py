"""Whom they hear from and by when: true when the page opens, and it stands when they save."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test.utils import CaptureQueriesContext

from kept.cases.models import Case
from kept.people.models import Customer, Employee
from kept.surveys.models import Survey
from kept.surveys.offering import Offer, offer, reserve
from kept.surveys.tests.asking import a_survey

MONDAY = datetime(2026, 6, 1, 9, tzinfo=UTC)
TUESDAY_9 = MONDAY + timedelta(days=1)


@pytest.fixture
def survey(marlow) -> Survey:
    marlow.hires_the_others()
    Employee.objects.filter(pk__in=[marlow.dana.pk, marlow.tom.pk]).update(follow_ups_a_week=20)
    survey = a_survey()
    calendar = survey.account.policy.calendar
    calendar.zone = "UTC"
    calendar.save(update_fields=["zone"])
    survey.people.set([marlow.dana, marlow.tom])
    return survey


def has(person: Employee, count: int, *, survey: Survey | None = None, marlow=None, due_at: datetime | None = None) -> None:
    """So many cases wait for this person's answer; with `survey`, they are its follow-ups."""
    account = survey.account if survey else marlow.form
    for number in range(count):
        customer = Customer.objects.create(name=f"Customer {number}", first_seen_at=MONDAY)
        Case.objects.create(
            customer=customer,
            owner=person,
            account=account,
            policy=account.policy,
            opened_at=MONDAY,
            last_word_at=MONDAY,
            silent_since=MONDAY,
            answer_due_at=due_at or TUESDAY_9,
        )


class TestOffer:
    def test_john_hears_from_dana_within_the_time_that_is_promised_to_everybody(self, survey, marlow):
        offered = offer(survey, now=MONDAY)
        assert (offered.person, offered.hour) == (marlow.dana, MONDAY + timedelta(hours=8))

    def test_he_hears_from_whoever_has_more_room(self, survey, marlow):
        has(marlow.dana, 1, survey=survey)
        assert offer(survey, now=MONDAY).person == marlow.tom

    def test_the_hour_moves_out_with_every_follow_up_that_waits(self, survey, marlow):
        hours = []
        for _answer in range(6):
            has(marlow.dana, 1, survey=survey)
            has(marlow.tom, 1, survey=survey)
            hours.append(offer(survey, now=MONDAY).hour)
        assert hours == sorted(hours)
        assert hours[-1] > hours[0] >= MONDAY + timedelta(hours=8)

    def test_forty_mails_that_wait_move_it_out_too(self, survey, marlow):
        before = offer(survey, now=MONDAY).hour
        has(marlow.dana, 40, marlow=marlow)
        has(marlow.tom, 40, marlow=marlow)
        assert offer(survey, now=MONDAY).hour > before

    def test_nobody_is_named_who_is_on_leave(self, survey, marlow):
        Employee.objects.filter(pk=marlow.dana.pk).update(away_from=MONDAY, away_until=MONDAY + timedelta(days=14))
        assert offer(survey, now=MONDAY).person == marlow.tom

    def test_where_both_are_away_the_hour_is_after_the_first_is_back(self, survey, marlow):
        Employee.objects.filter(pk=marlow.dana.pk).update(away_from=MONDAY, away_until=MONDAY + timedelta(days=14))
        Employee.objects.filter(pk=marlow.tom.pk).update(away_from=MONDAY, away_until=MONDAY + timedelta(days=7))
        offered = offer(survey, now=MONDAY)
        assert (offered.person, offered.hour) == (marlow.tom, MONDAY + timedelta(days=7, hours=8))

    def test_somebody_who_leaves_at_noon_has_the_rest_of_the_time_when_she_is_back(self, survey, marlow):
        Employee.objects.filter(pk=marlow.tom.pk).update(is_active=False)
        noon = MONDAY + timedelta(hours=3)
        Employee.objects.filter(pk=marlow.dana.pk).update(away_from=noon, away_until=MONDAY + timedelta(days=2))
        assert offer(survey, now=MONDAY).hour == MONDAY + timedelta(days=2, hours=5)

    def test_a_survey_whose_people_have_all_gone_names_whoever_is_on_duty(self, survey, marlow):
        Employee.objects.filter(pk__in=[marlow.dana.pk, marlow.tom.pk]).update(is_active=False)
        assert offer(survey, now=MONDAY).person == marlow.priya

    def test_somebody_without_a_weekly_number_is_not_asked_for_more_while_others_have_one(self, survey, marlow):
        Employee.objects.filter(pk=marlow.dana.pk).update(follow_ups_a_week=0)
        has(marlow.tom, 3, survey=survey)
        assert offer(survey, now=MONDAY).person == marlow.tom

    def test_opening_the_page_changes_nothing_and_asks_little(self, survey, django_assert_max_num_queries):
        survey = Survey.objects.select_related("account__policy__calendar").get(pk=survey.pk)
        with django_assert_max_num_queries(3) as asked:
            offer(survey, now=MONDAY)
        assert isinstance(asked, CaptureQueriesContext)
        assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)


class TestReserve:
    def test_the_hour_that_was_shown_stands(self, survey, marlow):
        shown = offer(survey, now=MONDAY)
        assert reserve(survey, now=MONDAY + timedelta(minutes=3), offered=shown) == shown

    def test_it_stands_though_others_saved_in_between(self, survey, marlow):
        shown = offer(survey, now=MONDAY)
        has(marlow.dana, 2, survey=survey, due_at=shown.hour)
        assert reserve(survey, now=MONDAY + timedelta(minutes=3), offered=shown) == shown
        assert offer(survey, now=MONDAY + timedelta(minutes=3)).hour >= shown.hour

    def test_a_colleague_keeps_it_where_the_one_shown_no_longer_can(self, survey, marlow):
        shown = offer(survey, now=MONDAY)
        has(marlow.dana, 4, survey=survey, due_at=shown.hour)
        assert reserve(survey, now=MONDAY, offered=shown) == Offer(marlow.tom, shown.hour)

    def test_what_is_due_later_gives_way(self, survey, marlow):
        shown = offer(survey, now=MONDAY)
        has(marlow.dana, 9, survey=survey, due_at=shown.hour + timedelta(hours=1))
        has(marlow.tom, 9, survey=survey, due_at=shown.hour + timedelta(hours=1))
        assert reserve(survey, now=MONDAY, offered=shown) == shown

    def test_a_page_that_lay_open_for_a_day_is_told_the_next_true_hour(self, survey, marlow):
        shown = offer(survey, now=MONDAY)
        late = MONDAY + timedelta(hours=7)
        kept = reserve(survey, now=late, offered=shown)
        assert kept.hour > shown.hour
        assert kept == offer(survey, now=late)

    def test_an_answer_without_a_page_has_an_hour_too(self, survey):
        assert reserve(survey, now=MONDAY, offered=None) == offer(survey, now=MONDAY)
