"""Who has it, and by when? The thank-you page waits two seconds for that, whoever files the words."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from kept.due.claiming import claim_one
from kept.intake.accepting import accept_here
from kept.intake.awaiting import file_within
from kept.intake.filing import file
from kept.intake.models import Arrival, ArrivalState
from kept.people.models import House


@pytest.fixture
def arrival(marlow) -> Arrival:
    form = {"content-type": "application/x-www-form-urlencoded"}
    kept = accept_here(marlow.form, b"message=Where+are+my+boxes", form, key="", reached_us_at=marlow.clock.now)
    return Arrival.objects.get(pk=kept.arrival_id)


@pytest.mark.django_db
def test_the_request_files_it_itself_when_nobody_was_quicker(marlow, arrival):
    assert file_within(arrival.pk, now=marlow.clock.now)
    arrival.refresh_from_db()
    assert arrival.state == ArrivalState.FILED


@pytest.mark.django_db(transaction=True)
def test_when_the_worker_has_it_in_hand_the_request_waits_for_the_worker(marlow, arrival):
    assert claim_one(arrival, now=marlow.clock.now)

    def worker() -> None:
        file(arrival, now=marlow.clock.now)
        connection.close()

    thread = threading.Timer(0.2, worker)
    thread.start()
    assert file_within(arrival.pk, now=marlow.clock.now, seconds=30)
    thread.join()


@pytest.mark.django_db
def test_a_worker_that_is_stuck_keeps_nobody_waiting(marlow, arrival):
    assert claim_one(arrival, now=marlow.clock.now)
    assert not file_within(arrival.pk, now=marlow.clock.now, seconds=0.1)


@pytest.mark.django_db
def test_until_somebody_works_here_the_words_are_kept_and_nobody_waits(marlow, arrival):
    House.objects.update(is_settled=False)
    assert not file_within(arrival.pk, now=marlow.clock.now, seconds=600)
    arrival.refresh_from_db()
    assert arrival.state == ArrivalState.WAITING
