"""New words on a matter that had ended: it goes on, with somebody who is here."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.cases.models import Case
from kept.demo.cast import last_word_of
from kept.outcomes.hearing import hear
from kept.outcomes.reopening import reopen_if_ended
from kept.people.models import Employee, Notice
from kept.timeline.models import Event


@pytest.fixture
def ended(answered, marlow) -> Case:
    hear(answered, "yes", now=marlow.clock.now)
    answered.refresh_from_db()
    return answered


def test_an_answer_to_our_mail_reopens_it_and_the_owner_hears(ended, marlow):
    marlow.clock.forward(days=3)
    assert marlow.john.answers_our_mail("Cold again.") == ended
    ended.refresh_from_db()
    assert (ended.is_open, ended.outcome, ended.ended_at, ended.state) == (True, "", None, "open")
    assert ended.silent_since == marlow.clock.now
    assert ended.owner_saw_at is None
    assert Notice.objects.filter(to=marlow.priya, kind="reopened").exists()
    assert Event.objects.filter(about=ended.about, kind="reopened").exists()


def test_what_their_yes_had_settled_stays_settled(ended, marlow):
    earlier = last_word_of(ended)
    marlow.john.answers_our_mail("Cold again.")
    earlier.refresh_from_db()
    assert earlier.settled == "answered"
    assert last_word_of(ended).settled == ""


@pytest.mark.parametrize(("days", "same"), [(59, True), (61, False)])
def test_after_sixty_days_it_is_a_new_matter_that_follows_the_old(ended, marlow, days, same):
    marlow.clock.forward(days=days)
    case = marlow.john.answers_our_mail("Cold again.")
    assert (case == ended) is same
    if not same:
        assert case.follows == ended


def test_an_owner_who_has_left_is_followed_by_somebody_who_is_here(ended, marlow):
    marlow.hires_the_others()
    Employee.objects.filter(pk=marlow.priya.pk).update(is_active=False, answers=False)
    marlow.john.answers_our_mail("Cold again.")
    ended.refresh_from_db()
    assert ended.owner != marlow.priya
    assert ended.owner.is_active
    assert Event.objects.filter(about=ended.about, kind="assigned").latest("id").facts["owner"] == ended.owner.known_as


def test_what_is_open_is_not_reopened(waiting, marlow):
    assert not reopen_if_ended(waiting, now=marlow.clock.now)
    assert not Event.objects.filter(kind="reopened").exists()


def test_it_can_end_again(ended, marlow):
    marlow.john.answers_our_mail("Cold again.")
    marlow.clock.forward(hours=1)
    hear(ended, "leave", now=marlow.clock.now + timedelta(hours=1))
    ended.refresh_from_db()
    assert (ended.outcome, ended.outcome_reason) == ("black", "left")
