"""A survey is set up, worded, opened and closed; nobody is asked whom nobody answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kept.demo.cast import MONDAY
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.places.models import Place, Touchpoint
from kept.surveys.measures import STANDARD_WORDING
from kept.surveys.models import Invitation, Survey
from kept.surveys.setting_up import change_survey, close_survey, open_survey, reword, set_up, usual_plan
from kept.surveys.tests.asking import gives, somebody
from kept.timeline.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya(marlow):
    Employee.objects.filter(pk=marlow.priya.pk).update(follow_ups_a_week=9)
    marlow.priya.refresh_from_db()
    return marlow.priya


@pytest.fixture
def delivery(db):
    return Touchpoint.objects.create(name="Delivery", key="delivered", place=Place.objects.create(name="Quay Street"))


def set_up_nps(marlow, **more) -> Survey:
    return set_up(replace(usual_plan("nps", name="Would they send a friend"), **more), by=marlow.ines, now=MONDAY)


def kinds(survey) -> list[str]:
    return list(Event.objects.filter(about=f"survey:{survey.pk}").order_by("id").values_list("kind", flat=True))


def test_nps_is_asked_on_a_schedule_csat_after_a_touchpoint_ces_after_an_ending():
    begun = {measure: usual_plan(measure, name="x") for measure in ("nps", "csat", "ces")}
    assert {measure: (plan.occasion, plan.line) for measure, plan in begun.items()} == {
        "nps": ("schedule", 6),
        "csat": ("touchpoint", 2),
        "ces": ("ending", 3),
    }


def test_a_survey_has_its_way_in_and_its_first_words_and_asks_nobody_yet(marlow):
    survey = set_up_nps(marlow)
    assert survey.account.kind == "survey"
    assert survey.account.is_open
    assert not survey.is_open
    version = survey.versions.get()
    assert (version.number, version.is_comparable, version.made_by) == (1, True, marlow.ines)
    assert version.wording["en"]["question"] == STANDARD_WORDING["nps"]["en"].question
    assert kinds(survey) == ["survey_set_up"]


def test_what_it_makes_happened_where_its_touchpoint_is(marlow, delivery):
    plan = replace(usual_plan("csat", name="The delivery"), touchpoint=delivery)
    survey = set_up(plan, by=marlow.ines, now=MONDAY)
    assert (survey.account.touchpoint, survey.account.place) == (delivery, delivery.place)


def test_other_words_are_marked_as_comparable_with_nothing(marlow):
    survey = set_up_nps(marlow, wording={"en": {"question": "Would you send a friend to us?"}})
    assert not survey.versions.get().is_comparable


def test_an_answer_keeps_the_question_it_was_asked(marlow):
    survey = set_up_nps(marlow)
    answer = gives(survey, 2)
    reword(survey, {"en": {"question": "Would you send a friend to us?"}}, by=marlow.ines, now=MONDAY)
    answer.refresh_from_db()
    assert answer.version.wording["en"]["question"] == STANDARD_WORDING["nps"]["en"].question
    assert [(one.number, one.is_comparable) for one in survey.versions.order_by("number")] == [(1, True), (2, False)]
    assert kinds(survey) == ["survey_set_up", "survey_reworded"]


def test_the_same_words_again_are_no_new_wording(marlow):
    survey = set_up_nps(marlow)
    reword(survey, {"en": {}}, by=marlow.ines, now=MONDAY)
    assert survey.versions.count() == 1


def test_it_is_opened_once_somebody_with_room_answers(marlow, priya):
    survey = set_up_nps(marlow, people=[priya])
    open_survey(survey, by=marlow.ines, now=MONDAY)
    survey.refresh_from_db()
    assert survey.is_open
    assert survey.next_release_at == MONDAY
    open_survey(survey, by=marlow.ines, now=MONDAY)
    assert kinds(survey) == ["survey_set_up", "survey_opened"]


def test_nobody_is_asked_whom_nobody_answers(marlow):
    with pytest.raises(Refusal, match="Name somebody who answers"):
        open_survey(set_up_nps(marlow), by=marlow.ines, now=MONDAY)


def test_whoever_answers_says_how_many_a_week_first(marlow):
    with pytest.raises(Refusal, match="how many people a week Priya Nair"):
        open_survey(set_up_nps(marlow, people=[marlow.priya]), by=marlow.ines, now=MONDAY)


def test_ines_does_not_answer_customers_and_is_not_offered_to_them(marlow):
    Employee.objects.filter(pk=marlow.ines.pk).update(follow_ups_a_week=9)
    marlow.ines.refresh_from_db()
    with pytest.raises(Refusal, match="Ines Duarte does not answer"):
        open_survey(set_up_nps(marlow, people=[marlow.ines]), by=marlow.ines, now=MONDAY)


def test_an_open_survey_cannot_lose_its_last_person(marlow, priya):
    survey = set_up_nps(marlow, people=[priya])
    open_survey(survey, by=marlow.ines, now=MONDAY)
    with pytest.raises(Refusal, match="Name somebody"):
        change_survey(survey, usual_plan("nps", name="x"), by=marlow.ines, now=MONDAY)
    assert list(survey.people.all()) == [priya]


def test_a_change_is_told_with_what_it_changed(marlow, priya):
    survey = set_up_nps(marlow)
    plan = replace(usual_plan("nps", name="A friend?"), line=4, quota_a_week=20, people=[priya])
    change_survey(survey, plan, by=marlow.ines, now=MONDAY)
    survey.refresh_from_db()
    assert (survey.name, survey.line, survey.quota_a_week, survey.account.name) == ("A friend?", 4, 20, "A friend?")
    assert list(survey.people.all()) == [priya]
    assert Event.objects.get(kind="survey_changed").facts["what"] == "name, line, quota_a_week, people"
    change_survey(survey, plan, by=marlow.ines, now=MONDAY)
    assert kinds(survey) == ["survey_set_up", "survey_changed"]


def test_what_it_measures_stays(marlow):
    survey = set_up_nps(marlow)
    with pytest.raises(Refusal, match="What a survey measures stays"):
        change_survey(survey, usual_plan("ces", name="x"), by=marlow.ines, now=MONDAY)


def test_a_closed_survey_asks_nobody_who_waited_and_stays_closed(marlow, priya):
    survey = set_up_nps(marlow, people=[priya])
    open_survey(survey, by=marlow.ines, now=MONDAY)
    waits = Invitation.objects.create(survey=survey, customer=somebody(), occasion_key="a", eligible_at=MONDAY, expires_at=MONDAY)
    close_survey(survey, by=marlow.ines, now=MONDAY)
    waits.refresh_from_db()
    assert (waits.state, waits.why) == ("not_asked", "closed")
    assert not survey.is_open
    with pytest.raises(Refusal, match="closed"):
        open_survey(survey, by=marlow.ines, now=MONDAY)
    close_survey(survey, by=marlow.ines, now=MONDAY)
    assert kinds(survey).count("survey_closed") == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": "  "}, "Give it a name"),
        ({"line": 11}, "0 to 10"),
        ({"occasion": "touchpoint"}, "which touchpoint"),
        ({"wording": {}}, "at least one language"),
        ({"wording": {"en": {"further": ["a?", "b?", "c?", "d?"]}}}, "at most 3 more"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(marlow, wrong, says):
    with pytest.raises(Refusal, match=says):
        set_up_nps(marlow, **wrong)
    assert not Survey.objects.exists()


def test_a_question_of_our_own_has_to_be_written(marlow):
    plan = usual_plan("own", name="Warm?")
    with pytest.raises(Refusal, match="Write the question"):
        set_up(plan, by=marlow.ines, now=MONDAY)
    survey = set_up(replace(plan, wording={"en": {"question": "Was it warm?"}}), by=marlow.ines, now=MONDAY)
    assert not survey.versions.get().is_comparable
