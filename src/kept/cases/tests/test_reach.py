"""One post grows from ten to a hundred thousand: each rung is told once, and to whom it concerns by then."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.cases.models import Case, ReachReading, Rung
from kept.cases.reach import MOST, RUNGS, Counted, growth, rungs_passed, take_reading, write_reach
from kept.lib.refusal import Refusal
from kept.people.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(marlow):
    return marlow.mary.is_written_down("post", "They broke my guitar.", by=marlow.ines)


def reaches(marlow, case, people, **more):
    post = case.messages.get(is_theirs=True)
    return take_reading(post, Counted(reach=people, **more), now=marlow.clock.now)


def told(person):
    return Notice.objects.filter(to=person, kind="reach").count()


def test_the_guitar_from_ten_to_a_hundred_thousand_each_rung_is_told_once(marlow, case):
    head_count = []
    for people in (9, 10, 60, 150, 150, 1_000, 9_999, 20_000, 15_000, 100_000, 180_000):
        marlow.clock.forward(minutes=30)
        reaches(marlow, case, people)
        head_count.append(told(marlow.priya))
    assert head_count == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert told(marlow.ines) == 3, "the manager from a thousand on"
    assert sorted(Rung.objects.filter(case=case, clock="reach").values_list("level", flat=True)) == [1, 2, 3, 4, 5]
    case.refresh_from_db()
    assert case.reach == 180_000


def test_many_rungs_at_once_are_told_in_one_sentence_and_none_is_told_later(marlow, case):
    reaches(marlow, case, 40_000)
    assert (told(marlow.priya), told(marlow.ines)) == (1, 1)
    reaches(marlow, case, 41_000)
    assert told(marlow.priya) == 1
    assert "10000" in Notice.objects.filter(to=marlow.priya, kind="reach").get().says


def test_what_did_not_change_is_not_written_down_again(marlow, case):
    assert reaches(marlow, case, 60, likes=2) is not None
    assert reaches(marlow, case, 60, likes=2) is None
    assert reaches(marlow, case, 60, likes=3) is not None
    assert ReachReading.objects.count() == 2


def test_what_a_matter_reached_when_it_ended_stays(marlow, case):
    reaches(marlow, case, 60)
    Case.objects.filter(pk=case.pk).update(ended_at=marlow.clock.now, is_open=False)
    reaches(marlow, case, 900)
    case.refresh_from_db()
    assert case.reach == 60


def test_a_person_writes_down_what_only_a_person_can_see(marlow, case):
    post = case.messages.get(is_theirs=True)
    reading = write_reach(post, Counted(views=120, followers=30), by=marlow.priya, now=marlow.clock.now)
    assert (reading.reach, reading.by) == (120, marlow.priya)
    with pytest.raises(Refusal, match="at least one"):
        write_reach(post, Counted(), by=marlow.priya, now=marlow.clock.now)
    mail = marlow.john.mails("Cold", is_proven=True).messages.get(is_theirs=True)
    with pytest.raises(Refusal, match="in public"):
        write_reach(mail, Counted(views=1), by=marlow.priya, now=marlow.clock.now)


def test_growth_is_over_the_last_hour_and_a_first_look_has_none(marlow):
    now = marlow.clock.now
    seen = [
        ReachReading(reach=reach, at=now - timedelta(minutes=ago)) for reach, ago in ((900, 0), (500, 30), (300, 60), (10, 170))
    ]
    assert growth(seen, now=now) == 600
    assert growth(seen[:2], now=now) == 800
    assert growth(seen[:1], now=now) == growth([], now=now) == 0


@given(st.integers(0, MOST), st.integers(0, MOST))
def test_more_people_never_pass_fewer_rungs(some, more):
    few, many = sorted((some, more))
    assert rungs_passed(few) == rungs_passed(many)[: len(rungs_passed(few))]
    assert all(RUNGS[one] <= many for one in rungs_passed(many))
