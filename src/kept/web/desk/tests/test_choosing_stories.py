"""Wherever words of customers stand at the desk, whoever may read them there can choose them as a story, and nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.demo.cast import MONDAY
from kept.observations.reporting import report
from kept.people.models import Employee
from kept.promises.keeping import keep
from kept.promises.making import promise
from kept.recognition.models import Recognition
from kept.stories.models import Story
from kept.surveys.tests.asking import a_survey, gives, somebody

pytestmark = pytest.mark.django_db


def choose(seat, who, kind: str, thing) -> int:
    return seat(who).posts(f"/desk/stories/choose/{kind}/{thing.public_id}", {"title": "A story"}).status_code


def test_a_good_word_is_chosen_on_the_wall(marlow, seat):
    marlow.hires_the_others()
    marlow.grace.says_a_good_word("Ben waited with me for the bus.", about=marlow.ben, show="anon")
    praise = Recognition.objects.get()
    address = f"/desk/stories/choose/recognition/{praise.public_id}"
    assert address in seat(marlow.priya).sees("/desk/recognition")
    assert address in seat(marlow.ben).sees(f"/desk/people/{marlow.ben.public_id}/praise")
    assert choose(seat, marlow.priya, "recognition", praise) == 302
    assert Story.objects.get().words == "[name] waited with me for the bus."


def test_a_good_word_for_two_alone_is_nobody_elses_to_choose(marlow, seat):
    marlow.hires_the_others()
    marlow.grace.says_a_good_word("Ben waited with me for the bus.", about=marlow.ben)
    praise = Recognition.objects.get()
    assert choose(seat, marlow.tom, "recognition", praise) == 404
    assert choose(seat, marlow.ben, "recognition", praise) == 302


def test_a_promise_beaten_is_chosen_in_the_ledger_and_a_late_one_is_not(marlow, seat):
    case = marlow.mary.mails("The box was torn.", is_proven=True)
    priya, now = Employee.objects.get(pk=marlow.priya.pk), marlow.clock.now
    early = promise(case, "a new box", by=priya, due_at=now + timedelta(days=2), now=now)
    late = promise(case, "a call", by=priya, due_at=now + timedelta(hours=1), now=now)
    keep(early, by=priya, now=marlow.clock.forward(hours=5))
    keep(late, by=priya, now=marlow.clock.now)
    page = seat(marlow.priya).sees("/desk/promises")
    assert f"/desk/stories/choose/promise/{early.public_id}" in page
    assert f"/desk/stories/choose/promise/{late.public_id}" not in page
    assert choose(seat, marlow.priya, "promise", early) == 302
    assert (Story.objects.get().outcome, Story.objects.get().words) == ("kept", "The box was torn.")


def test_a_small_thing_is_chosen_on_its_page(marlow, seat):
    seen = report("The hatch sticks.", by=Employee.objects.get(pk=marlow.priya.pk), now=marlow.clock.now)
    address = f"/desk/stories/choose/observation/{seen.public_id}"
    assert address in seat(marlow.priya).sees(f"/desk/small-things/{seen.public_id}")
    assert choose(seat, marlow.priya, "observation", seen) == 302
    assert Story.objects.get().outcome == "small"


def test_what_is_refused_leads_back_to_where_the_words_stand(marlow, seat):
    seen = report("The hatch sticks.", by=Employee.objects.get(pk=marlow.priya.pk), now=marlow.clock.now)
    back = seat(marlow.priya).posts(f"/desk/stories/choose/observation/{seen.public_id}", {"title": " "}, follow=True)
    assert "Give the story a title." in back.content.decode()
    assert back.redirect_chain[-1][0] == f"/desk/small-things/{seen.public_id}"


def test_an_answer_to_a_survey_is_chosen_by_whoever_may_read_its_words(marlow, seat):
    marlow.hires_the_others()
    survey = a_survey()
    survey.opened_at = MONDAY
    survey.save()
    open_to_all = gives(survey, 2, words="The tape is thin.", consent="name", customer=somebody(), owner=marlow.priya)
    kept_back = gives(survey, 2, words="Mine alone.", owner=marlow.priya)
    page = seat(marlow.ben).sees(f"/desk/surveys/{survey.public_id}/people")
    assert f"/desk/stories/choose/response/{open_to_all.public_id}" in page
    assert f"/desk/stories/choose/response/{kept_back.public_id}" not in page
    assert choose(seat, marlow.ben, "response", kept_back) == 404
    assert choose(seat, marlow.ben, "response", open_to_all) == 302
    assert Story.objects.get().words == "The tape is thin."
