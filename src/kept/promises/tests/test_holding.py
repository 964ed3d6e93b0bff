"""What everybody was promised is held against one matter: kept, broken, or watched until its hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kept.cases.models import Case
from kept.lib.refusal import Refusal
from kept.promises.holding import hold, holding_for
from kept.promises.keeping import keep, renegotiate
from kept.promises.models import Promise
from kept.promises.standing import Terms, add_standing, change_standing
from kept.timeline.models import Event


@pytest.fixture
def hot(marlow):
    """Marlow's advert, which names no hour."""
    terms = Terms(says="A hot pizza, or your money back", since_on=marlow.clock.now.date(), where="the menu, page 1")
    return add_standing(terms, by=marlow.ines, now=marlow.clock.now)


@pytest.fixture
def soon(marlow):
    """Its guarantee, which names one."""
    terms = Terms("A person answers within four hours", marlow.clock.now.date(), said_in="guarantee", within_minutes=240)
    return add_standing(terms, by=marlow.ines, now=marlow.clock.now)


@pytest.fixture
def case(marlow, hot, soon):
    """John's cold pizza."""
    return marlow.john.mails("My pizza came cold.", is_proven=True)


def held(marlow, case, standing, became):
    return hold(case, standing, became=became, by=marlow.priya, now=marlow.clock.now)


def test_johns_cold_pizza_broke_the_advert_and_is_owed_until_it_is_made_good(marlow, case, hot):
    made = held(marlow, case, hot, "broken")
    assert (made.state, made.what, made.quote, made.by) == ("broken", hot.says, hot.says, case.owner)
    assert not made.names_hour
    case.refresh_from_db()
    assert case.went_wrong and Promise.objects.owed().filter(pk=made.pk).exists()
    keep(made, by=marlow.priya, now=marlow.clock.forward(hours=1))
    made.refresh_from_db()
    assert made.state == "kept_late"
    assert Event.objects.filter(about=case.about, kind="held_to", by=f"employee:{marlow.priya.pk}").count() == 1


def test_the_clock_breaks_what_named_an_hour_and_nobody_kept(marlow, case, soon):
    made = held(marlow, case, soon, "open")
    assert made.due_at == case.opened_at + timedelta(hours=4) and made.names_hour and made.state == "open"
    marlow.clock.forward(hours=5)
    marlow.works()
    made.refresh_from_db()
    assert made.state == "broken"


def test_said_to_be_kept_after_its_hour_nobody_knows_by_how_much_sooner(marlow, case, soon):
    marlow.clock.forward(hours=5)
    made = held(marlow, case, soon, "kept")
    assert made.state == "kept" and made.kept_at == made.due_at


def test_kept_before_its_hour_it_is_kept_early(marlow, case, soon):
    marlow.clock.forward(hours=1)
    made = held(marlow, case, soon, "kept")
    assert made.due_at - made.kept_at == timedelta(hours=3)


def test_a_new_hour_that_was_agreed_is_still_of_the_same_word(marlow, case, soon):
    made = held(marlow, case, soon, "open")
    told = marlow.answers(case, "I need until tomorrow.", by=marlow.priya, kind="sign_of_life")
    later = renegotiate(
        made, due_at=made.due_at + timedelta(days=1), by=marlow.priya, now=marlow.clock.now, told_in=case.messages.get(pk=told.pk)
    )
    assert later.standing == soon


@pytest.mark.parametrize(("name", "became", "hours", "says"), [
    ("hot", "open", 0, "names no hour"),
    ("soon", "open", 5, "hour has passed"),
])  # fmt: skip
def test_what_cannot_be_watched_is_refused_in_a_sentence(marlow, case, request, name, became, hours, says):
    marlow.clock.forward(hours=hours)
    with pytest.raises(Refusal, match=says):
        held(marlow, case, request.getfixturevalue(name), became)


def test_twice_on_one_matter_or_on_one_that_ended_is_refused(marlow, case, hot):
    held(marlow, case, hot, "kept")
    with pytest.raises(Refusal, match="already"):
        held(marlow, case, hot, "broken")
    Case.objects.update(is_open=False)
    with pytest.raises(Refusal, match="has ended"):
        held(marlow, case, hot, "broken")


def test_only_what_held_when_the_matter_began_and_for_its_kind_and_place_is_held_against_it(marlow, case, hot, soon):
    assert list(holding_for(case)) == [hot, soon]
    yesterday = marlow.clock.now.date() - timedelta(days=1)
    change_standing(hot, Terms(hot.says, yesterday, until_on=yesterday), by=marlow.ines, now=marlow.clock.now)
    change_standing(soon, replace(Terms(soon.says, yesterday), kind="praise"), by=marlow.ines, now=marlow.clock.now)
    assert list(holding_for(case)) == []
    with pytest.raises(Refusal, match="did not hold"):
        held(marlow, case, hot, "broken")


def test_only_an_admin_keeps_the_list_and_it_cannot_end_before_it_begins(marlow, hot):
    today = marlow.clock.now.date()
    with pytest.raises(Refusal, match="Only an admin"):
        add_standing(Terms("Free drinks", today), by=marlow.priya, now=marlow.clock.now)
    with pytest.raises(Refusal, match="before it begins"):
        change_standing(hot, Terms(hot.says, today, until_on=today - timedelta(days=1)), by=marlow.ines, now=marlow.clock.now)
    with pytest.raises(Refusal, match="Write what is promised"):
        add_standing(Terms(" ", today), by=marlow.ines, now=marlow.clock.now)
