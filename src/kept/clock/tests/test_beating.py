"""Time passes for everybody who waits: each duty is done again and again, at once when its bell rings, and no fault ends it."""

from __future__ import annotations

import threading
from contextlib import contextmanager

import pytest
from django.db import transaction

from kept.clock.beating import lanes, run
from kept.clock.duties import DUTIES
from kept.clock.periods import every
from kept.due import heartbeats, ringing
from kept.due.models import Beat
from kept.intake.models import Arrival
from kept.lib.clock import now

LONG_ENOUGH = 10.0


@contextmanager
def a_lane(role, duties):
    """The lane runs in a thread of its own, as in life."""
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(role, duties, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        for duty in duties:
            for bell in duty.bells:
                ringing.ring(bell)
        thread.join(LONG_ENOUGH)
        assert not thread.is_alive()


def counting(times: int):
    """A duty that notes when it was done for the `times`th time."""
    enough, moments = threading.Event(), []

    def watch_over_somebody(moment):
        moments.append(moment)
        if len(moments) >= times:
            enough.set()

    return watch_over_somebody, enough, moments


@pytest.mark.django_db(transaction=True)
def test_what_a_customer_waits_for_is_looked_at_again_and_again():
    watch, enough, moments = counting(times=3)
    with a_lane("clock", [every("0 seconds", watch)]):
        assert enough.wait(LONG_ENOUGH)
    assert moments == sorted(moments)


@pytest.mark.django_db(transaction=True)
def test_a_bell_is_answered_long_before_the_next_round():
    watch, enough, _moments = counting(times=2)
    with a_lane("work", [every("1 day", watch, bells=(Arrival,))]):
        with transaction.atomic():
            ringing.wake(Arrival)
        assert enough.wait(LONG_ENOUGH)


@pytest.mark.django_db(transaction=True)
def test_a_fault_in_one_duty_ends_neither_it_nor_its_neighbour():
    watch, enough, _moments = counting(times=3)

    def stumble(moment):
        raise RuntimeError("one bad row")

    with a_lane("clock", [every("0 seconds", stumble), every("0 seconds", watch)]):
        assert enough.wait(LONG_ENOUGH)


@pytest.mark.django_db(transaction=True)
def test_whoever_watches_the_machine_sees_that_time_passes_and_when_it_does_not():
    watch, enough, _moments = counting(times=2)
    assert heartbeats.standing_still(now()) == ["work", "clock"]
    with a_lane("clock", [every("0 seconds", watch)]):
        assert enough.wait(LONG_ENOUGH)
    assert heartbeats.standing_still(now()) == ["work"]
    later = Beat.objects.get(role="clock").at + heartbeats.STILL_AFTER * 2
    assert heartbeats.standing_still(later) == ["work", "clock"]


def test_a_slow_mail_server_delays_no_clock():
    """Whatever talks to the network has bells, and with them a thread of its own."""
    by_lane = [[duty.name for duty in duties] for _role, duties in lanes({"work", "clock"})]
    assert ["deliver_what_waits"] in by_lane
    assert next(names for names in by_lane if "escalate_the_overdue" in names).count("deliver_what_waits") == 0
    assert sorted(name for names in by_lane for name in names) == sorted(duty.name for duty in DUTIES)


def test_each_role_does_its_own():
    assert {role for role, _duties in lanes({"work"})} == {"work"}
    assert [role for role, _duties in lanes({"clock"})] == ["clock"]
    assert lanes({"web"}) == []
