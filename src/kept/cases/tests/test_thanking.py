"""Whoever is plainly thanked does not answer it: their manager does. Anything else in the words, and it goes as ever."""

from __future__ import annotations

import pytest

from kept.demo.cast import Marlow
from kept.people.models import Employee


@pytest.fixture
def kitchen(marlow) -> Marlow:
    marlow.hires_the_others()
    Employee.objects.filter(pk=marlow.amira.pk).update(manager=marlow.dana)
    return marlow


def test_thanks_for_amira_are_danas_to_answer_who_leads_her(kitchen):
    case = kitchen.grace.mails("Amira was so kind to us in the rain.")
    assert case.owner == kitchen.dana
    assert "leads Amira Haddad" in case_was_given_because(case)


def test_even_where_somebody_else_looks_after_this_customer(kitchen):
    kitchen.grace.mails("Where is my pizza?", subject="Pizza")
    assert kitchen.grace.mails("Amira was so kind to us.", subject="Thank you").owner == kitchen.dana


@pytest.mark.parametrize(
    "words",
    [
        "Amira was rude to us.",
        "Amira was so kind, but the pizza was cold.",
        "Amira was so kind. The pizza was wrong, though.",
        "Amira was so kind and Ben was there too.",
        "My daughter Amira was so kind.",
        "Where is Amira? Thank you.",
    ],
)
def test_anything_beside_plain_thanks_goes_as_ever(kitchen, words):
    assert kitchen.grace.mails(words).owner != kitchen.dana


def test_the_one_who_is_thanked_never_owns_it(kitchen):
    Employee.objects.exclude(pk__in=[kitchen.dana.pk, kitchen.priya.pk]).update(answers=False)
    Employee.objects.filter(pk=kitchen.dana.pk).update(manager=None)
    assert kitchen.grace.mails("Dana was so kind to us.").owner == kitchen.priya


def test_a_manager_who_answers_no_customers_is_told_by_the_praise_itself_and_owns_nothing(kitchen):
    Employee.objects.filter(pk=kitchen.dana.pk).update(answers=False)
    assert kitchen.grace.mails("Amira was so kind to us in the rain.").owner == kitchen.priya


def test_a_manager_who_is_away_until_after_the_hour_owns_nothing(kitchen):
    Employee.objects.filter(pk=kitchen.dana.pk).update(away_from=kitchen.clock.now)
    assert kitchen.grace.mails("Amira was so kind to us in the rain.").owner != kitchen.dana


def case_was_given_because(case) -> str:
    from kept.timeline.models import Event

    return str(Event.objects.get(about=case.about, kind="assigned").facts["why"])
