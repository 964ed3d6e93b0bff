"""Whoever knows that a customer is a child or mourns spares them the question, on the case itself."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kept.cases.models import Case
from kept.surveys.opting_out import opt_out


@pytest.fixture
def case(marlow) -> Case:
    return marlow.mary.mails("My mother died; please stop the order.", subject="The order", is_proven=True)


@pytest.fixture
def priya(marlow, seat):
    return seat(marlow.priya)


def page(case: Case) -> str:
    return reverse("case", args=[case.public_id])


def mark(case: Case) -> str:
    return reverse("case_not_asked", args=[case.public_id])


def test_priya_spares_mary_the_question_and_the_page_says_so(case, priya):
    assert "Do not ask them how it was" in priya.sees(page(case))
    answer = priya.posts(mark(case), {"why": "bereaved"}, follow=True)
    assert "Mary Whitcombe is not asked how it was." in answer.content.decode()
    case.customer.refresh_from_db()
    assert case.customer.not_asked_why == "bereaved"
    shown = priya.sees(page(case))
    assert "Not asked how it was: Somebody close to them has died." in shown
    assert "Priya Nair said that Mary Whitcombe is not to be asked how it was: somebody close to them has died" in shown


def test_and_can_mend_it(case, priya):
    priya.posts(mark(case), {"why": "minor"})
    priya.posts(mark(case))
    case.customer.refresh_from_db()
    assert case.customer.not_asked_since is None
    assert "Do not ask them how it was" in priya.sees(page(case))


def test_what_the_customer_said_stands(case, priya, marlow):
    opt_out(case.customer, at=marlow.clock.now, through="page")
    assert "Only they can take that back" in priya.sees(page(case))
    answer = priya.posts(mark(case))
    assert answer.status_code == 409
    assert "Only they can take that back." in answer.content.decode()


@pytest.mark.parametrize("why", ["too critical", ""])
def test_a_reason_that_is_none_is_refused_on_the_page(case, priya, why):
    answer = priya.posts(mark(case), {"why": why})
    assert answer.status_code == 409
    assert "Say why they are not to be asked." in answer.content.decode()


def test_when_they_were_asked_last_stands_there(case, priya, marlow):
    assert "Last asked" not in priya.sees(page(case))
    type(case.customer).objects.update(last_asked_at=marlow.clock.now)
    assert "Last asked how it was: Monday 1 June." in priya.sees(page(case))
