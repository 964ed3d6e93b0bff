"""Everybody who works at Marlow has a page: where customers meet their work, and what these say of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.cases.models import Case
from kept.observations.reporting import report
from kept.people.models import Employee
from kept.places.models import Touchpoint
from kept.places.placing import add_place, add_touchpoint
from kept.surveys.models import Response, Survey
from kept.surveys.setting_up import set_up, usual_plan
from kept.timeline.models import Event
from kept.web.desk.tests.conftest import text_of

pytestmark = pytest.mark.django_db
PAGE = "/desk/your-part"


@pytest.fixture
def delivery(marlow) -> Touchpoint:
    marlow.hires_the_others()
    quay = add_place("Quay Street", by=marlow.ines, now=marlow.clock.now)
    Employee.objects.filter(pk=marlow.amira.pk).update(place=quay, manager=marlow.dana)
    add_touchpoint("The bill", manager=marlow.tom, by=marlow.ines, now=marlow.clock.now)
    return add_touchpoint("Delivery", place=quay, manager=marlow.dana, by=marlow.ines, now=marlow.clock.now)


@pytest.fixture
def survey(marlow) -> Survey:
    return set_up(usual_plan("nps", name="How was it?", people=[marlow.priya]), by=marlow.ines, now=marlow.clock.now)


def said(survey: Survey, words: str, *, at: Touchpoint, now, consent: str, marlow) -> Response:
    customer = marlow.grace.mails(words, subject=words).customer
    monday = (now - timedelta(days=now.weekday())).date()
    return Response.objects.create(
        survey=survey, version=survey.versions.get(), customer=customer, score=9, words=words, consent=consent, touchpoint=at,
        first_at=now, changed_at=now, week_on=monday,
    )  # fmt: skip


def test_a_rider_without_a_desk_reads_what_customers_let_all_of_us_read_of_her_deliveries(marlow, seat, delivery, survey):
    now = marlow.clock.now
    said(survey, "She rode back for our lemonade.", at=delivery, now=now, consent="name", marlow=marlow)
    said(survey, "The stairs were dark.", at=delivery, now=now, consent="anon", marlow=marlow)
    said(survey, "Only for whoever looks after it.", at=delivery, now=now, consent="one", marlow=marlow)
    said(survey, "Of May.", at=delivery, now=now - timedelta(days=2), consent="name", marlow=marlow)
    said(survey, "Of the bill.", at=Touchpoint.objects.get(name="The bill"), now=now, consent="name", marlow=marlow)
    case = marlow.mary.mails("The pizza came cold.", subject="Pizza")
    Case.objects.filter(pk=case.pk).update(touchpoint=delivery)

    page = seat(marlow.amira).sees(PAGE)
    assert "She rode back for our lemonade." in page and "Grace Okoro" in page
    assert "The stairs were dark." in page and "Name kept back at their wish" in page
    for not_hers in ("Only for whoever looks after it.", "Of May.", "Of the bill.", "The pizza came cold.", "“None”"):
        assert not_hers not in page
    assert "The pizza came cold." in seat(marlow.dana).sees(PAGE)


def test_her_part_is_in_her_own_words_and_nobody_elses(marlow, seat, delivery):
    amira = seat(marlow.amira)
    answer = amira.posts(PAGE, {"part": "I am the one face they see."}, follow=True)
    assert "Your part stands here" in text_of(answer) and "I am the one face they see." in text_of(answer)
    event = Event.objects.filter(kind="employee_changed", about=f"employee:{marlow.amira.pk}").latest("id")
    assert event.by == f"employee:{marlow.amira.pk}"
    seat(marlow.dana).posts(PAGE, {"part": "I lead."})
    marlow.amira.refresh_from_db()
    assert marlow.amira.part == "I am the one face they see."


def test_a_part_that_nobody_could_say_aloud_comes_back_with_what_was_typed(marlow, seat, delivery):
    answer = seat(marlow.amira).posts(PAGE, {"part": "word " * 200})
    assert answer.status_code == 409 and "in 600 letters at most" in text_of(answer) and "word word" in text_of(answer)


def test_what_she_noticed_and_what_became_of_it_stands_there(marlow, seat, delivery):
    report("The back light is loose.", by=marlow.amira, touchpoint=delivery, now=marlow.clock.now)
    assert "The back light is loose." in seat(marlow.amira).sees(PAGE)


def test_the_sheet_for_the_talk_has_the_parts_of_her_team_and_only_shared_words(marlow, seat, delivery, survey):
    seat(marlow.amira).posts(PAGE, {"part": "I am the one face they see."})
    said(survey, "The stairs were dark.", at=delivery, now=marlow.clock.now, consent="anon", marlow=marlow)
    said(survey, "Only for whoever looks after it.", at=delivery, now=marlow.clock.now, consent="one", marlow=marlow)
    sheet = seat(marlow.dana).sees(f"{PAGE}/sheet")
    assert "What part does each of us play?" in sheet and "I am the one face they see." in sheet
    assert "The stairs were dark." in sheet and "Only for whoever looks after it." not in sheet
    assert "Dana" not in seat(marlow.amira).sees(f"{PAGE}/sheet").partition("Our parts")[2].partition("</dl>")[0]


def test_who_has_no_touchpoint_is_told_so(marlow, seat):
    assert "No touchpoint is yours yet." in seat(marlow.priya).sees(PAGE)


def test_the_page_takes_few_queries(marlow, seat, delivery, survey, django_assert_max_num_queries):
    for number in range(10):
        said(survey, f"Word {number}.", at=delivery, now=marlow.clock.now, consent="name", marlow=marlow)
    amira = seat(marlow.amira)
    with django_assert_max_num_queries(10):
        amira.sees(PAGE)
