"""Setting up what is asked: everybody looks, managers change, a preview changes nothing, and nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kept.people.models import Customer, Employee
from kept.places.models import Place, Touchpoint
from kept.surveys.measures import STANDARD_WORDING
from kept.surveys.models import Invitation, Survey
from kept.surveys.releasing import release_what_fits
from kept.surveys.setting_up import open_survey, set_up, usual_plan
from kept.web.desk.tests.conftest import text_of

NPS = STANDARD_WORDING["nps"]["en"]


@pytest.fixture
def priya(marlow) -> Employee:
    Employee.objects.filter(pk=marlow.priya.pk).update(follow_ups_a_week=9)
    marlow.hires_the_others()
    return Employee.objects.get(pk=marlow.priya.pk)


@pytest.fixture
def survey(marlow, priya) -> Survey:
    return set_up(usual_plan("nps", name="Would they send a friend", people=[priya]), by=marlow.ines, now=marlow.clock.now)


def filled_in(**changed: object) -> dict[str, object]:
    known = {
        "name": "Spring",
        "occasion": "schedule",
        "ask_after_hours": 2,
        "ask_again_days": 90,
        "line": 6,
        "in_en": "on",
        "question_en": NPS.question,
        "low_en": NPS.low,
        "high_en": NPS.high,
        "why_en": NPS.why,
    }
    return {name: value for name, value in (known | changed).items() if value is not None}


def test_a_new_one_begins_with_the_standard_words_in_both_languages(marlow, seat, priya):
    page = seat(marlow.ines).sees("/desk/surveys/new/nps")
    assert NPS.question in page
    assert STANDARD_WORDING["nps"]["de"].question in page
    assert "standard words" in page
    assert "9 a week" in page


def test_ines_sets_one_up_and_opens_it(marlow, seat, priya):
    ines = seat(marlow.ines)
    done = ines.posts("/desk/surveys/new/nps", filled_in(people=[priya.pk]), follow=True)
    assert "asks nobody until you open it" in text_of(done)
    survey = Survey.objects.get()
    assert (survey.name, survey.line, list(survey.people.all())) == ("Spring", 6, [priya])
    assert survey.versions.get().is_comparable
    opened = ines.posts(f"/desk/surveys/{survey.public_id}/open", follow=True)
    assert "asks from now on" in text_of(opened)
    survey.refresh_from_db()
    assert survey.is_open


def test_a_team_s_manager_may_too_and_priya_only_looks(marlow, seat, survey, priya):
    assert seat(marlow.dana).opens("/desk/surveys/new/ces").status_code == 200
    at_work = seat(priya)
    assert at_work.opens("/desk/surveys/new/ces").status_code == 403
    page = at_work.sees(f"/desk/surveys/{survey.public_id}")
    assert "Would they send a friend" in page and "Keep this" not in page and "Open it" not in page
    assert at_work.posts(f"/desk/surveys/{survey.public_id}", filled_in()).status_code == 403
    assert at_work.posts(f"/desk/surveys/{survey.public_id}/open").status_code == 403
    assert at_work.posts(f"/desk/surveys/{survey.public_id}/close").status_code == 403
    survey.refresh_from_db()
    assert survey.opened_at is None and survey.name == "Would they send a friend"


def test_nobody_answers_so_it_stays_shut_and_says_why(marlow, seat, survey):
    survey.people.clear()
    answer = seat(marlow.ines).posts(f"/desk/surveys/{survey.public_id}/open")
    assert answer.status_code == 409
    assert "Name somebody who answers" in text_of(answer)


def test_what_was_typed_is_still_there_when_something_is_missing(marlow, seat, priya):
    typed = filled_in(name="", question_en="Would you come again?", people=[priya.pk])
    answer = seat(marlow.ines).posts("/desk/surveys/new/nps", typed)
    page = text_of(answer)
    assert answer.status_code == 422
    assert "Give it a name" in page and 'value="Would you come again?"' in page
    assert f'name="people" value="{priya.pk}" checked' in page


def test_a_line_off_the_scale_is_refused_in_a_sentence(marlow, seat, priya):
    answer = seat(marlow.ines).posts("/desk/surveys/new/csat", filled_in(line=9, occasion="link"))
    assert answer.status_code == 409
    assert "1 to 5" in text_of(answer)
    assert not Survey.objects.exists()


def test_after_a_touchpoint_needs_to_be_told_which(marlow, seat, priya):
    ines, delivery = seat(marlow.ines), Touchpoint.objects.create(name="Delivery", key="delivered")
    refused = ines.posts("/desk/surveys/new/csat", filled_in(occasion="touchpoint", line=2))
    assert "which touchpoint" in text_of(refused)
    ines.posts("/desk/surveys/new/csat", filled_in(occasion="touchpoint", line=2, touchpoint=delivery.pk))
    assert Survey.objects.get().account.touchpoint == delivery


def test_the_preview_shows_what_is_typed_and_keeps_nothing(marlow, seat, priya):
    typed = filled_in(
        question_en="Would you come again?", further_en="Where from?\n\nHow far?", in_de="on", question_de="Kommen Sie?"
    )
    part = text_of(seat(marlow.ines).posts("/desk/surveys/preview/nps", typed, by_script=True))
    assert "Would you come again?" in part and "Where from?" in part and "How far?" in part and "Kommen Sie?" in part
    assert part.count('type="radio"') == 22
    assert "other words" in part and "<html" not in part
    assert not Survey.objects.exists()


def test_without_a_script_the_page_comes_back_whole_with_everything_typed(marlow, seat, survey):
    typed = filled_in(name="", question_en="Would you come again?", survey=str(survey.public_id))
    page = text_of(seat(marlow.ines).posts("/desk/surveys/preview/nps", typed))
    assert "<html" in page and page.count("Would you come again?") == 2
    assert "thing to mend" not in page
    assert f"/desk/surveys/{survey.public_id}/open" in page
    survey.refresh_from_db()
    assert survey.versions.count() == 1


def test_new_words_are_a_new_version(marlow, seat, survey, priya):
    answer = seat(marlow.ines).posts(
        f"/desk/surveys/{survey.public_id}", filled_in(question_en="Would you come again?", people=[priya.pk]), follow=True
    )
    assert "keeps the question they saw" in text_of(answer)
    assert [(one.number, one.is_comparable) for one in survey.versions.order_by("number")] == [(1, True), (2, False)]


def test_a_closed_one_says_so_and_is_not_changed(marlow, seat, survey):
    ines = seat(marlow.ines)
    ines.posts(f"/desk/surveys/{survey.public_id}/open")
    page = text_of(ines.posts(f"/desk/surveys/{survey.public_id}/close", follow=True))
    assert "asks nobody any more" in page and "closed" in page and "Keep this" not in page


def test_the_list_says_how_each_stands(marlow, seat, survey):
    assert "We ask nobody anything yet" not in seat(marlow.priya).sees("/desk/surveys")
    page = seat(marlow.priya).sees("/desk/surveys")
    assert "Would they send a friend" in page and "not opened yet" in page and "Priya" in page
    assert "Set up another one" not in page


@pytest.fixture
def for_anybody(marlow, priya):
    plan = replace(usual_plan("csat", name="At the counter", people=[priya]), occasion="link")
    survey = set_up(plan, by=marlow.ines, now=marlow.clock.now)
    open_survey(survey, by=marlow.ines, now=marlow.clock.now)
    return survey


def test_a_survey_for_anybody_has_an_address_and_a_card_for_each_place(marlow, seat, for_anybody):
    Place.objects.create(name="Mill Lane", slug="mill-lane")
    page = seat(marlow.ben).sees(f"/desk/surveys/{for_anybody.public_id}")
    assert f"/s/at/{for_anybody.slug}" in page and "A card for Mill Lane" in page
    card = seat(marlow.ben).sees(f"/desk/surveys/{for_anybody.public_id}/card?at=mill-lane")
    assert f"/s/at/{for_anybody.slug}?via=qr&amp;at=mill-lane" in card
    assert STANDARD_WORDING["csat"]["en"].question in card and "Mill Lane" in card and "<svg" in card
    assert "&amp;at=" not in seat(marlow.ben).sees(f"/desk/surveys/{for_anybody.public_id}/card")


def test_a_survey_that_invites_has_no_card(marlow, seat, survey):
    assert seat(marlow.ines).opens(f"/desk/surveys/{survey.public_id}/card").status_code == 404
    assert "A card to print" not in seat(marlow.ines).sees(f"/desk/surveys/{survey.public_id}")


def test_a_card_for_no_place_of_ours_is_none(marlow, seat, for_anybody):
    assert seat(marlow.ines).opens(f"/desk/surveys/{for_anybody.public_id}/card?at=the-moon").status_code == 404


def test_an_open_survey_says_who_waits_why_and_when_they_are_asked(marlow, seat, survey, priya):
    open_survey(survey, by=marlow.ines, now=marlow.clock.now)
    for number in range(60):
        when = {"eligible_at": marlow.clock.now, "expires_at": marlow.clock.now + timedelta(days=7)}
        customer = Customer.objects.create(first_seen_at=marlow.clock.now)
        Invitation.objects.create(survey=survey, customer=customer, occasion_key=str(number), draw=number / 60, **when)
    release_what_fits(marlow.clock.now)
    page = seat(marlow.ben).sees("/desk/surveys")
    asked = Invitation.objects.filter(state="released").count()
    assert 0 < asked < 60
    assert f"{asked} were asked in the last seven days" in page
    assert f"{60 - asked} wait: nobody here has room to answer them just now" in page


def test_a_measure_that_is_none_is_not_found(marlow, seat):
    assert seat(marlow.ines).opens("/desk/surveys/new/stars").status_code == 404
    assert seat(marlow.ines).posts("/desk/surveys/preview/stars").status_code == 404


def test_somebody_who_reads_german_is_offered_the_german_words(marlow, seat, priya):
    ines = seat(marlow.ines)
    ines.client.defaults["HTTP_ACCEPT_LANGUAGE"] = "de"
    page = ines.sees("/desk/surveys/new/ces")
    assert 'id="id_in_de" checked' in page and 'id="id_in_en" checked' not in page
