"""The rollup counts each response where it belongs, once, and equals a scan whatever happens."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from kept.accounts.policies import default_calendar
from kept.people.models import Team
from kept.places.models import Place, Touchpoint
from kept.surveys.counting import count_in, dimensions_of, keys_of, week_of
from kept.surveys.models import Response, ScoreCount
from kept.surveys.tests.asking import a_survey, gives, somebody

pytestmark = pytest.mark.django_db


def counted(survey, dimension="", value=""):
    rows = ScoreCount.objects.filter(survey=survey, dimension=dimension, value=value, count__gt=0)
    total: Counter[int] = Counter()
    for row in rows:
        total[row.score] += row.count
    return dict(total)


def scanned():
    found: Counter[tuple[object, ...]] = Counter()
    for response in Response.objects.filter(score__isnull=False):
        found.update(keys_of(response, response.score))
    return dict(found)


def rollup():
    rows = ScoreCount.objects.filter(count__gt=0)
    return {(r.survey_id, r.dimension, r.week_on, r.value, r.version_id, r.score): r.count for r in rows}


def test_a_score_is_counted_that_second():
    survey = a_survey()
    gives(survey, 2)
    gives(survey, 2)
    gives(survey, 9)
    assert counted(survey) == {2: 2, 9: 1}


def test_it_is_counted_by_where_and_by_whom_and_by_what_is_known_of_them():
    survey = a_survey()
    kitchen = Place.objects.create(name="Quay Street")
    delivery = Touchpoint.objects.create(name="Delivery", key="delivered", place=kitchen)
    riders = Team.objects.create(name="Riders")
    john = somebody(contract="gold", town="Marlow")
    where = {"touchpoint": delivery, "place": kitchen, "team": riders, "product": "Margherita", "medium": "reply"}
    gives(survey, 2, customer=john, **where)
    places = {"touchpoint": delivery.pk, "place": kitchen.pk, "team": riders.pk, "product": "Margherita", "medium": "reply"}
    facts = {"fact:contract": "gold", "fact:town": "Marlow"}
    for dimension, value in {**places, **facts}.items():
        assert counted(survey, dimension, str(value)) == {2: 1}, dimension


def test_whoever_answers_without_a_name_is_counted_without_one():
    survey = a_survey()
    response = gives(survey, 7, medium="qr")
    assert dimensions_of(response) == {"": "", "medium": "qr"}


def test_a_score_changed_is_one_score_still():
    survey = a_survey()
    response = gives(survey, 2)
    response.score = 8
    response.save()
    count_in(response, before=2)
    assert counted(survey) == {8: 1}


def test_a_score_said_again_changes_nothing():
    survey = a_survey()
    count_in(gives(survey, 2), before=2)
    assert counted(survey) == {2: 1}


def test_a_score_taken_back_is_no_score():
    survey = a_survey()
    response = gives(survey, 2, customer=somebody(contract="gold"))
    response.score = None
    response.save()
    count_in(response, before=2)
    assert rollup() == {}


def test_words_without_a_score_are_not_counted():
    survey = a_survey()
    gives(survey, None, words="I would rather not give a number.")
    assert rollup() == {}


def test_what_is_learned_of_john_later_moves_no_figure():
    survey = a_survey()
    john = somebody(contract="gold")
    response = gives(survey, 2, customer=john)
    john.facts = {"contract": "none"}
    john.save()
    response.refresh_from_db()
    response.score = 3
    count_in(response, before=2)
    assert counted(survey, "fact:contract", "gold") == {3: 1}
    assert counted(survey, "fact:contract", "none") == {}


def test_two_wordings_are_counted_apart():
    survey = a_survey()
    first = gives(survey, 9)
    second = gives(survey, 9, weeks=0, version=survey.versions.create(number=2, made_at=first.first_at))
    versions = ScoreCount.objects.filter(dimension="", count=1).values_list("version", flat=True)
    assert set(versions) == {first.version_id, second.version_id}


def test_sunday_night_belongs_to_the_week_that_ends_as_the_house_reckons():
    calendar = default_calendar()
    calendar.zone = "Europe/Berlin"
    calendar.save()
    assert week_of(datetime(2026, 6, 14, 21, 59, tzinfo=UTC)) == date(2026, 6, 8)
    assert week_of(datetime(2026, 6, 14, 22, 0, tzinfo=UTC)) == date(2026, 6, 15)


def test_a_fact_longer_than_its_column_is_cut_and_counted():
    survey = a_survey()
    gives(survey, 5, customer=somebody(**{"n" * 60: "v" * 300}))
    assert ScoreCount.objects.filter(dimension=f"fact:{'n' * 34}", value="v" * 120, count=1).exists()


a_change = some.tuples(some.integers(0, 4), some.none() | some.integers(0, 10))


class TestWhateverHappens(TestCase):
    @settings(max_examples=40)
    @given(some.lists(a_change, max_size=15))
    def test_the_rollup_equals_the_scan(self, changes):
        survey = a_survey()
        them = [gives(survey, None, customer=somebody(contract=f"{n % 2}"), weeks=n % 3) for n in range(5)]
        for which, score in changes:
            response, before = them[which], them[which].score
            response.score = score
            response.save(update_fields=["score"])
            count_in(response, before=before)
        assert rollup() == scanned()
