"""After some weeks a person looks whether it came back; what is drawn opens onto the people, before and after."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.cases.models import Case
from kept.causes.checking import judge
from kept.causes.drawing import compared, hurt_by, people_of, weeks_around
from kept.causes.fixing import fix, promise_fix
from kept.causes.gathering import gather, let_go
from kept.causes.models import Cause, CauseState, Gathered
from kept.causes.reminding import tell_who_looks_after_causes
from kept.causes.tests.conftest import by_mail
from kept.lib.refusal import Refusal
from kept.people.models import Notice
from kept.timeline.models import Event


@pytest.fixture
def mended(marlow, gathered, in_days) -> Cause:
    promise_fix(gathered, "New zips", on=in_days(1), by=marlow.dana, now=marlow.clock.now)
    fix(gathered, told_text="The bags have new zips.", by=marlow.dana, now=marlow.clock.now)
    gathered.refresh_from_db()
    return gathered


def told(cause) -> list[str]:
    return [notice.to.first_name for notice in Notice.objects.filter(about=cause.about).order_by("id").select_related("to")]


def test_after_its_weeks_the_owner_is_told_to_look_and_a_week_later_the_manager_too(marlow, mended):
    marlow.clock.forward(weeks=5)
    assert tell_who_looks_after_causes(marlow.clock.now) == 0
    marlow.clock.forward(weeks=1)
    tell_who_looks_after_causes(marlow.clock.now)
    assert told(mended) == ["Dana"]
    marlow.clock.forward(weeks=1)
    tell_who_looks_after_causes(marlow.clock.now)
    assert told(mended) == ["Dana", "Dana", "Ines"]
    assert Event.objects.filter(about=mended.about, kind="time_to_look").count() == 2


def test_whoever_looked_says_in_a_sentence_that_it_held_and_is_left_in_peace(marlow, mended):
    marlow.clock.forward(weeks=6)
    judge(mended, held=True, says="Not one in six weeks.", by=marlow.dana, now=marlow.clock.now)
    mended.refresh_from_db()
    assert (mended.state, mended.check_says) == (CauseState.HELD, "Not one in six weeks.")
    marlow.clock.forward(weeks=9)
    assert tell_who_looks_after_causes(marlow.clock.now) == 0


def test_what_came_back_stands_in_our_way_again_until_it_has_a_new_day(marlow, mended, in_days):
    judge(mended, held=False, says="Three more this week.", by=marlow.ines, now=marlow.clock.now)
    mended.refresh_from_db()
    assert (mended.state, mended.fix_due_on) == (CauseState.BACK, None)
    marlow.clock.forward(days=7)
    assert tell_who_looks_after_causes(marlow.clock.now) == 1
    assert "no new day yet" in Notice.objects.filter(about=mended.about, to=marlow.dana).latest("id").says
    promise_fix(mended, "Other bags", on=in_days(9), by=marlow.dana, now=marlow.clock.now)
    mended.refresh_from_db()
    assert mended.state == CauseState.OPEN


@pytest.mark.parametrize("says", ["", "  ", "x" * 301])
def test_a_verdict_needs_one_sentence(marlow, mended, says):
    with pytest.raises(Refusal):
        judge(mended, held=True, says=says, by=marlow.dana, now=marlow.clock.now)


def test_nobody_judges_what_is_not_mended_nor_what_others_look_after(marlow, gathered, mended):
    with pytest.raises(Refusal, match="Dana Okafor"):
        judge(mended, held=True, says="Fine.", by=marlow.ben, now=marlow.clock.now)
    Cause.objects.filter(pk=mended.pk).update(state=CauseState.OPEN)
    with pytest.raises(Refusal, match="nothing to look at"):
        judge(mended, held=True, says="Fine.", by=marlow.dana, now=marlow.clock.now)


def test_each_week_counts_its_people_and_opens_onto_them(marlow, mended):
    marlow.clock.forward(days=8)
    late = by_mail(marlow, 9, "Cold again, the bag did not close.")
    gather(mended, late, by=marlow.dana, now=marlow.clock.now)
    weeks = weeks_around(mended, marlow.dana, now=marlow.clock.now)
    counts = {week.number: week.count for week in weeks}
    assert sum(count for number, count in counts.items() if number < 0) == 8
    assert (counts[0], counts[1]) == (0, 1) and max(counts) == 1, "weeks to come are not drawn"
    for week in weeks:
        assert people_of(mended, marlow.dana, week.number, now=marlow.clock.now).count() == week.count
    assert [week.is_over for week in weeks][-2:] == [True, False]


def test_what_fits_touchpoint_and_theme_counts_though_nobody_gathered_it_and_what_was_let_go_does_not(
    marlow, mended, delivery, cold
):
    marlow.clock.forward(days=2)
    fits = by_mail(marlow, 9, "Cold.")
    Case.objects.filter(pk=fits.pk).update(touchpoint=delivery, theme="cold_food")
    assert hurt_by(mended, marlow.dana).count() == 9
    let_go(Gathered.objects.get(case=cold[0]), by=marlow.dana, now=marlow.clock.now)
    assert hurt_by(mended, marlow.dana).count() == 8


def test_the_sum_takes_whole_weeks_only(marlow, mended):
    marlow.clock.forward(weeks=6)
    found = compared(weeks_around(mended, marlow.dana, now=marlow.clock.now))
    assert (found.before, found.after, found.weeks_after, found.looks) == (8, 0, 6, "held")


def test_before_any_fix_the_last_twelve_weeks_are_drawn(marlow, gathered):
    weeks = weeks_around(gathered, marlow.dana, now=marlow.clock.now)
    assert len(weeks) == 12 and sum(week.count for week in weeks) == 8
    assert not any(week.is_after for week in weeks)
    assert weeks[-1].begins == marlow.clock.now - timedelta(weeks=1)


def test_somebody_who_does_not_work_here_any_more_sees_nobody(marlow, gathered):
    marlow.tom.is_active = False
    assert not hurt_by(gathered, marlow.tom).exists()
