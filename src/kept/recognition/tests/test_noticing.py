"""A good word is noticed in whatever comes in, waits for a person, and reaches nobody by itself."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kept.cases.models import Message
from kept.people.models import Customer, Employee, Notice
from kept.places.models import Place
from kept.recognition.models import Recognition, RecognitionState
from kept.recognition.noticing import notice_praise, notice_praise_in_response
from kept.timeline.models import Event


def candidates(recognition: Recognition) -> dict[str, str]:
    return {one.employee.first_name: one.why for one in recognition.candidates.select_related("employee")}


def answers(marlow, words: str, **more) -> list[Recognition]:
    given = {"source_key": "response:7", "said_at": marlow.clock.now, "now": marlow.clock.now, **more}
    return notice_praise_in_response(words, **given)


def test_grace_praises_amira_and_it_waits_for_a_person(kitchen, noticed):
    assert (noticed.state, noticed.marked, noticed.source) == (RecognitionState.LOOKING, "Amira", "message")
    assert noticed.words == "It was pouring. Amira was so kind to us."
    assert noticed.said_by == "Grace Okoro"
    assert candidates(noticed)["Amira"] == "named"
    assert not Notice.objects.filter(to__in=[kitchen.amira, kitchen.dana], kind="praise").exists()
    assert Event.objects.filter(kind="praise_noticed", about=noticed.case.about).count() == 1


def test_the_matter_is_not_called_praise_by_a_machine(noticed):
    assert noticed.case.kind == ""


def test_the_owner_of_the_matter_is_thought_of_too(kitchen, noticed):
    assert candidates(noticed)[noticed.case.owner.first_name] == "owner"


def test_a_complaint_that_names_somebody_is_no_good_word(kitchen):
    kitchen.john.mails("Amira was rude and the pizza was cold.")
    assert not Recognition.objects.exists()


def test_what_mary_quotes_is_not_what_she_says(kitchen):
    kitchen.mary.mails("Where is it?\n\n> Amira was so kind.")
    assert not Recognition.objects.exists()


def test_only_her_own_new_words_are_passed_on(kitchen):
    kitchen.mary.mails("Amira was so kind.\n\nOn Mon, 1 Jun 2026 at 10:00, Help <help@marlow.example> wrote:\n> Hello Mary")
    assert Recognition.objects.get().words == "Amira was so kind."


def test_two_people_in_one_mail_are_two_good_words(kitchen):
    kitchen.grace.mails("Amira was so kind. Ben was very patient as well.")
    assert set(Recognition.objects.values_list("marked", flat=True)) == {"Amira", "Ben"}


def test_the_same_person_twice_in_one_mail_is_one(kitchen):
    kitchen.grace.mails("Amira was so kind. I really love Amira.")
    assert Recognition.objects.count() == 1


def test_looking_at_the_same_mail_again_notices_nothing_new(kitchen, noticed):
    assert notice_praise(Message.objects.get(pk=noticed.message_id), now=kitchen.clock.now) == []
    assert Recognition.objects.count() == 1


def test_two_karens_both_stand_there(kitchen):
    for surname in ("Smith", "Doyle"):
        kitchen._hire(f"Karen {surname}", f"karen.{surname}".lower(), "employee", "")
    kitchen.grace.mails("Karen was so kind.")
    named = Recognition.objects.get().candidates.filter(why="named")
    assert {one.employee.name for one in named} == {"Karen Smith", "Karen Doyle"}


def test_a_nickname_is_known_from_the_moment_it_is_written_down(kitchen):
    kitchen.grace.mails("Mimi was so kind.")
    assert not Recognition.objects.exists()
    Employee.objects.filter(pk=kitchen.amira.pk).update(nicknames="Mimi")
    kitchen.grace.mails("Mimi was so kind.")
    assert candidates(Recognition.objects.get())["Amira"] == "nickname"


def test_somebody_without_a_name_is_looked_for_at_the_place_by_what_they_do(kitchen):
    place = Place.objects.create(name="Quay Street", slug="quay")
    Employee.objects.filter(pk__in=[kitchen.amira.pk, kitchen.dana.pk]).update(place=place)
    Employee.objects.filter(pk=kitchen.amira.pk).update(job="rider at Quay Street")
    type(kitchen.form).objects.filter(pk=kitchen.form.pk).update(place=place)
    kitchen.form.refresh_from_db()
    kitchen.grace.fills_in_the_form("It was raining. Your rider was so friendly.")
    waiting = Recognition.objects.get()
    assert waiting.marked == "Your rider"
    likely = {one.employee.first_name: one.likely for one in waiting.candidates.filter(why="place")}
    assert likely["Amira"] > likely["Dana"]


def test_words_without_thanks_ask_the_database_nothing(kitchen):
    kitchen.john.mails("Where is my pizza?")
    word = Message.objects.select_related("case").get(is_theirs=True)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        notice_praise(word, now=kitchen.clock.now)
    assert len(asked) == 0


class TestSurveys:
    def test_whoever_helped_waits_for_a_person(self, kitchen):
        (waiting,) = answers(kitchen, "", named="the lady Amira I think")
        assert (waiting.marked, waiting.source) == ("the lady Amira I think", "survey")
        assert candidates(waiting)["Amira"] == "named"

    def test_somebody_named_beside_a_low_score_is_not_praised(self, kitchen):
        assert answers(kitchen, "", named="Amira", went_well=False) == []

    def test_words_that_ask_for_nothing_are_read(self, kitchen):
        (waiting,) = answers(kitchen, "Amira was so kind.")
        assert waiting.words == "Amira was so kind."

    def test_words_that_are_a_matter_were_read_as_its_message(self, kitchen, noticed):
        assert answers(kitchen, "Amira was so kind.", case=noticed.case) == []

    def test_whoever_is_named_and_praised_in_one_answer_waits_once(self, kitchen, noticed):
        assert answers(kitchen, "Amira was so kind.", named="Amira", case=noticed.case) == []
        assert len(answers(kitchen, "Amira was so kind.", named="Amira")) == 1

    def test_saving_again_notices_nothing_new_and_keeps_what_they_say_now(self, kitchen):
        (waiting,) = answers(kitchen, "", named="Amira")
        assert answers(kitchen, "She came back for the lemonade.", named="Amira") == []
        waiting.refresh_from_db()
        assert waiting.words == "She came back for the lemonade."

    def test_who_may_read_it_is_as_they_said(self, kitchen):
        (waiting,) = answers(kitchen, "Amira was so kind.", consent="one", customer=Customer.objects.first())
        assert waiting.consent == ""


@pytest.mark.parametrize("words", ["Thanks for nothing, Amira.", "My son Ben is wonderful.", "Will you thank the rain? Great."])
def test_nobody_is_told_of_what_only_sounds_like_it(kitchen, words):
    kitchen.john.mails(words)
    assert not Recognition.objects.exists()
