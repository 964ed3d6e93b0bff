"""Whose turn it is to be asked: after an end of their own, once more where a score began it, and by chance through the year."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from kept.cases.models import Case
from kept.outcomes.hearing import hear
from kept.outcomes.reopening import reopen_if_ended
from kept.people.models import Customer, Identity
from kept.places.models import Brand
from kept.surveys import occasions
from kept.surveys.models import Invitation, InvitationState, Occasion, Response, Survey
from kept.surveys.occasions import ask_after_endings, ask_on_schedule
from kept.surveys.releasing import standing
from kept.surveys.tests.asking import a_survey
from kept.surveys.tests.eligible import asks, delivered, has_room


@pytest.fixture
def ces(marlow):
    """How easy was it? Asked after every end."""
    return asks(marlow, Occasion.ENDING, measure="ces")


def solved(marlow, said: str = "yes", *, who: str = "john", text: str = "My pizza came cold.") -> Case:
    """They wrote, were answered, and said how it ended."""
    case = getattr(marlow, who).mails(text, subject=text, is_proven=True)
    marlow.answers(case, "A new one is on its way.", by=marlow.priya)
    case.refresh_from_db()
    hear(case, said, now=marlow.clock.now)
    case.refresh_from_db()
    return case


@pytest.mark.parametrize("said", ["yes", "unsolved", "leave"])
def test_however_john_ended_it_he_is_in_line_once(marlow, ces, said):
    case = solved(marlow, said)
    assert ask_after_endings(marlow.clock.now) == 1
    assert ask_after_endings(marlow.clock.forward(minutes=10)) == 0
    row = Invitation.objects.get()
    assert (row.survey, row.customer, row.case, row.state) == (ces, case.customer, case, "waiting")
    assert row.occasion_key == f"ended:{case.pk}"
    assert row.about == "what Priya Nair looked after for you"
    assert row.eligible_at == case.ended_at + timedelta(hours=2)


def test_whoever_never_said_how_it_ended_is_not_asked_how_it_was(marlow, ces):
    case = solved(marlow)
    Case.objects.filter(pk=case.pk).update(outcome="no_word", outcome_reason="no_word")
    assert ask_after_endings(marlow.clock.now) == 0
    Case.objects.filter(pk=case.pk).update(outcome="white", outcome_reason="passed_on")
    assert ask_after_endings(marlow.clock.now) == 0


def test_an_open_matter_has_no_end_to_ask_about(marlow, ces):
    marlow.john.mails("My pizza came cold.", subject="Cold", is_proven=True)
    ask_after_endings(marlow.clock.now)
    assert not Invitation.objects.exists()


def test_what_ended_before_the_survey_was_opened_is_not_dug_up(marlow):
    solved(marlow)
    asks(marlow, Occasion.ENDING, opened_at=marlow.clock.forward(minutes=1))
    assert ask_after_endings(marlow.clock.now) == 0


def test_what_ended_while_we_were_down_for_long_is_left(marlow, ces):
    solved(marlow)
    ask_after_endings(marlow.clock.forward(days=8))
    assert not Invitation.objects.exists()


def test_a_survey_of_one_touchpoint_or_another_brand_asks_only_its_own(marlow):
    delivery = delivered(marlow)
    about_delivery = asks(marlow, Occasion.ENDING, touchpoint=delivery)
    other = asks(marlow, Occasion.ENDING)
    other.account.brand = Brand.objects.create(name="Another house")
    other.account.save()
    case = solved(marlow)
    assert ask_after_endings(marlow.clock.now) == 0
    Case.objects.filter(pk=case.pk).update(touchpoint=delivery)
    ask_after_endings(marlow.clock.now)
    assert list(Invitation.objects.values_list("survey", "touchpoint")) == [(about_delivery.pk, delivery.pk)]


def test_a_matter_that_went_on_before_he_could_be_asked_is_asked_about_at_its_real_end(marlow, ces):
    case = solved(marlow)
    ask_after_endings(marlow.clock.now)
    reopen_if_ended(case, now=marlow.clock.forward(hours=1))
    row = Invitation.objects.get()
    Invitation.objects.update(state=InvitationState.NOT_ASKED, why="open_complaint")
    marlow.answers(case, "And now it is.", by=marlow.priya)
    case.refresh_from_db()
    hear(case, "yes", now=marlow.clock.forward(hours=20))
    assert ask_after_endings(marlow.clock.now) == 1
    row.refresh_from_db()
    assert (row.state, row.why, Invitation.objects.count()) == ("waiting", "", 1)
    assert row.eligible_at == marlow.clock.now + timedelta(hours=2)


def test_a_matter_that_ends_again_after_he_was_asked_is_not_asked_about_again(marlow, ces):
    case = solved(marlow)
    ask_after_endings(marlow.clock.now)
    Invitation.objects.update(state=InvitationState.SENT, sent_at=marlow.clock.now)
    Case.objects.filter(pk=case.pk).update(ended_at=marlow.clock.forward(hours=30))
    assert ask_after_endings(marlow.clock.now) == 0
    assert Invitation.objects.get().state == "sent"


# The case's end asks again, once


def begun_by_a_score(marlow, score: int | None = 2) -> Case:
    """John gave a two and said why; it became a matter, and that has ended now."""
    nps = a_survey("nps", name="Would you send a friend?", now=marlow.clock.now)
    nps.opened_at = marlow.clock.now
    nps.save()
    at = marlow.clock.now
    case = solved(marlow)
    Response.objects.create(
        survey=nps, version=nps.versions.get(), customer=case.customer, score=score, case=case, product="Diavola",
        first_at=at, changed_at=at, week_on=at.date(),
    )  # fmt: skip
    Case.objects.filter(pk=case.pk).update(opened_at=at)
    Customer.objects.filter(pk=case.customer_id).update(last_asked_at=at)
    return case


def test_the_question_that_began_it_is_asked_again_once_and_nothing_else_is(marlow, ces):
    case = begun_by_a_score(marlow)
    assert ask_after_endings(marlow.clock.now) == 1
    ask_after_endings(marlow.clock.forward(minutes=10))
    row = Invitation.objects.get()
    assert (row.survey.name, row.case, row.state, row.product) == ("Would you send a friend?", case, "waiting", "Diavola")
    assert row.occasion_key == f"again:{case.pk}"


def test_even_where_they_never_said_how_it_ended(marlow):
    case = begun_by_a_score(marlow)
    Case.objects.filter(pk=case.pk).update(outcome="no_word", outcome_reason="no_word")
    assert ask_after_endings(marlow.clock.now) == 1


def test_but_not_while_that_question_is_closed(marlow):
    case = begun_by_a_score(marlow)
    case.responses.get().survey.__class__.objects.update(closed_at=marlow.clock.now)
    assert ask_after_endings(marlow.clock.now) == 0
    assert Invitation.objects.get().why == "closed"


def test_a_wish_for_contact_without_a_score_has_no_question_to_repeat(marlow, ces):
    begun_by_a_score(marlow, score=None)
    ask_after_endings(marlow.clock.now)
    assert Invitation.objects.get().survey == ces


def test_a_score_that_joined_a_matter_already_open_did_not_begin_it(marlow, ces):
    case = begun_by_a_score(marlow)
    Response.objects.update(first_at=case.opened_at + timedelta(minutes=5))
    Customer.objects.update(last_asked_at=None)
    ask_after_endings(marlow.clock.now)
    assert Invitation.objects.get().survey == ces


# On a schedule


def many(marlow, count: int) -> list[Customer]:
    at = marlow.clock.now
    people = Customer.objects.bulk_create(Customer(name=f"Customer {number}", first_seen_at=at) for number in range(count))
    Identity.objects.bulk_create(
        Identity(customer=one, kind="email", value=f"{one.pk}@c.example", first_seen_at=at) for one in people
    )
    return people


def test_a_weeks_worth_of_customers_is_in_line_and_no_more(marlow):
    has_room(marlow, 40)
    asks(marlow, Occasion.SCHEDULE, quota_a_week=12)
    many(marlow, 50)
    assert ask_on_schedule(marlow.clock.now) == 12
    assert ask_on_schedule(marlow.clock.forward(days=1)) == 0
    Invitation.objects.filter(pk__in=Invitation.objects.values("pk")[:5]).update(state=InvitationState.SENT)
    assert ask_on_schedule(marlow.clock.forward(days=1)) == 5


def test_without_a_quota_the_line_is_as_long_as_there_is_room(marlow):
    survey = asks(marlow, Occasion.SCHEDULE)
    many(marlow, 200)
    assert ask_on_schedule(marlow.clock.now) == 10
    Invitation.objects.update(state=InvitationState.NOT_ASKED, why="too_late")
    has_room(marlow, 9)
    allowed = standing(Survey.objects.get(pk=survey.pk), marlow.clock.now).allowed
    assert allowed > 0
    assert ask_on_schedule(marlow.clock.now) == round(1.5 * allowed) + 10


def test_nobody_is_drawn_twice_in_a_month(marlow):
    has_room(marlow, 40)
    asks(marlow, Occasion.SCHEDULE, quota_a_week=30)
    many(marlow, 20)
    assert ask_on_schedule(marlow.clock.now) == 20
    many(marlow, 15)
    Invitation.objects.update(state=InvitationState.SENT)
    assert ask_on_schedule(marlow.clock.forward(days=1)) == 15
    Invitation.objects.update(state=InvitationState.NOT_ASKED, why="too_late")
    assert ask_on_schedule(marlow.clock.forward(days=20)) == 0
    assert ask_on_schedule(marlow.clock.forward(days=12)) == 30


def test_whoever_may_not_be_asked_is_not_even_drawn(marlow):
    asks(marlow, Occasion.SCHEDULE, quota_a_week=30)
    stopped, lately, dead, fine = many(marlow, 4)
    Customer.objects.filter(pk=stopped.pk).update(not_asked_since=marlow.clock.now, not_asked_why="opt_out")
    Customer.objects.filter(pk=lately.pk).update(last_asked_at=marlow.clock.now - timedelta(days=10))
    Identity.objects.filter(customer=dead).update(dead_at=marlow.clock.now)
    Customer.objects.create(name="Harold Finch", first_seen_at=marlow.clock.now)
    ask_on_schedule(marlow.clock.now)
    assert [row.customer for row in Invitation.objects.all()] == [fine]


@pytest.mark.parametrize("at_hand", [20_000, 0])
def test_everybody_has_the_same_chance_of_being_drawn(marlow, monkeypatch, at_hand):
    monkeypatch.setattr(occasions, "ALL_AT_HAND", at_hand)
    people = many(marlow, 40)
    Customer.objects.filter(pk__in=[one.pk for one in people[::4]]).update(
        not_asked_since=marlow.clock.now, not_asked_why="opt_out"
    )
    askable = Customer.objects.filter(not_asked_since__isnull=True)
    drawn = Counter(one.pk for _time in range(300) for one in occasions._drawn(askable, 10))
    assert len(drawn) == 30
    assert sum(drawn.values()) == 3000
    assert min(drawn.values()) > 55 and max(drawn.values()) < 150  # 100 each, give or take five standard deviations


def test_a_survey_that_nobody_opened_draws_nobody(marlow):
    asks(marlow, Occasion.SCHEDULE, opened_at=None)
    many(marlow, 5)
    assert ask_on_schedule(marlow.clock.now) == 0
