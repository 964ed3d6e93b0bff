"""The rollup is what a scan says; a difference is found, set right and told."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import F

from kept.demo.cast import MONDAY
from kept.people.models import Notice, Team
from kept.places.models import Place, Touchpoint
from kept.surveys.models import Response, ScoreCount
from kept.surveys.recounting import (
    ROUND,
    check_the_counts,
    differences,
    recount,
    the_rollup_is_what_the_answers_say,
    weeks_of_tonight,
)
from kept.surveys.tests.asking import a_survey, a_version, gives, somebody
from kept.surveys.tests.test_counting import rollup, scanned
from kept.timeline.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(marlow):
    """Answers of all kinds in three weeks, in two wordings."""
    survey = a_survey()
    kitchen = Place.objects.create(name="Quay Street")
    delivery = Touchpoint.objects.create(name="Delivery", key="delivered", place=kitchen)
    gives(survey, 2, touchpoint=delivery, place=kitchen, team=Team.objects.create(name="Riders"), medium="reply")
    gives(survey, 2, customer=somebody(contract="gold", town="Marlow"), product="Diavola")
    a_version(survey, is_comparable=False)
    gives(survey, 9, customer=somebody(contract="v" * 300), weeks=1)
    gives(survey, None, words="No number from me.", weeks=1)
    gives(survey, 10, weeks=2, after_case=marlow.mary.fills_in_the_form("Where is it?"))
    survey.opened_at = MONDAY
    survey.save()
    return survey


LAST = MONDAY + timedelta(weeks=2, days=1)


def test_all_is_well_after_ordinary_life(survey):
    assert check_the_counts(LAST) == 0
    assert not Notice.objects.filter(kind="recounted").exists()


def test_a_lost_rollup_is_built_again_from_the_answers(survey):
    before = rollup()
    ScoreCount.objects.all().delete()
    assert recount(survey, now=LAST) == len(before)
    assert rollup() == before == scanned()
    assert Event.objects.get(kind="recounted").facts["rows"] == len(before)
    assert recount(survey, now=LAST) == 0


def test_answers_from_before_the_survey_was_set_up_here_are_counted_too(survey):
    Response.objects.update(week_on=F("week_on") - timedelta(weeks=30))
    ScoreCount.objects.all().delete()
    recount(survey, now=LAST)
    assert rollup() == scanned() != {}


def test_a_number_too_high_is_found_in_the_night_set_right_and_told_to_admins(marlow, survey):
    ScoreCount.objects.filter(dimension="", score=2).update(count=7)
    ScoreCount.objects.filter(dimension="product").delete()
    ScoreCount.objects.create(
        survey=survey,
        version=survey.versions.first(),
        week_on=date(2026, 6, 8),
        dimension="medium",
        value="carrier",
        score=3,
        count=1,
    )
    assert check_the_counts(LAST) == 3
    assert rollup() == scanned()
    told = Notice.objects.get(kind="recounted")
    assert told.to == marlow.ines
    assert "3 places" in told.says
    assert check_the_counts(LAST) == 0


def test_a_difference_says_how_many_are_lacking(survey):
    ScoreCount.objects.filter(dimension="", score=2).update(count=5)
    found = differences(survey, week_on=date(2026, 6, 1))
    assert [(one.key[1], one.key[5], one.lacks) for one in found] == [("", 2, -3)]


def test_the_doctor_says_so_without_mending_it(survey):
    assert list(the_rollup_is_what_the_answers_say(LAST)) == []
    ScoreCount.objects.filter(dimension="", score=9).update(count=5)
    assert "1 figures of the survey How was it? differ" in next(the_rollup_is_what_the_answers_say(LAST))
    assert rollup() != scanned()


def test_an_operator_may_have_them_counted_anew(survey):
    ScoreCount.objects.all().delete()
    out = StringIO()
    call_command("recount", survey.slug, stdout=out)
    assert out.getvalue().startswith(f"{survey.slug}: ") and "0 wrong" not in out.getvalue()
    assert rollup() == scanned()
    with pytest.raises(CommandError, match="no survey shoes"):
        call_command("recount", "shoes")


def test_every_older_week_has_its_turn_and_no_night_has_them_all():
    weeks = [date(2016, 1, 4) + timedelta(weeks=n) for n in range(520)]
    nights = [weeks_of_tonight(weeks, MONDAY + timedelta(days=n)) for n in range(ROUND)]
    assert {week for night in nights for week in night} == set(weeks)
    assert max(len(night) for night in nights) <= 8 + 6
    assert all(set(weeks[-8:]) <= set(night) for night in nights)


def test_a_survey_that_nobody_answered_has_nothing_to_set_right(marlow):
    empty = a_survey("ces")
    assert recount(empty, now=LAST) == 0
