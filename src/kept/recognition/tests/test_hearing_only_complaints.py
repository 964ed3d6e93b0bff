"""A team that hears nothing but complaints for a week: its manager is told, once a week, and not when somebody was thanked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.demo.cast import Marlow
from kept.people.models import Employee, Notice, Team
from kept.places.models import Place
from kept.recognition.giving import say_a_good_word
from kept.recognition.hearing_only_complaints import KIND, tell_who_only_hears_complaints


@pytest.fixture
def care(kitchen) -> Marlow:
    """Priya is customer care, led by Ines; Amira and Dana are the kitchen's team, led by Dana."""
    team = Team.objects.create(name="Customer care", manager=kitchen.ines)
    riders = Team.objects.create(name="Riders", manager=kitchen.dana)
    Employee.objects.filter(pk=kitchen.priya.pk).update(team=team)
    Employee.objects.filter(pk=kitchen.amira.pk).update(team=riders)
    Employee.objects.exclude(pk=kitchen.priya.pk).update(answers=False)
    return kitchen


def told(marlow, *, days: float) -> list[str]:
    tell_who_only_hears_complaints(marlow.clock.now + timedelta(days=days))
    return sorted(Notice.objects.filter(kind=KIND).values_list("to__name", flat=True))


def test_a_week_of_complaints_and_no_good_word_is_told_to_ines(care):
    care.john.mails("Cold again.")
    assert told(care, days=7) == ["Ines Duarte"]


def test_once_however_often_it_is_looked_at(care):
    care.john.mails("Cold again.")
    for day in (7, 8, 9, 13):
        assert told(care, days=day) == ["Ines Duarte"]


def test_and_again_after_another_such_week(care):
    care.john.mails("Cold again.")
    told(care, days=7)
    care.clock.forward(days=8)
    care.mary.mails("The box is torn.")
    assert told(care, days=6) == ["Ines Duarte", "Ines Duarte"]


def test_not_before_the_week_is_over(care):
    care.john.mails("Cold again.")
    assert told(care, days=4) == []


def test_one_good_word_for_the_team_is_enough(care):
    care.john.mails("Cold again.")
    say_a_good_word("Priya was kind", employee=Employee.objects.get(pk=care.priya.pk), now=care.clock.now)
    assert told(care, days=7) == []


def test_a_good_word_for_another_team_is_not(care):
    care.john.mails("Cold again.")
    say_a_good_word("Amira was kind", employee=Employee.objects.get(pk=care.amira.pk), now=care.clock.now)
    assert told(care, days=7) == ["Ines Duarte"]


def test_a_week_without_any_word_is_no_silence(care):
    assert told(care, days=7) == []


def test_the_people_of_the_place_hear_of_it_though_they_own_no_matter(care):
    place = Place.objects.create(name="Quay Street", slug="quay")
    Employee.objects.filter(pk=care.amira.pk).update(place=place)
    type(care.form).objects.filter(pk=care.form.pk).update(place=place)
    care.form.refresh_from_db()
    care.john.fills_in_the_form("Cold again.")
    assert told(care, days=7) == ["Dana Okafor", "Ines Duarte"]
