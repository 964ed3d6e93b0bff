"""What the rollup says of some weeks, in one wording, for everybody or a part."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kept.demo.cast import MONDAY
from kept.people.models import Employee, Team
from kept.places.models import Place, Touchpoint
from kept.surveys.counting import AGAIN
from kept.surveys.models import AskedCount, Invitation, ScoreCount
from kept.surveys.summing import (
    MOST_VALUES,
    AskedAgain,
    Part,
    Stretch,
    asked_again,
    by_value,
    by_week,
    dimensions_known,
    names_of,
    small_teams,
    who_was_asked,
    wordings_of,
)
from kept.surveys.tallying import count_who_answered_late, count_who_was_asked
from kept.surveys.tests.asking import a_survey, a_version, gives, somebody

pytestmark = pytest.mark.django_db
JUNE = Stretch(date(2026, 6, 1), date(2026, 6, 29))


@pytest.fixture
def survey(marlow):
    return a_survey()


def standard(survey):
    return wordings_of(survey)[0]


def test_weeks_are_told_apart_and_those_outside_are_left_out(survey):
    for weeks, score in ((0, 9), (0, 9), (1, 2), (5, 7)):
        gives(survey, score, weeks=weeks)
    assert by_week(survey, standard(survey), Part(), JUNE) == {date(2026, 6, 1): {9: 2}, date(2026, 6, 8): {2: 1}}
    assert len(by_week(survey, standard(survey), Part(), Stretch(None, date(2026, 7, 6)))) == 3


def test_as_many_weeks_before_lie_just_before():
    assert Stretch(date(2026, 6, 8), date(2026, 6, 15)).before == Stretch(date(2026, 5, 25), date(2026, 6, 1))
    assert Stretch(None, date(2026, 6, 15)).before is None


def test_two_standard_wordings_are_one_figure_and_another_stands_by_itself(survey):
    gives(survey, 9)
    a_version(survey, is_comparable=False, question="Would you come again?")
    gives(survey, 1)
    a_version(survey)
    gives(survey, 9)
    ours, other = wordings_of(survey)
    assert ours.is_standard and [one.number for one in ours.versions] == [1, 3]
    assert by_week(survey, ours, Part(), JUNE) == {date(2026, 6, 1): {9: 2}}
    assert by_week(survey, other, Part(), JUNE) == {date(2026, 6, 1): {1: 1}}


def test_a_fact_of_the_customer_tells_them_apart(survey):
    for contract, score in (("gold", 9), ("gold", 8), ("none", 2)):
        gives(survey, score, customer=somebody(contract=contract))
    assert by_value(survey, standard(survey), "fact:contract", JUNE) == {"gold": {8: 1, 9: 1}, "none": {2: 1}}
    assert by_week(survey, standard(survey), Part("fact:contract", "gold"), JUNE) == {date(2026, 6, 1): {8: 1, 9: 1}}


def test_a_thousand_values_are_the_fifty_with_the_most_people(survey):
    for number in range(MOST_VALUES + 3):
        gives(survey, 9, product=f"pizza {number:02}")
    gives(survey, 9, product="pizza 52")
    found = by_value(survey, standard(survey), "product", JUNE)
    assert len(found) == MOST_VALUES
    assert next(iter(found)) == "pizza 52"


def test_what_they_can_be_told_apart_by_is_what_is_known_of_them(survey):
    delivery = Touchpoint.objects.create(name="Delivery", key="delivered")
    gives(survey, 9, touchpoint=delivery, customer=somebody(contract="gold"))
    gives(a_survey("ces"), 5, product="Diavola")
    assert dimensions_known(survey) == ["touchpoint", "medium", "fact:contract"]


def test_a_survey_without_an_answer_knows_no_dimension(survey):
    assert dimensions_known(survey) == []


def test_places_are_called_by_their_names_even_after_they_are_renamed(survey):
    kitchen = Place.objects.create(name="Quay Street")
    gives(survey, 9, place=kitchen)
    Place.objects.update(name="The old harbour")
    assert names_of("place", [str(kitchen.pk), "999"]) == {str(kitchen.pk): "The old harbour", "999": "999"}
    assert names_of("product", ["Diavola"]) == {"Diavola": "Diavola"}


def test_a_team_of_four_would_be_a_figure_about_persons(marlow):
    four, five = Team.objects.create(name="Four"), Team.objects.create(name="Five")
    for team, people in ((four, 4), (five, 5)):
        for number in range(people):
            Employee.objects.create(name=f"{team} {number}", team=team)
    Employee.objects.create(name="left", team=four, is_active=False)
    assert small_teams([str(four.pk), str(five.pk)]) == {str(four.pk)}


def could_be_asked(survey, state, why="", *, weeks=0, number=0):
    at = MONDAY + timedelta(weeks=weeks)
    key = f"{state} {why} {weeks} {number}"
    Invitation.objects.create(
        survey=survey, customer=somebody(), occasion_key=key, eligible_at=at, expires_at=at, state=state, why=why
    )


def open_it(survey):
    survey.opened_at = MONDAY
    survey.save()


def test_who_was_asked_is_counted_with_the_reason_of_whoever_was_not(survey):
    open_it(survey)
    for number in range(3):
        could_be_asked(survey, "sent", number=number)
    could_be_asked(survey, "answered")
    could_be_asked(survey, "answered", weeks=1)
    could_be_asked(survey, "waiting", "no_room")
    could_be_asked(survey, "released")
    could_be_asked(survey, "failed")
    could_be_asked(survey, "not_asked", "too_late")
    could_be_asked(survey, "not_asked", "opt_out")
    could_be_asked(survey, "answered", weeks=9)
    count_who_answered_late(MONDAY + timedelta(weeks=9))
    asked = who_was_asked(survey, JUNE)
    assert (asked.asked, asked.answered, asked.silent, asked.waiting, asked.failed) == (5, 2, 3, 2, 1)
    assert asked.not_asked == {"too_late": 1, "opt_out": 1}
    assert asked.left_out == 2


def test_whoever_answers_later_is_silent_no_more(survey):
    open_it(survey)
    could_be_asked(survey, "sent")
    count_who_was_asked(MONDAY)
    assert who_was_asked(survey, JUNE).silent == 1
    Invitation.objects.update(state="answered")
    count_who_was_asked(MONDAY + timedelta(days=1))
    assert (who_was_asked(survey, JUNE).silent, who_was_asked(survey, JUNE).answered) == (0, 1)


def test_counting_again_writes_nothing(survey):
    open_it(survey)
    could_be_asked(survey, "sent")
    count_who_was_asked(MONDAY)
    before = list(AskedCount.objects.values_list("pk", flat=True))
    count_who_was_asked(MONDAY)
    assert list(AskedCount.objects.values_list("pk", flat=True)) == before


def test_whoever_was_asked_again_is_no_part_of_the_score_and_held_beside_their_first_number(marlow, survey):
    them = (marlow.mary, marlow.john, marlow.grace, marlow.samir)
    for who, (first, then) in zip(them, ((2, 8), (2, 2), (6, 3), (1, 9)), strict=True):
        case = who.fills_in_the_form("Where are they?")
        gives(survey, first, case=case)
        gives(survey, then, after_case=case, weeks=1)
    assert asked_again(survey, JUNE) == AskedAgain(better=2, same=1, worse=1)
    assert by_week(survey, standard(survey), Part(), JUNE) == {date(2026, 6, 1): {1: 1, 2: 2, 6: 1}}
    assert ScoreCount.objects.filter(dimension=AGAIN).count() == 4
