"""A fix is promised by a day, may move with a reason, and is told late to whoever looks after it and their manager."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.cases.models import Duty
from kept.causes.fixing import fix, promise_fix
from kept.causes.models import CauseState, Gathered
from kept.causes.promising import promise_word
from kept.causes.reminding import tell_who_looks_after_causes
from kept.lib.refusal import Refusal
from kept.people.models import Employee, Notice
from kept.timeline.models import Event

NEW_ZIPS = "New zips on all twelve bags"


@pytest.fixture
def promised(marlow, gathered, in_days):
    """Dana promised new zips within ten days."""
    promise_fix(gathered, NEW_ZIPS, on=in_days(10), by=marlow.dana, now=marlow.clock.now)
    gathered.refresh_from_db()
    return gathered


def test_the_fix_is_promised_in_words_and_by_a_day(promised, in_days):
    assert (promised.fix, promised.fix_due_on, promised.state) == (NEW_ZIPS, in_days(10), CauseState.OPEN)
    event = Event.objects.get(about=promised.about, kind="fix_promised")
    assert event.facts["on"] == in_days(10).isoformat() and event.facts["day"] == "Friday 19 June"


@pytest.mark.parametrize(
    ("words", "days", "says"),
    [("", 3, "what will be changed"), ("New zips", -1, "That day is over"), ("New zips", 2_900_000, "two years")],
)
def test_no_fix_without_words_or_for_a_day_that_is_over(marlow, gathered, in_days, words, days, says):
    with pytest.raises(Refusal, match=says):
        promise_fix(gathered, words, on=in_days(days), by=marlow.dana, now=marlow.clock.now)


def test_another_day_needs_a_reason_and_the_old_one_stays_in_the_history(marlow, promised, in_days):
    with pytest.raises(Refusal, match="why the day moves"):
        promise_fix(promised, NEW_ZIPS, on=in_days(20), by=marlow.dana, now=marlow.clock.now)
    promise_fix(promised, NEW_ZIPS, on=in_days(20), by=marlow.dana, now=marlow.clock.now, why="The zips come from abroad.")
    moved = Event.objects.get(about=promised.about, kind="fix_moved")
    assert moved.facts["before"] == in_days(10).isoformat() and moved.facts["why"] == "The zips come from abroad."


def test_only_the_owner_and_managers_promise_and_mend(marlow, promised, in_days):
    with pytest.raises(Refusal, match="Dana Okafor"):
        promise_fix(promised, "Glue", on=in_days(3), by=marlow.ben, now=marlow.clock.now, why="Quicker.")
    with pytest.raises(Refusal, match="Dana Okafor"):
        fix(promised, told_text="It is mended.", by=marlow.ben, now=marlow.clock.now)


def test_nothing_is_mended_before_anybody_says_how(marlow, gathered):
    with pytest.raises(Refusal, match="what was changed"):
        fix(gathered, told_text="It is mended.", by=marlow.dana, now=marlow.clock.now)


def test_a_late_fix_is_told_to_its_owner_and_the_manager_once_a_week(marlow, promised):
    marlow.clock.forward(days=10)
    assert tell_who_looks_after_causes(marlow.clock.now) == 0, "the day is not over"
    marlow.clock.forward(days=3)
    assert tell_who_looks_after_causes(marlow.clock.now) == 1
    assert tell_who_looks_after_causes(marlow.clock.now) == 0
    told = Notice.objects.filter(about=promised.about, kind="cause", says__startswith="The day it was to be mended is over")
    assert {notice.to.name for notice in told} == {"Dana Okafor", "Ines Duarte"}
    promised.refresh_from_db()
    assert promised.is_late(marlow.clock.now)
    marlow.clock.forward(days=7)
    assert tell_who_looks_after_causes(marlow.clock.now) == 1
    assert Event.objects.filter(about=promised.about, kind="fix_late").count() == 2


def test_while_its_owner_is_away_whoever_stands_in_is_told(marlow, promised):
    now = marlow.clock.now
    Employee.objects.filter(pk=marlow.dana.pk).update(away_from=now, away_until=now + timedelta(days=60), stand_in=marlow.tom)
    marlow.clock.forward(days=13)
    tell_who_looks_after_causes(marlow.clock.now)
    told = Notice.objects.filter(about=promised.about, kind="cause", at=marlow.clock.now)
    assert {notice.to.name for notice in told} == {"Tom Reyes", "Ines Duarte"}


def test_a_new_day_in_time_leaves_nobody_told(marlow, promised, in_days):
    promise_fix(promised, NEW_ZIPS, on=in_days(30), by=marlow.dana, now=marlow.clock.now, why="The zips come later.")
    marlow.clock.forward(days=14)
    assert tell_who_looks_after_causes(marlow.clock.now) == 0


def test_our_word_to_one_customer_stands_in_the_ledger_by_the_close_of_that_day(marlow, promised, cold):
    one = Gathered.objects.get(case=cold[0])
    word = promise_word(one, now=marlow.clock.now)
    assert (word.by, word.case) == (cold[0].owner, cold[0])
    assert word.due_at.date() >= promised.fix_due_on and "zip" not in word.what
    with pytest.raises(Refusal, match="has our word already"):
        promise_word(one, now=marlow.clock.now)


def test_no_word_is_promised_without_a_day(marlow, gathered, cold):
    with pytest.raises(Refusal, match="no day"):
        promise_word(Gathered.objects.get(case=cold[0]), now=marlow.clock.now)


def test_whoever_has_our_word_is_written_to_when_the_day_moves(marlow, promised, cold, in_days):
    word = promise_word(Gathered.objects.get(case=cold[0]), now=marlow.clock.now)
    promise_fix(promised, NEW_ZIPS, on=in_days(30), by=marlow.dana, now=marlow.clock.now, why="The zips come later.")
    duty = Duty.objects.get(kind="fix_moved")
    assert (duty.case, duty.due_at) == (cold[0], word.due_at)
    word.refresh_from_db()
    assert word.is_open, "a new day that they have not heard of changes nothing"


def test_an_earlier_day_troubles_nobody(marlow, promised, cold, in_days):
    promise_word(Gathered.objects.get(case=cold[0]), now=marlow.clock.now)
    promise_fix(promised, NEW_ZIPS, on=in_days(5), by=marlow.dana, now=marlow.clock.now, why="They came early.")
    assert not Duty.objects.filter(kind="fix_moved").exists()


def test_what_is_mended_is_watched_for_its_weeks(marlow, promised):
    fix(promised, told_text="", by=marlow.dana, now=marlow.clock.now, untold=_everybody(promised))
    promised.refresh_from_db()
    assert promised.state == CauseState.WATCHED
    assert promised.check_due_at == marlow.clock.now + timedelta(weeks=6)
    with pytest.raises(Refusal, match="mended already"):
        fix(promised, told_text="Again.", by=marlow.dana, now=marlow.clock.now)


def _everybody(cause) -> list[int]:
    return list(Gathered.objects.filter(cause=cause).values_list("case__customer", flat=True))
