"""People go, are away, or answer no longer: their customers have somebody all the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kept.audit.invariants import every_open_case_can_be_answered
from kept.cases.leaving import change, leave
from kept.cases.models import Case
from kept.lib.refusal import Refusal
from kept.people.adding import add_employee
from kept.people.models import Employee, House, Notice, Team

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def owned_by_tom(marlow) -> Case:
    marlow.hires_the_others()
    case = marlow.john.mails("Where is it?", subject="Order")
    Case.objects.filter(pk=case.pk).update(owner=marlow.tom)
    return Case.objects.get(pk=case.pk)


def owner_of(case: Case) -> Employee:
    return Case.objects.select_related("owner").get(pk=case.pk).owner


def says(**columns: object) -> dict[str, object]:
    return columns


def test_what_somebody_owned_goes_to_whoever_stands_in(marlow, owned_by_tom):
    Employee.objects.filter(pk=marlow.tom.pk).update(stand_in=marlow.ben)
    tom = Employee.objects.get(pk=marlow.tom.pk)
    assert leave(tom, by=marlow.ines, of_house=marlow.house, now=NOW) == 1
    assert owner_of(owned_by_tom) == marlow.ben
    assert Notice.objects.filter(to=marlow.ben, kind="assigned").count() == 1


def test_then_to_the_manager_if_she_answers_customers(marlow, owned_by_tom):
    Employee.objects.filter(pk=marlow.tom.pk).update(manager=marlow.dana)
    leave(Employee.objects.get(pk=marlow.tom.pk), by=marlow.ines, of_house=marlow.house, now=NOW)
    assert owner_of(owned_by_tom) == marlow.dana


def test_or_to_the_manager_of_the_team(marlow, owned_by_tom):
    team = Team.objects.create(name="Warehouse", manager=marlow.dana)
    Employee.objects.filter(pk=marlow.tom.pk).update(manager=None, team=team)
    leave(Employee.objects.get(pk=marlow.tom.pk), by=marlow.ines, of_house=marlow.house, now=NOW)
    assert owner_of(owned_by_tom) == marlow.dana


def test_else_to_whoever_is_on_duty(marlow, owned_by_tom):
    leave(marlow.tom, by=marlow.ines, of_house=marlow.house, now=NOW)
    assert owner_of(owned_by_tom) == marlow.priya


def test_rather_to_somebody_here_than_to_a_stand_in_who_is_away(marlow, owned_by_tom):
    Employee.objects.filter(pk=marlow.ben.pk).update(away_from=NOW - timedelta(days=1))
    Employee.objects.filter(pk=marlow.tom.pk).update(stand_in=marlow.ben)
    leave(Employee.objects.get(pk=marlow.tom.pk), by=marlow.ines, of_house=marlow.house, now=NOW)
    assert owner_of(owned_by_tom) == marlow.priya


def test_never_to_somebody_who_left_before(marlow, owned_by_tom):
    Employee.objects.filter(pk=marlow.tom.pk).update(stand_in=marlow.ben)
    Employee.objects.filter(pk=marlow.ben.pk).update(is_active=False)
    leave(Employee.objects.get(pk=marlow.tom.pk), by=marlow.ines, of_house=marlow.house, now=NOW)
    assert owner_of(owned_by_tom) == marlow.priya


def test_the_clock_does_not_notice(marlow, owned_by_tom):
    leave(marlow.tom, by=marlow.ines, of_house=marlow.house, now=NOW + timedelta(hours=2))
    case = Case.objects.get(pk=owned_by_tom.pk)
    assert (case.silent_since, case.answer_due_at) == (owned_by_tom.silent_since, owned_by_tom.answer_due_at)


def test_ended_matters_keep_the_name_that_answered_them(marlow, owned_by_tom):
    Case.objects.filter(pk=owned_by_tom.pk).update(is_open=False)
    assert leave(marlow.tom, by=marlow.ines, of_house=marlow.house, now=NOW) == 0
    assert owner_of(owned_by_tom) == marlow.tom


def test_whoever_has_left_cannot_sign_in_and_gets_no_new_cases(marlow, owned_by_tom):
    leave(marlow.tom, by=marlow.ines, of_house=marlow.house, now=NOW)
    tom = Employee.objects.get(pk=marlow.tom.pk)
    assert not tom.is_active
    assert not tom.answers
    assert tom.is_away(NOW)


def test_the_last_admin_stays(marlow):
    with pytest.raises(Refusal, match="only admin"):
        leave(marlow.ines, by=marlow.ines, of_house=marlow.house, now=NOW)
    assert Employee.objects.get(pk=marlow.ines.pk).is_active


@pytest.mark.parametrize("duty", ["duty_owner", "duty_manager", "head"])
def test_whoever_is_asked_when_nobody_is_there_names_another_first(marlow, duty):
    marlow.hires_the_others()
    House.objects.update(**{duty: marlow.tom})
    with pytest.raises(Refusal, match="nobody else is there"):
        leave(marlow.tom, by=marlow.ines, of_house=marlow.house, now=NOW)


def test_with_nobody_left_to_take_over_they_cannot_go(marlow):
    case = marlow.john.mails("Where is it?")
    House.objects.update(duty_owner=marlow.ines)
    with pytest.raises(Refusal, match="who takes over"):
        leave(marlow.priya, by=marlow.ines, of_house=marlow.house, now=NOW)
    assert Employee.objects.get(pk=marlow.priya.pk).is_active
    assert owner_of(case) == marlow.priya


def test_whoever_no_longer_answers_customers_keeps_none(marlow, owned_by_tom):
    assert change(marlow.tom, says(answers=False), by=marlow.ines, of_house=marlow.house, now=NOW) == 1
    assert owner_of(owned_by_tom) == marlow.priya
    assert Employee.objects.get(pk=marlow.tom.pk).is_active
    assert list(every_open_case_can_be_answered(NOW)) == []


def test_any_other_change_leaves_cases_where_they_are(marlow, owned_by_tom):
    assert change(marlow.tom, says(job="drives"), by=marlow.ines, of_house=marlow.house, now=NOW) == 0
    assert owner_of(owned_by_tom) == marlow.tom


def test_a_customer_of_somebody_who_left_has_a_new_usual_person(marlow, owned_by_tom):
    customer = owned_by_tom.customer
    customer.usual_owner = marlow.tom
    customer.save(update_fields=["usual_owner"])
    leave(marlow.tom, by=marlow.ines, of_house=marlow.house, now=NOW)
    again = marlow.john.mails("Another thing", subject="Bill")
    customer.refresh_from_db()
    assert customer.usual_owner == again.owner != marlow.tom


def test_the_second_person_hired_takes_no_duty_from_the_first(marlow):
    add_employee("New Here", now=NOW)
    assert marlow.house.duty_owner == marlow.priya
    assert marlow.house.head == marlow.ines
