"""The ladder of a real case: who is told, once, in which order, and what happens when we were down or people are away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kept.cases.escalating import climb, escalate_the_overdue, whom_to_tell
from kept.cases.models import Case, Rung
from kept.people.adding import add_employee
from kept.people.models import Employee, House, Notice, Team
from kept.people.presence import house
from kept.timeline.models import Event

pytestmark = pytest.mark.django_db


def at(hour: int, minute: int = 0, *, day: int = 1) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=UTC)


def levels(case: Case) -> list[int]:
    return list(Rung.objects.filter(case=case).order_by("level").values_list("level", flat=True))


def told(kind: str = "rung") -> list[str]:
    return list(Notice.objects.filter(kind=kind).order_by("id").values_list("to__name", flat=True))


@pytest.fixture
def case(marlow) -> Case:
    return marlow.john.mails("Where is my order?")  # nine o'clock; due at five


def test_nobody_is_told_while_there_is_time(case):
    assert escalate_the_overdue(at(15, 23)) == 0
    assert levels(case) == []
    assert told() == []


def test_at_80_per_cent_the_owner_is_told(case):
    assert escalate_the_overdue(at(15, 24)) == 1
    assert levels(case) == [80]
    assert told() == ["Priya Nair"]


def test_at_the_hour_the_manager_named_to_the_customer_is_told(case):
    escalate_the_overdue(at(15, 24))
    escalate_the_overdue(at(17))
    assert levels(case) == [80, 100]
    assert told() == ["Priya Nair", "Priya Nair", "Ines Duarte"]
    assert Case.objects.get(pk=case.pk).went_wrong


def test_the_stand_in_is_told_at_the_hour_too(marlow, case):
    marlow.hires_the_others()
    Employee.objects.filter(pk=marlow.priya.pk).update(stand_in=marlow.tom)
    escalate_the_overdue(at(17))
    assert set(told()) == {"Priya Nair", "Tom Reyes", "Ines Duarte"}


def test_then_the_duty_manager_then_the_head_then_the_head_each_working_day(marlow, case):
    marlow.hires_the_others()
    House.objects.update(duty_manager=marlow.dana)
    for moment in (at(17), at(13, day=2), at(17, day=2), at(17, day=3), at(17, day=4)):
        Notice.objects.all().delete()
        escalate_the_overdue(moment)
    assert levels(case) == [80, 100, 150, 200, 201, 202]
    assert told() == ["Ines Duarte"]
    notice = Notice.objects.get(kind="rung")
    assert "long past" in notice.says


def test_the_duty_manager_hears_at_150_per_cent(marlow, case):
    marlow.hires_the_others()
    House.objects.update(duty_manager=marlow.dana)
    escalate_the_overdue(at(17))
    Notice.objects.all().delete()
    escalate_the_overdue(at(13, day=2))
    assert told() == ["Dana Okafor"]


def test_a_rung_is_climbed_once_however_often_we_look(case):
    for _look in range(3):
        escalate_the_overdue(at(15, 30))
    assert levels(case) == [80]
    assert len(told()) == 1


def test_two_who_look_at_the_same_time_tell_nobody_twice(case):
    escalate_the_overdue(at(15, 30))
    Case.objects.filter(pk=case.pk).update(rung_level=80, rung_due_at=at(15, 24))
    assert climb(case.pk, of_house=house(), now=at(15, 30)) == 0
    assert len(told()) == 1


def test_rungs_due_while_we_were_down_are_climbed_once_and_each_person_is_told_once(case):
    assert escalate_the_overdue(at(9, 30, day=4)) == 1
    assert levels(case) == [80, 100, 150, 200, 201]
    assert sorted(told()) == ["Ines Duarte", "Priya Nair"]
    assert escalate_the_overdue(at(9, 30, day=4)) == 0


def test_an_answer_in_time_ends_the_ladder(marlow, case):
    marlow.answers(case, "It is on the van, John.")
    assert escalate_the_overdue(at(17, day=8)) == 0
    assert levels(case) == []


def test_an_answer_that_bounced_leaves_the_rungs_where_they_were(marlow, case):
    from kept.replies.bouncing import bounce

    escalate_the_overdue(at(15, 30))
    marlow.clock.forward(hours=7)
    answer = marlow.answers(case, "It is on the van, John.")
    bounce(answer.external_id, why="no such mailbox", is_final=True, now=marlow.clock.now)
    Notice.objects.all().delete()
    escalate_the_overdue(at(16, 30))
    assert levels(case) == [80]
    assert told() == []
    escalate_the_overdue(at(17))
    assert levels(case) == [80, 100]


def test_words_in_the_night_climb_only_in_opening_hours(marlow):
    marlow.clock.now = at(22)
    case = marlow.john.mails("Where is my order?")
    assert Case.objects.get(pk=case.pk).answer_due_at == at(17, day=2)
    assert escalate_the_overdue(at(8, day=2)) == 0
    assert escalate_the_overdue(at(15, 24, day=2)) == 1


def test_one_bad_case_stalls_nobody_else(marlow, case, caplog):
    other = marlow.mary.mails("And mine?")
    Case.objects.filter(pk=case.pk).update(rung_level=81)  # a level that no ladder has
    assert escalate_the_overdue(at(15, 30)) == 1
    assert levels(other) == [80]
    assert Case.objects.get(pk=case.pk).rung_due_at == at(16, 30)
    assert f"case:{case.pk}" in caplog.text


def test_what_happened_is_written_down_with_who_was_told(case):
    escalate_the_overdue(at(17))
    event = Event.objects.get(kind="climbed", about=case.about)
    assert event.facts["level"] == 100
    assert event.facts["told"] == "Priya Nair, Ines Duarte"


def test_in_a_house_of_one_the_one_is_told_once_a_rung(marlow):
    House.objects.update(duty_manager=marlow.priya, head=marlow.priya)
    Employee.objects.update(manager=None)
    Employee.objects.filter(pk=marlow.ines.pk).update(is_active=False)
    marlow.john.mails("Where is my order?")
    escalate_the_overdue(at(17))
    assert told() == ["Priya Nair"]


def test_who_stands_in_is_told_instead_of_whoever_is_away(marlow):
    marlow.hires_the_others()
    priya, ours = marlow.priya, marlow.house
    priya.away_from, priya.stand_in = at(8), marlow.tom
    assert whom_to_tell(priya, 80, of_house=ours, at=at(9)) == [marlow.tom]


def test_an_owner_away_without_a_stand_in_has_their_manager_told_already_at_80_per_cent(marlow):
    marlow.priya.away_from = at(8)
    assert whom_to_tell(marlow.priya, 80, of_house=marlow.house, at=at(9)) == [marlow.ines]


def test_while_the_manager_is_away_the_one_above_is_told(marlow):
    marlow.hires_the_others()
    House.objects.update(head=marlow.dana)
    Employee.objects.filter(pk=marlow.ines.pk).update(away_from=at(8))
    priya = Employee.objects.get(pk=marlow.priya.pk)
    assert [person.name for person in whom_to_tell(priya, 100, of_house=house(), at=at(17))] == ["Priya Nair", "Dana Okafor"]


def test_the_teams_manager_counts_where_nobody_is_named(marlow):
    marlow.hires_the_others()
    team = Team.objects.create(name="Front desk", manager=marlow.dana)
    Employee.objects.filter(pk=marlow.priya.pk).update(manager=None, team=team)
    priya = Employee.objects.get(pk=marlow.priya.pk)
    assert marlow.dana in whom_to_tell(priya, 100, of_house=house(), at=at(17))


def test_the_same_person_in_several_parts_is_told_once(marlow):
    sole = add_employee("Solo", now=at(9))
    ours = marlow.house
    ours.duty_manager = ours.head = sole
    sole.stand_in, sole.manager = None, None
    assert whom_to_tell(sole, 100, of_house=ours, at=at(17)) == [sole]


def test_the_ladder_follows_the_case_to_its_new_owner(marlow, case):
    from kept.cases.assigning import assign

    marlow.hires_the_others()
    assign(Case.objects.get(pk=case.pk), to=marlow.tom, by=marlow.priya, now=at(12))
    escalate_the_overdue(at(15, 24))
    assert told() == ["Tom Reyes"]


def test_due_rungs_are_found_by_their_own_index(case):
    from django.db import connection

    due = Case.objects.filter(rung_due_at__lte=at(17)).order_by("rung_due_at", "id").values_list("pk")
    plan = due[:200].explain()
    assert "case_rung" in plan or connection.vendor != "sqlite"


def test_a_case_that_moved_on_between_finding_and_climbing_is_left_alone(marlow, case):
    marlow.answers(case, "It is on the van, John.")
    assert climb(case.pk, of_house=house(), now=at(17) + timedelta(days=2)) == 0
    assert levels(case) == []
