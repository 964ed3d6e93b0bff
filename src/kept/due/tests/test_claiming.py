"""What is due is done by one worker at a time, and whoever lost the lease can finish nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from kept.due import claiming, ringing
from kept.due.claiming import BACK_OFF, LEASE, PARK_AFTER, LeaseLost, claim, claim_one, finish, put_off, try_again
from kept.due.heartbeats import CLOCK, STILL_AFTER, WORK, beat, standing_still
from kept.people.adding import add_employee
from kept.people.models import Employee, Notice

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def somebody() -> Employee:
    return Employee.objects.first() or add_employee("Priya Nair", now=NOW)


def due(at: datetime | None = NOW, **columns: object) -> Notice:
    """A notice whose mail is due: one of the rows that fall due."""
    return Notice.objects.create(to=somebody(), about="case:1", kind="rung", says="x", at=NOW, next_try_at=at, **columns)


@pytest.mark.django_db
class TestClaiming:
    def test_what_is_due_is_taken_oldest_first(self):
        later, sooner = due(NOW), due(NOW - SECOND)
        due(NOW + SECOND)
        due(None)
        assert claim(Notice.objects.all(), now=NOW) == [sooner, later]

    def test_nobody_else_gets_it_meanwhile(self):
        due()
        assert len(claim(Notice.objects.all(), now=NOW)) == 1
        assert claim(Notice.objects.all(), now=NOW + LEASE) == []

    def test_when_a_worker_died_another_takes_it_once_the_lease_is_over(self):
        due()
        claim(Notice.objects.all(), now=NOW)
        assert len(claim(Notice.objects.all(), now=NOW + LEASE + SECOND)) == 1

    def test_no_more_than_asked_for(self):
        for _number in range(5):
            due()
        first, second = claim(Notice.objects.all(), now=NOW, limit=3), claim(Notice.objects.all(), now=NOW, limit=3)
        assert (len(first), len(second)) == (3, 2)
        assert not set(first) & set(second)

    def test_only_rows_of_the_question_asked(self):
        due(NOW)
        other = Notice.objects.create(to=somebody(), about="case:2", kind="duty", says="x", at=NOW, next_try_at=NOW)
        assert claim(Notice.objects.filter(kind="duty"), now=NOW) == [other]

    def test_this_very_row_can_be_claimed_by_whoever_needs_it_now(self):
        row = due()
        assert claim_one(row, now=NOW)
        assert not claim_one(Notice.objects.get(pk=row.pk), now=NOW)
        finish(row)

    def test_a_row_that_is_not_due_cannot(self):
        assert not claim_one(due(NOW + SECOND), now=NOW)
        assert not claim_one(due(None), now=NOW)

    def test_looking_where_nothing_is_due_costs_one_question(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            assert claim(Notice.objects.all(), now=NOW) == []

    def test_the_sweep_reads_the_partial_index(self):
        plan = Notice.objects.filter(claiming.is_due(NOW)).order_by("next_try_at", "id").values("pk")[:16].explain()
        assert connection.vendor != "sqlite" or "notice_due" in plan, plan


@pytest.mark.django_db
class TestFinishing:
    def test_what_is_done_is_never_due_again(self):
        due()
        (row,) = claim(Notice.objects.all(), now=NOW)
        finish(row, mailed_at=NOW)
        row.refresh_from_db()
        assert (row.next_try_at, row.lease, row.lease_until, row.mailed_at) == (None, "", None, NOW)
        assert claim(Notice.objects.all(), now=NOW + timedelta(days=9)) == []

    def test_a_worker_who_slept_through_its_lease_can_finish_nothing(self):
        due()
        (slow,) = claim(Notice.objects.all(), now=NOW)
        (quick,) = claim(Notice.objects.all(), now=NOW + LEASE + SECOND)
        for act in (
            lambda: finish(slow, mailed_at=NOW),
            lambda: try_again(slow, now=NOW, trouble="x"),
            lambda: put_off(slow, until=NOW),
        ):
            with pytest.raises(LeaseLost):
                act()
        finish(quick, mailed_at=NOW)

    def test_what_it_wrote_beside_goes_with_it(self):
        due()
        (slow,) = claim(Notice.objects.all(), now=NOW)
        claim(Notice.objects.all(), now=NOW + LEASE + SECOND)
        with pytest.raises(LeaseLost), transaction.atomic():
            Notice.objects.filter(pk=slow.pk).update(seen_at=NOW)
            finish(slow)
        assert Notice.objects.get().seen_at is None

    def test_finishing_twice_is_refused(self):
        due()
        (row,) = claim(Notice.objects.all(), now=NOW)
        stale = Notice.objects.get(pk=row.pk)
        finish(row)
        with pytest.raises(LeaseLost):
            finish(stale)


@pytest.mark.django_db
class TestTryingAgain:
    def taken(self, now: datetime) -> Notice:
        (row,) = claim(Notice.objects.all(), now=now)
        return row

    def test_each_pause_is_as_long_as_the_last_or_longer(self):
        due()
        now, pauses = NOW, []
        for _try in range(10):
            row = self.taken(now)
            assert not try_again(row, now=now, trouble="no route")
            assert row.next_try_at is not None
            pauses.append((row.next_try_at - now).total_seconds())
            now = row.next_try_at
        assert pauses == [*BACK_OFF, 3600, 3600, 3600]
        assert all(shorter <= longer for shorter, longer in pairwise(pauses))

    def test_whoever_was_told_how_long_to_wait_waits_so_long(self):
        due()
        try_again(self.taken(NOW), now=NOW, trouble="busy", after=77)
        assert Notice.objects.get().next_try_at == NOW + timedelta(seconds=77)

    def test_after_many_tries_a_person_has_to_look(self):
        due(attempts=PARK_AFTER - 1)
        row = self.taken(NOW)
        assert try_again(row, now=NOW, trouble="never works")
        row.refresh_from_db()
        assert (row.next_try_at, row.parked_at, row.trouble) == (None, NOW, "never works")

    def test_parked_is_about_a_day_and_a_half_later(self):
        waited = sum(BACK_OFF) + (PARK_AFTER - len(BACK_OFF)) * BACK_OFF[-1]
        assert timedelta(days=1) < timedelta(seconds=waited) < timedelta(days=2)

    def test_an_endless_complaint_is_cut(self):
        due()
        try_again(self.taken(NOW), now=NOW, trouble="x" * 9000)
        assert len(Notice.objects.get().trouble) == 2000

    def test_what_could_not_even_be_tried_is_put_off_and_never_parks(self):
        due()
        for _time in range(PARK_AFTER + 1):
            row = self.taken(NOW)
            put_off(row, until=NOW, trouble="no mail server yet")
        row.refresh_from_db()
        assert (row.attempts, row.parked_at, row.next_try_at) == (0, None, NOW)


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_do_each_thing_once():
    for _number in range(24):
        due()
    start, taken = Barrier(4), []

    def work() -> None:
        try:
            start.wait()
            while batch := claim(Notice.objects.all(), now=NOW, limit=3):
                for row in batch:
                    finish(row)
                    taken.append(row.pk)
        finally:
            connection.close()

    workers = [Thread(target=work) for _number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(taken) == len(set(taken))
    while rest := claim(Notice.objects.all(), now=NOW):  # two may have looked at the same rows and one gone home
        taken += [row.pk for row in rest]
    assert sorted(taken) == sorted(Notice.objects.values_list("pk", flat=True))


class ALeaseIsHeldByOne(TestCase):
    steps = st.lists(st.tuples(st.sampled_from(["claim", "finish", "again", "wait"]), st.integers(0, 300)), max_size=14)

    @settings(max_examples=60)
    @given(steps)
    def test_whatever_workers_do_in_whatever_order(self, steps):
        due()
        now, holders = NOW, []
        for step, seconds in steps:
            now += timedelta(seconds=seconds)
            if step == "claim":
                holders += claim(Notice.objects.all(), now=now)
            elif step in {"finish", "again"} and holders:
                row = holders.pop(0)
                is_last = row.lease == Notice.objects.get().lease
                try:
                    finish(row) if step == "finish" else try_again(row, now=now, trouble="x")
                except LeaseLost:
                    assert not is_last
                else:
                    assert is_last
            assert Notice.objects.count() == 1


@pytest.mark.django_db
class TestHeartbeats:
    def test_whoever_beats_stands_not_still(self):
        beat(WORK, at=NOW)
        beat(CLOCK, at=NOW)
        assert standing_still(NOW + STILL_AFTER) == []

    def test_whoever_was_silent_too_long_is_named(self):
        beat(WORK, at=NOW)
        beat(CLOCK, at=NOW - STILL_AFTER - SECOND)
        assert standing_still(NOW) == [CLOCK]

    def test_a_house_that_never_worked_stands_still(self):
        assert standing_still(NOW) == [WORK, CLOCK]

    def test_one_row_a_role_however_often_it_beats(self):
        for number in range(3):
            beat(WORK, at=NOW + number * SECOND)
        assert standing_still(NOW + 3 * SECOND) == [CLOCK]


@pytest.mark.django_db(transaction=True)
class TestBells:
    def test_the_bell_rings_after_the_commit(self):
        ringing.wait((Notice,), seconds=0)
        with transaction.atomic():
            ringing.wake(Notice)
            assert Notice.__name__ not in ringing._rung
        assert Notice.__name__ in ringing._rung
        ringing.wait((Notice,), seconds=0)

    def test_what_was_rolled_back_rings_nothing(self):
        ringing.wait((Notice,), seconds=0)
        with pytest.raises(ValueError, match="oh"), transaction.atomic():
            ringing.wake(Notice)
            raise ValueError("oh")
        assert Notice.__name__ not in ringing._rung

    def test_a_bell_rung_before_anybody_waits_is_heard(self):
        ringing.ring(Notice)
        ringing.wait((Notice,), seconds=60)
        assert Notice.__name__ not in ringing._rung

    def test_the_bell_of_another_stays_rung_for_them(self):
        ringing.ring(Employee)
        ringing.wait((Notice,), seconds=0)
        assert Employee.__name__ in ringing._rung
        ringing.wait((Employee,), seconds=0)
