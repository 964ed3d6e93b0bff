"""What a case can be asked, and which index answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from kept.cases.messages import Message, MessageKind
from kept.cases.models import Case
from kept.people.models import Employee

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("columns", "state"),
    [
        ({}, "open"),
        ({"asked_at": NOW}, "asked"),
        ({"asked_at": NOW, "ended_at": NOW, "is_open": False}, "ended"),
        ({"set_aside_at": NOW, "is_open": False}, "ended"),
        ({"joined_into_id": 7, "is_open": False}, "joined"),
    ],
)
def test_the_state_as_the_outside_says_it(columns, state):
    assert Case(**columns).state == state


def test_late_means_the_told_hour_has_passed():
    case = Case(answer_due_at=NOW)
    assert case.is_late(NOW)
    assert not case.is_late(NOW - timedelta(seconds=1))
    assert not Case().is_late(NOW)


@pytest.mark.parametrize(
    ("columns", "state"),
    [
        ({"is_theirs": True}, None),
        ({"is_theirs": False}, "waiting"),
        ({"is_theirs": False, "delivered_at": NOW}, "delivered"),
        ({"is_theirs": False, "delivered_at": NOW, "failed_at": NOW}, "failed"),
        ({"is_theirs": False, "taken_back_at": NOW}, None),
    ],
)
def test_what_became_of_a_message(columns, state):
    assert Message(kind=MessageKind.ANSWER, **columns).delivery_state == state


@pytest.fixture
def three(marlow) -> list[Case]:
    cases = [marlow.john.mails("a"), marlow.mary.mails("b"), marlow.samir.mails("c")]
    for case, due in zip(cases, (NOW + 2 * DAY, None, NOW + DAY), strict=True):
        Case.objects.filter(pk=case.pk).update(next_due_at=due, answer_due_at=due)
    return cases


@pytest.mark.django_db
class TestManyCases:
    def test_what_falls_due_next_comes_first_and_what_rests_comes_last(self, three):
        assert list(Case.objects.by_next_due()) == [three[2], three[0], three[1]]

    def test_overdue_are_those_whose_hour_has_passed(self, three):
        assert list(Case.objects.overdue(NOW + DAY)) == [three[2]]

    def test_ended_and_joined_are_not_open(self, three):
        Case.objects.filter(pk=three[0].pk).update(is_open=False)
        assert set(Case.objects.open()) == set(three[1:])

    def test_everybody_at_the_desk_sees_every_case(self, marlow, three):
        assert Case.objects.visible_to(marlow.priya).count() == 3

    def test_whoever_has_left_sees_none(self, marlow, three):
        Employee.objects.filter(pk=marlow.priya.pk).update(is_active=False)
        assert not Case.objects.visible_to(Employee.objects.get(pk=marlow.priya.pk)).exists()

    def test_the_lists_are_read_from_their_index(self, marlow, three):
        open_ones = Case.objects.visible_to(marlow.priya).open().filter(next_due_at__isnull=False)
        questions = {
            "case_next": open_ones.order_by("next_due_at", "id"),
            "case_mine": open_ones.filter(owner=marlow.priya).order_by("next_due_at", "id"),
            "case_silent": Case.objects.filter(silent_since__isnull=False).order_by("silent_since", "id"),
            "case_load": Case.objects.filter(silent_since__isnull=False, owner=marlow.priya).values("owner"),
        }
        for index, question in questions.items():
            plan = question.values("id")[:20].explain()
            assert connection.vendor != "sqlite" or index in plan, plan

    def test_the_order_costs_no_sorting(self, marlow, three):
        plan = Case.objects.open().filter(next_due_at__isnull=False).order_by("next_due_at", "id")[:20].explain()
        assert connection.vendor != "sqlite" or "TEMP B-TREE" not in plan, plan
