"""Whoever says "yes, it is solved" is asked there and then how easy it was, once, and only as many as can be answered."""

from __future__ import annotations

import pytest

from kept.cases.models import Case
from kept.outcomes.hearing import hear
from kept.people.models import Customer, Employee
from kept.surveys.asking_on_a_page import ask_on_their_page, question_on
from kept.surveys.models import Invitation, InvitationState, Occasion, Survey
from kept.surveys.occasions import ask_after_endings
from kept.surveys.tests.posting import asks, how_likely, posts, the_answer
from kept.timeline.models import Event


@pytest.fixture
def survey(marlow) -> Survey:
    return how_likely(marlow, measure="ces", occasion=Occasion.ENDING)


@pytest.fixture
def solved(marlow, survey) -> Case:
    case = marlow.mary.mails("Where are my boxes?", is_proven=True)
    marlow.answers(case, "Dear Mary, they are with you.")
    hear(case, "yes", now=marlow.clock.now)
    return case


def test_the_question_stands_on_their_page_and_counts_as_asked(marlow, survey, solved):
    invitation = ask_on_their_page(solved, now=marlow.clock.now)
    assert question_on(solved) == invitation
    assert (invitation.state, invitation.identity, invitation.version) == (InvitationState.SENT, None, survey.versions.get())
    assert invitation.next_try_at is None, "it is never mailed"
    assert Customer.objects.get(pk=solved.customer_id).last_asked_at == marlow.clock.now
    assert Event.objects.filter(kind="invited", about=solved.about).count() == 1


def test_the_same_end_asks_once_by_whichever_way(marlow, survey, solved):
    for _time in range(2):
        ask_on_their_page(solved, now=marlow.clock.now)
    ask_after_endings(marlow.clock.forward(hours=3))
    assert Invitation.objects.count() == 1
    assert Event.objects.filter(kind="invited").count() == 1


def test_without_room_nobody_is_asked_there_and_the_line_is_as_it_was(marlow, survey, solved):
    Employee.objects.update(follow_ups_a_week=0)
    assert ask_on_their_page(solved, now=marlow.clock.now) is None
    assert not Invitation.objects.exists()


def test_whoever_was_asked_lately_is_not_asked_again(marlow, survey, solved):
    Customer.objects.update(last_asked_at=marlow.clock.now)
    assert ask_on_their_page(solved, now=marlow.clock.now) is None
    assert question_on(solved) is None


@pytest.mark.parametrize("said", ["unsolved", "leave"])
def test_only_after_a_yes(marlow, survey, said):
    case = marlow.mary.mails("Where are my boxes?", is_proven=True)
    hear(case, said, now=marlow.clock.now)
    assert ask_on_their_page(case, now=marlow.clock.now) is None


def test_a_matter_that_a_score_began_is_asked_about_in_that_very_question(marlow, survey):
    likely = how_likely(marlow)
    posts(marlow, asks(likely, marlow.john), score="2", why="Cold again.")
    case = Case.objects.get()
    marlow.answers(case, "Dear John, the bag is mended.")
    hear(case, "yes", now=marlow.clock.now)
    again = ask_on_their_page(case, now=marlow.clock.now)
    assert again.survey == likely
    posts(marlow, again, score="9")
    assert again.response.after_case == case


def test_a_low_score_with_words_is_a_matter_of_its_own_and_their_yes_stands(marlow, survey, solved):
    invitation = ask_on_their_page(solved, now=marlow.clock.now)
    assert posts(marlow, invitation, score="2", why="I had to write four times.") == "message"
    solved.refresh_from_db()
    assert (solved.outcome, the_answer().case.owner) == ("white", marlow.dana)
    assert the_answer().case != solved
    assert question_on(solved) is None
