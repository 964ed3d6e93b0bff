"""Every matter has somebody who answers for it, and somebody who will be there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from kept.accounts.policies import OFFICE_WEEK
from kept.cases.assigning import assign, choose_owner, is_named, see, unanswered_by_owner, unanswered_of
from kept.cases.models import Case
from kept.lib.hours import BusinessHours
from kept.lib.refusal import Refusal
from kept.people.models import Customer, Employee, House, Notice
from kept.places.models import Place
from kept.timeline.models import Event

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
OFFICE = BusinessHours.of("UTC", OFFICE_WEEK)
EIGHT_HOURS = timedelta(hours=8)


def away(person: Employee, *, since: datetime = NOW, until: datetime | None = None) -> None:
    Employee.objects.filter(pk=person.pk).update(away_from=since, away_until=until)


def chosen(
    marlow, customer: Customer, words: str = "Hello", *, now: datetime = NOW, language: str = "", place: Place | None = None
) -> Employee:
    return choose_owner(
        customer, of_house=marlow.house, words=words, hours=OFFICE, now=now, within=EIGHT_HOURS, language=language, place=place
    )[0]


@pytest.fixture
def staffed(marlow):
    marlow.hires_the_others()
    return marlow


@pytest.fixture
def somebody(db) -> Customer:
    return Customer.objects.create(name="Grace Okoro", first_seen_at=NOW)


@pytest.mark.django_db
class TestChoosing:
    def test_the_person_this_customer_deals_with_has_it(self, staffed, somebody):
        somebody.usual_owner = staffed.tom
        assert chosen(staffed, somebody) == staffed.tom

    def test_even_when_they_have_most_to_do(self, staffed, somebody):
        staffed.john.mails("One")
        Case.objects.update(owner=staffed.tom)
        somebody.usual_owner = staffed.tom
        assert chosen(staffed, somebody) == staffed.tom

    def test_even_when_they_are_only_back_at_noon_before_it_is_due(self, staffed, somebody):
        away(staffed.tom, until=NOW + timedelta(hours=3))
        somebody.usual_owner = staffed.tom
        assert chosen(staffed, somebody) == staffed.tom

    def test_but_not_when_they_come_back_too_late(self, staffed, somebody):
        away(staffed.tom, until=NOW + timedelta(hours=8))
        somebody.usual_owner = staffed.tom
        assert chosen(staffed, somebody) != staffed.tom

    def test_nor_when_nobody_knows_when_they_come_back(self, staffed, somebody):
        away(staffed.tom)
        somebody.usual_owner = staffed.tom
        assert chosen(staffed, somebody) != staffed.tom

    def test_nor_when_they_have_left(self, staffed, somebody):
        Employee.objects.filter(pk=staffed.tom.pk).update(is_active=False)
        somebody.usual_owner = staffed.tom
        assert chosen(staffed, somebody) != staffed.tom

    def test_else_whoever_has_least_to_do(self, staffed, somebody):
        for name in ("john", "mary", "samir"):
            getattr(staffed, name).mails("Hello")
        assert sorted(unanswered_by_owner().values()) == [1, 1, 1]
        Case.objects.update(owner=staffed.priya)
        Employee.objects.exclude(pk__in=[staffed.priya.pk, staffed.ben.pk]).update(answers=False)
        assert chosen(staffed, somebody) == staffed.ben
        assert unanswered_of(staffed.priya.pk) == 3
        assert unanswered_of(staffed.ben.pk) == 0

    def test_answered_cases_are_no_load(self, staffed):
        case = staffed.john.mails("Hello")
        staffed.answers(case, "Hello John")
        assert unanswered_by_owner() == {}

    def test_somebody_who_speaks_the_language_comes_first(self, staffed, somebody):
        Employee.objects.update(languages="en")
        Employee.objects.filter(pk=staffed.ben.pk).update(languages="en, de")
        assert chosen(staffed, somebody, language="de") == staffed.ben

    def test_whoever_has_the_place_comes_first(self, staffed, somebody):
        region = Place.objects.create(name="Marlow")
        kitchen, shop = Place.objects.create(name="Kitchen", parent=region), Place.objects.create(name="Shop", parent=region)
        Employee.objects.exclude(pk__in=[staffed.ben.pk, staffed.priya.pk]).update(place=shop)
        Employee.objects.filter(pk=staffed.ben.pk).update(place=kitchen)
        assert chosen(staffed, somebody, place=kitchen) == staffed.ben
        Employee.objects.filter(pk=staffed.ben.pk).update(place=region)
        assert chosen(staffed, somebody, place=kitchen) == staffed.ben

    def test_with_nobody_of_that_place_rather_somebody_who_has_none(self, staffed, somebody):
        kitchen, shop = Place.objects.create(name="Kitchen"), Place.objects.create(name="Shop")
        Employee.objects.exclude(pk=staffed.tom.pk).update(place=shop)
        assert chosen(staffed, somebody, place=kitchen) == staffed.tom

    def test_who_named_no_languages_may_be_asked_in_any(self, staffed):
        assert staffed.priya.speaks("de")
        assert staffed.priya.speaks("")

    def test_never_somebody_who_answers_no_customers(self, marlow, somebody):
        assert not marlow.ines.answers
        assert chosen(marlow, somebody) == marlow.priya

    def test_never_the_one_the_words_name(self, staffed, somebody):
        somebody.usual_owner = staffed.ben
        assert chosen(staffed, somebody, "Dear Ben,\nBen Castillo was rude to me at the counter.") != staffed.ben

    def test_a_greeting_names_nobody(self, staffed, somebody):
        somebody.usual_owner = staffed.ben
        assert chosen(staffed, somebody, "Dear Ben,\nmy order is late.") == staffed.ben

    def test_on_a_saturday_whoever_is_there_on_monday(self, staffed, somebody):
        saturday = NOW - timedelta(days=2)
        away(staffed.priya, since=saturday - timedelta(days=1), until=NOW - timedelta(hours=1))
        Employee.objects.exclude(pk=staffed.priya.pk).update(answers=False)
        assert chosen(staffed, somebody, now=saturday) == staffed.priya

    def test_with_everybody_away_the_duty_owner_has_it(self, marlow, somebody):
        away(marlow.priya)
        assert chosen(marlow, somebody) == marlow.priya

    def test_with_everybody_away_whoever_stands_in_for_the_duty_owner(self, staffed, somebody):
        Employee.objects.exclude(pk=staffed.ben.pk).update(away_from=NOW)
        Employee.objects.filter(pk=staffed.ben.pk).update(languages="xx")
        Employee.objects.filter(pk=staffed.priya.pk).update(stand_in=staffed.ben)
        assert chosen(staffed, somebody) == staffed.ben

    def test_in_a_house_of_one_the_one_has_it_even_if_named(self, marlow, somebody):
        assert chosen(marlow, somebody, "Priya Nair was rude to me") == marlow.priya

    def test_the_duty_owner_does_not_judge_themself_while_there_is_anybody_else(self, staffed, somebody):
        Employee.objects.exclude(pk__in=[staffed.priya.pk, staffed.dana.pk]).update(answers=False)
        away(staffed.dana)
        House.objects.update(duty_manager=staffed.dana)
        assert chosen(staffed, somebody, "Priya Nair was rude to me") == staffed.dana

    def test_a_house_without_anybody_says_whom_it_needs(self, marlow, somebody):
        Employee.objects.update(answers=False)
        House.objects.update(duty_owner=None)
        with pytest.raises(Refusal, match="add an employee"):
            chosen(marlow, somebody)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Ben was rude", True),
        ("I spoke to BEN CASTILLO.", True),
        ("Benjamin was rude", False),
        ("The bench is broken", False),
        ("Hi Ben\nthe bench is broken", False),
        ("Hi Ben\nit was Ben who said so", True),
        ("Guten Tag Ben,\nalles gut", False),
        ("Dear all, this is about the way Ben spoke to my mother on Friday evening", True),
        ("", False),
    ],
)
def test_words_name_somebody_or_only_greet_them(words, named):
    assert is_named(Employee(name="Ben Castillo"), words) is named


def test_the_name_for_customers_counts_too():
    assert is_named(Employee(name="Benedikt K.", public_name="Ben"), "It was Ben")


@pytest.mark.django_db
class TestHandingOver:
    def test_the_new_owner_is_told_and_the_clock_runs_on(self, staffed):
        case = Case.objects.get(pk=staffed.john.mails("Where is it?").pk)
        assign(case, to=staffed.tom, by=staffed.priya, now=NOW)
        case.refresh_from_db()
        assert case.owner == staffed.tom
        assert case.silent_since == NOW
        assert case.owner_saw_at is None
        assert Notice.objects.filter(to=staffed.tom, kind="assigned", about=case.about).count() == 1
        assert Event.objects.filter(about=case.about, kind="assigned").last().facts["why"] == "handed over by Priya Nair"

    def test_taking_it_oneself_needs_no_notice_and_counts_as_seen(self, staffed):
        case = Case.objects.get(pk=staffed.john.mails("Where is it?").pk)
        other = staffed.tom if case.owner != staffed.tom else staffed.ben
        assign(case, to=other, by=other, now=NOW)
        assert case.owner_saw_at == NOW
        assert not Notice.objects.filter(kind="assigned").exists()

    def test_giving_it_to_its_owner_changes_nothing(self, marlow):
        case = marlow.john.mails("Where is it?")
        before = Event.objects.count()
        assign(case, to=case.owner, by=marlow.ines, now=NOW)
        assert Event.objects.count() == before

    def test_nobody_hands_a_customer_to_somebody_who_is_away(self, staffed):
        case = staffed.john.mails("Where is it?")
        away(staffed.tom)
        staffed.tom.refresh_from_db()
        with pytest.raises(Refusal, match="away"):
            assign(case, to=staffed.tom, by=staffed.priya, now=NOW)

    def test_nor_to_somebody_who_answers_nobody(self, marlow):
        case = marlow.john.mails("Where is it?")
        with pytest.raises(Refusal, match="does not answer"):
            assign(case, to=marlow.ines, by=marlow.priya, now=NOW)

    def test_an_ended_matter_needs_no_owner(self, staffed):
        case = staffed.john.mails("Where is it?")
        Case.objects.filter(pk=case.pk).update(is_open=False)
        with pytest.raises(Refusal, match="ended"):
            assign(Case.objects.get(pk=case.pk), to=staffed.tom, by=staffed.priya, now=NOW)

    def test_a_case_without_an_owner_cannot_be_written(self, marlow):
        case = marlow.john.mails("Where is it?")
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(owner=None)


@pytest.mark.django_db
class TestSeeing:
    def test_the_owner_opening_it_is_written_down_once(self, marlow):
        case = marlow.john.mails("Where is it?")
        assert see(case, by=marlow.priya, now=NOW)
        assert not see(case, by=marlow.priya, now=NOW)
        assert Event.objects.filter(about=case.about, kind="seen_by_owner").count() == 1

    def test_a_colleague_looking_is_not_the_owner_looking(self, marlow):
        case = marlow.john.mails("Where is it?")
        assert not see(case, by=marlow.ines, now=NOW)
        assert case.owner_saw_at is None

    def test_looking_stops_no_clock(self, marlow):
        case = Case.objects.get(pk=marlow.john.mails("Where is it?").pk)
        see(case, by=marlow.priya, now=NOW)
        assert Case.objects.get(pk=case.pk).silent_since == NOW
