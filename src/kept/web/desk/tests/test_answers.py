"""Whoever has it reads first what they answered: the number, the question as it was asked, the words, how they want to hear."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kept.cases.models import Case
from kept.surveys.models import Survey
from kept.surveys.tests.posting import asks, how_likely, posts
from kept.web.desk.answers import answers_on

COLD = "Cold again. Third time in five weeks."


@pytest.fixture
def survey(marlow) -> Survey:
    return how_likely(marlow)


def test_the_answer_stands_on_top_of_the_case_it_became(marlow, survey, seat):
    johns = asks(survey, marlow.john)
    posts(marlow, johns, score="2", why=COLD, contact="phone", phone="+447700900461", who="The rider with the red scarf")
    page = seat(marlow.priya).sees(reverse("case", args=[Case.objects.get().public_id]))
    assert "John Adeyemi gave 2 of 10" in page
    assert "How likely are you to recommend us to a friend?" in page
    assert "your order on Sunday 14 June" in page
    assert "Please ring: +447700900461" in page
    assert "The rider with the red scarf" in page
    assert page.index("gave 2 of 10") < page.index('<ol class="tl"')


def test_the_question_is_the_one_they_were_asked(marlow, survey, seat):
    johns = asks(survey, marlow.john)
    survey.versions.create(number=2, wording={"en": {"question": "Something else?"}}, made_at=marlow.clock.now)
    posts(marlow, johns, score="2", why=COLD)
    page = seat(marlow.priya).sees(reverse("case", args=[Case.objects.get().public_id]))
    assert "How likely are you to recommend us to a friend?" in page
    assert "Something else?" not in page


def test_whoever_wants_no_contact_is_not_rung(marlow, survey, seat):
    posts(marlow, asks(survey, marlow.john), score="2", why=COLD, contact="no")
    assert "They want nobody to contact them." in seat(marlow.priya).sees(reverse("case", args=[Case.objects.get().public_id]))


def test_a_case_without_an_answer_asks_the_database_for_none(marlow, seat):
    case = marlow.mary.mails("The corner of the box is torn.")
    with CaptureQueriesContext(connection) as asked:
        assert answers_on(case) == []
    assert not any("response" in query["sql"] for query in asked)
    page = seat(marlow.priya).sees(reverse("case", args=[case.public_id]))
    assert "Their answer to a survey" not in page
