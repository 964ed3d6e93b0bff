"""What is said about one of us on the page made for it: whose matter it is, and where the good word goes."""

from __future__ import annotations

import pytest

from kept.cases.models import Case, Message
from kept.people.models import Employee, House, Notice
from kept.places.placing import add_place
from kept.recognition.models import Recognition

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(marlow):
    marlow.hires_the_others()
    return marlow


def test_a_good_word_about_ben_is_a_matter_of_his_manager_and_reaches_both_at_once(town):
    case = town.grace.says_a_good_word("He carried eleven boxes up the stairs.", about=town.ben)
    praise = Recognition.objects.get()
    assert case.kind == "praise" and case.owner == town.ines
    assert praise.is_passed_on and praise.employee == town.ben and praise.manager == town.ines and praise.chosen_by_writer
    assert set(Notice.objects.filter(kind="praise").values_list("to", flat=True)) == {town.ben.pk, town.ines.pk}


def test_it_is_acknowledged_and_its_clock_runs_like_any_other_contact(town):
    case = town.grace.says_a_good_word("He carried eleven boxes up the stairs.", about=town.ben)
    assert case.silent_since == town.clock.now
    assert Message.objects.filter(case=case, kind="acknowledgement", identity__value=town.grace.address).exists()


def test_a_complaint_about_priya_is_never_hers_to_answer_and_tells_nobody_of_praise(marlow):
    """She is the only one at Marlow who answers customers."""
    case = marlow.john.says_a_good_word("She hung up on me.", about=marlow.priya, went="badly")
    assert (case.kind, case.owner) == ("complaint", marlow.ines)
    assert not Recognition.objects.exists()
    assert not Notice.objects.filter(to=marlow.priya, about=case.about).exists()


def test_a_description_waits_for_a_name_and_nobody_is_told(town):
    place = add_place("Mill Lane", by=town.ines, now=town.clock.now)
    Employee.objects.filter(pk=town.ben.pk).update(place=place)
    case = town.grace.says_a_good_word("She walked me to the bus.", hint="the lady with the green glasses", place="mill-lane")
    praise = Recognition.objects.get()
    assert praise.state == "looking" and praise.hint == "the lady with the green glasses" and praise.place == place
    assert case.place == place and case.owner.answers
    assert town.ben.pk in set(praise.candidates.values_list("employee", flat=True))
    assert not Notice.objects.filter(kind="praise").exists()


def test_a_good_word_never_joins_or_reopens_what_else_is_going_on(town):
    waiting = town.john.mails("My pizza was cold.", subject="Cold pizza")
    praised = town.john.says_a_good_word("But Ben was kind about it.", about=town.ben)
    assert praised != waiting and praised.customer == waiting.customer
    again = town.john.says_a_good_word("And he rang the next day.", about=town.ben)
    assert again not in {praised, waiting} and Case.objects.filter(customer=waiting.customer).count() == 3


def test_in_a_house_of_one_a_good_word_still_has_an_owner(marlow):
    Employee.objects.exclude(pk=marlow.priya.pk).update(is_active=False)
    Employee.objects.filter(pk=marlow.priya.pk).update(manager=None)
    House.objects.update(duty_manager=marlow.priya, head=marlow.priya)
    case = marlow.grace.says_a_good_word("She stayed on the line.", about=marlow.priya)
    assert case.owner == marlow.priya
    assert Recognition.objects.get().manager is None


def test_somebody_who_has_left_is_nobody_who_could_be_chosen(town):
    Employee.objects.filter(pk=town.tom.pk).update(is_active=False)
    town.grace.says_a_good_word("He found my order from 2019.", about=town.tom)
    assert Recognition.objects.get().state == "looking"


def test_the_same_words_are_not_noticed_a_second_time(town):
    town.grace.says_a_good_word("Thank you, Ben, you were wonderful. Ben carried everything.", about=town.ben)
    town.works()
    assert Recognition.objects.count() == 1
