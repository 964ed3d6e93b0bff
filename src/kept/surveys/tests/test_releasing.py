"""As many are asked as can be answered; the rest waits in sight, and says why and how long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kept.accounts.models import Calendar, SlaPolicy
from kept.cases.models import Case
from kept.people.models import Customer, Employee, Identity
from kept.places.models import Touchpoint
from kept.surveys.models import Invitation, InvitationState, Occasion, Response, Survey
from kept.surveys.releasing import release_what_fits, standing, standings
from kept.surveys.tests.asking import a_survey
from kept.timeline.models import Event

MONDAY = datetime(2026, 6, 1, 9, tzinfo=UTC)
SUNDAY = MONDAY - timedelta(days=1)
LATER = timedelta(minutes=10)
WAITING, RELEASED, SENT, NOT_ASKED = (
    InvitationState.WAITING,
    InvitationState.RELEASED,
    InvitationState.SENT,
    InvitationState.NOT_ASKED,
)


@pytest.fixture
def survey(marlow) -> Survey:
    Calendar.objects.update(zone="UTC")
    marlow.hires_the_others()
    return one_more(marlow, marlow.dana, weekly=9)


def one_more(marlow, *people: Employee, weekly: int, **how: object) -> Survey:
    """An open survey that these people answer, each so many a week."""
    survey = a_survey()
    for name, value in {"occasion": Occasion.TOUCHPOINT, "opened_at": MONDAY, **how}.items():
        setattr(survey, name, value)
    survey.save()
    survey.people.set(people)
    Employee.objects.filter(pk__in=[one.pk for one in people]).update(follow_ups_a_week=weekly)
    return survey


def wait(survey: Survey, count: int, *, touchpoint: Touchpoint | None = None, at: datetime = MONDAY) -> list[Invitation]:
    """So many customers who could be asked, in the order of their draw."""
    before = Invitation.objects.count()
    customers = Customer.objects.bulk_create(
        [Customer(name=f"Customer {number}", first_seen_at=at) for number in range(before, before + count)]
    )
    return Invitation.objects.bulk_create(
        [
            Invitation(
                survey=survey,
                customer=customer,
                occasion_key=f"event:{before + number}",
                touchpoint=touchpoint,
                draw=(number + 0.5) / count,
                eligible_at=at,
                expires_at=at + timedelta(days=7),
            )
            for number, customer in enumerate(customers)
        ]
    )


def mails_go(survey: Survey, at: datetime = MONDAY) -> None:
    """What was released left the house."""
    released = Invitation.objects.filter(survey=survey, state=RELEASED)
    released.update(state=SENT, sent_at=at, next_try_at=None)


def answers(invitation: Invitation, *, owner: Employee, at: datetime, is_answered: bool = False) -> Response:
    """They answered, and it is work for somebody, who has answered them already if `is_answered`."""
    survey = invitation.survey
    case = Case.objects.create(
        customer=invitation.customer,
        owner=owner,
        account=survey.account,
        policy=survey.account.policy,
        opened_at=at,
        last_word_at=at,
        silent_since=None if is_answered else at,
        answer_due_at=None if is_answered else at + timedelta(days=1),
    )
    Invitation.objects.filter(pk=invitation.pk).update(state=InvitationState.ANSWERED)
    return Response.objects.create(
        survey=survey,
        version=survey.versions.get(),
        invitation=invitation,
        customer=invitation.customer,
        score=2,
        case=case,
        owner=owner,
        first_at=at,
        changed_at=at,
        week_on=at.date(),
    )


def count(survey: Survey, state: str) -> int:
    return Invitation.objects.filter(survey=survey, state=state).count()


class TestRoom:
    def test_nine_free_places_ask_forty_five_at_first(self, survey):
        wait(survey, 60)
        assert release_what_fits(MONDAY) == 45
        assert (count(survey, RELEASED), count(survey, WAITING)) == (45, 15)

    def test_sixty_after_two_hundred_of_whom_twenty_made_work(self, survey, marlow):
        asked = wait(survey, 200, at=MONDAY - timedelta(days=40))
        Invitation.objects.update(state=SENT, sent_at=MONDAY - timedelta(days=40))
        for number, one in enumerate(asked[:20]):
            answers(one, owner=marlow.dana, at=MONDAY - timedelta(days=39 - number * 0.5), is_answered=True)
        wait(survey, 80)
        assert release_what_fits(MONDAY) == 60

    def test_those_who_go_are_those_drawn_first_and_their_mail_is_due_in_the_latest_words(self, survey):
        line = wait(survey, 60)
        release_what_fits(MONDAY)
        gone = Invitation.objects.filter(state=RELEASED).order_by("draw")
        assert [one.pk for one in gone] == [one.pk for one in line[:45]]
        assert {(one.next_try_at, one.version) for one in gone} == {(MONDAY, survey.versions.get())}

    def test_the_rest_says_why_it_waits(self, survey):
        wait(survey, 60)
        release_what_fits(MONDAY)
        assert set(Invitation.objects.filter(state=WAITING).values_list("why", flat=True)) == {"no_room"}

    def test_once_asked_they_hold_their_places_until_they_can_no_longer_answer(self, survey):
        wait(survey, 200, at=MONDAY)
        release_what_fits(MONDAY)
        mails_go(survey)
        assert release_what_fits(MONDAY + LATER) == 0
        assert release_what_fits(MONDAY + timedelta(days=2)) > 0

    def test_twice_in_one_breath_is_once(self, survey):
        wait(survey, 60)
        assert (release_what_fits(MONDAY), release_what_fits(MONDAY)) == (45, 0)

    def test_what_dana_has_open_takes_its_places(self, survey, marlow):
        for one in wait(survey, 9, at=MONDAY - timedelta(days=1)):
            answers(one, owner=marlow.dana, at=MONDAY - timedelta(days=1))
        wait(survey, 60)
        assert release_what_fits(MONDAY) == 0

    def test_answering_fast_gives_her_no_second_week(self, survey, marlow):
        for one in wait(survey, 9, at=MONDAY):
            answers(one, owner=marlow.dana, at=MONDAY, is_answered=True)
        wait(survey, 60)
        assert release_what_fits(MONDAY + LATER) == 0

    def test_nobody_is_asked_while_everybody_is_on_leave(self, survey, marlow):
        Employee.objects.filter(pk=marlow.dana.pk).update(away_from=SUNDAY, away_until=MONDAY + timedelta(days=14))
        wait(survey, 60)
        assert release_what_fits(MONDAY) == 0

    def test_half_a_week_of_leave_is_half_the_places(self, survey, marlow):
        Employee.objects.filter(pk=marlow.dana.pk).update(
            away_from=MONDAY + timedelta(days=2), away_until=MONDAY + timedelta(days=30)
        )
        wait(survey, 60)
        assert 0 < release_what_fits(MONDAY) < 30

    def test_a_holiday_has_no_places(self, survey):
        Calendar.objects.update(closed_on=[str((MONDAY + timedelta(days=day)).date()) for day in range(1, 8)])
        wait(survey, 60)
        assert release_what_fits(MONDAY) < 15

    def test_nobody_is_asked_at_night(self, survey):
        wait(survey, 60)
        assert release_what_fits(MONDAY - timedelta(hours=3)) == 0
        assert standing(survey, MONDAY - timedelta(hours=3)).goes_at == MONDAY

    def test_a_survey_that_nobody_opened_asks_nobody(self, survey):
        Survey.objects.update(opened_at=None)
        wait(survey, 60)
        assert release_what_fits(MONDAY) == 0

    def test_two_surveys_of_one_person_share_her_places(self, survey, marlow):
        other = one_more(marlow, marlow.dana, weekly=9)
        wait(survey, 60)
        wait(other, 60)
        for _look in range(6):
            release_what_fits(MONDAY)
        assert 0 < count(survey, RELEASED) + count(other, RELEASED) <= 45
        assert min(count(survey, RELEASED), count(other, RELEASED)) > 5

    def test_a_survey_of_somebody_else_is_none_of_her_business(self, survey, marlow):
        wait(one_more(marlow, marlow.tom, weekly=9), 60)
        wait(survey, 60)
        assert release_what_fits(MONDAY) == 90

    def test_many_surveys_ask_no_more_questions_than_a_few(self, survey, marlow, django_assert_max_num_queries):
        others = [one_more(marlow, marlow.tom, weekly=9) for _one in range(4)]
        for one in (survey, *others):
            wait(one, 60)
        surveys = list(Survey.objects.select_related("account__policy__calendar"))
        with django_assert_max_num_queries(12):
            stands = standings(surveys, MONDAY)
        assert [stands[one.pk].waiting for one in surveys] == [60] * 5
        assert stands[survey.pk] == standing(survey, MONDAY)


class TestFair:
    def test_without_a_quota_nothing_but_the_draw_decides(self, survey):
        counter = Touchpoint.objects.create(name="Counter", key="counter")
        wait(survey, 54)
        wait(survey, 6, touchpoint=counter)
        release_what_fits(MONDAY)
        assert Invitation.objects.filter(state=RELEASED, touchpoint=counter).count() in {4, 5}

    def test_a_quota_is_spread_evenly_over_touchpoints(self, survey):
        Survey.objects.update(quota_a_week=20)
        counter = Touchpoint.objects.create(name="Counter", key="counter")
        wait(survey, 80)
        wait(survey, 15, touchpoint=counter)
        assert release_what_fits(MONDAY) == 20
        assert Invitation.objects.filter(state=RELEASED, touchpoint=counter).count() == 10

    def test_no_more_than_the_quota_within_a_week_and_the_rest_says_so(self, survey):
        Survey.objects.update(quota_a_week=20)
        wait(survey, 60)
        release_what_fits(MONDAY)
        mails_go(survey)
        survey.refresh_from_db()
        assert release_what_fits(MONDAY + timedelta(days=2)) == 0
        survey.refresh_from_db()
        stands = standing(survey, MONDAY + timedelta(days=2))
        assert (stands.why, stands.goes_at) == ("quota", MONDAY + timedelta(days=7))

    def test_john_waits_only_once_though_he_ordered_twice(self, survey):
        first, second = wait(survey, 2)
        Invitation.objects.filter(pk=second.pk).update(customer=first.customer)
        assert release_what_fits(MONDAY) == 1

    def test_whoever_wants_not_to_be_asked_any_more_leaves_the_line(self, survey):
        john, mary = wait(survey, 2)
        Customer.objects.filter(pk=john.customer_id).update(not_asked_since=MONDAY, not_asked_why="opt_out")
        release_what_fits(MONDAY)
        john.refresh_from_db()
        mary.refresh_from_db()
        assert (john.state, john.why, mary.state) == (NOT_ASKED, "opt_out", RELEASED)

    def test_whoever_waited_for_a_week_is_not_asked(self, survey):
        wait(survey, 3, at=MONDAY - timedelta(days=7))
        release_what_fits(MONDAY)
        assert set(Invitation.objects.values_list("state", "why")) == {(NOT_ASKED, "too_late")}

    def test_nobody_is_asked_before_their_time(self, survey):
        wait(survey, 3, at=MONDAY + timedelta(hours=2))
        assert release_what_fits(MONDAY) == 0
        assert release_what_fits(MONDAY + timedelta(hours=2)) == 3


class TestSight:
    def test_who_waits_how_many_places_and_when(self, survey):
        wait(survey, 60)
        release_what_fits(MONDAY)
        mails_go(survey)
        survey.refresh_from_db()
        stands = standing(survey, MONDAY + LATER)
        assert (stands.waiting, stands.released_this_week, stands.free_places) == (15, 45, 9)
        assert (stands.allowed, stands.why) == (0, "no_room")
        assert MONDAY < stands.goes_at < MONDAY + timedelta(days=7)

    def test_it_goes_about_when_it_said(self, survey):
        wait(survey, 60)
        release_what_fits(MONDAY)
        mails_go(survey)
        survey.refresh_from_db()
        goes_at = standing(survey, MONDAY + LATER).goes_at
        assert release_what_fits(goes_at - timedelta(hours=3)) == 0
        assert release_what_fits(goes_at) > 0

    def test_nobody_is_named_for_it(self, survey):
        survey.people.clear()
        wait(survey, 3)
        assert release_what_fits(MONDAY) == 0
        assert standing(survey, MONDAY).why == "no_people"

    def test_why_they_were_not_asked_is_counted(self, survey):
        wait(survey, 3, at=MONDAY - timedelta(days=7))
        release_what_fits(MONDAY)
        assert standing(survey, MONDAY).not_asked == {"too_late": 3}

    def test_each_release_stands_in_the_history(self, survey):
        wait(survey, 60)
        release_what_fits(MONDAY)
        event = Event.objects.get(kind="released")
        assert (event.facts["count"], event.facts["places"], event.facts["out"]) == (45, 9, 0)

    def test_looking_changes_nothing(self, survey):
        wait(survey, 3)
        before = list(Invitation.objects.values())
        standing(survey, MONDAY)
        assert list(Invitation.objects.values()) == before
        assert Identity.objects.count() == 0


def test_a_survey_that_cannot_be_worked_out_does_not_stop_the_others(survey, marlow):
    other = one_more(marlow, marlow.tom, weekly=9)
    never_open = Calendar.objects.create(name="never", zone="UTC", week={"mon": [["09:00", "17:00"]]})
    never_open.closed_on = [str((MONDAY + timedelta(days=day)).date()) for day in range(-14, 1_200)]
    never_open.save()
    policy = SlaPolicy.objects.create(name="never", calendar=never_open)
    survey.account.policy = policy
    survey.account.save()
    wait(survey, 3)
    wait(other, 3)
    assert release_what_fits(MONDAY) == 3
    assert count(other, RELEASED) == 3
