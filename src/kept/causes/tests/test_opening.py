"""What stands in our way has a name, an owner who is told, and a place where the next one is gathered."""

from __future__ import annotations

import pytest

from kept.cases.models import Case
from kept.causes.gathering import gather, let_go, say_what_stood_in_the_way
from kept.causes.models import Cause, Gathered
from kept.causes.opening import change_cause, open_cause
from kept.lib.refusal import Refusal
from kept.people.changing import change_employee
from kept.people.models import Notice
from kept.timeline.models import Event


def test_who_is_asked_to_look_after_it_is_told_and_who_takes_it_is_not(marlow, delivery):
    taken = open_cause("The ovens are slow", owner=marlow.dana, by=marlow.dana, now=marlow.clock.now)
    given = open_cause("The bags do not close", owner=marlow.dana, by=marlow.ben, now=marlow.clock.now)
    assert not Notice.objects.filter(about=taken.about).exists()
    assert "The bags do not close" in Notice.objects.get(about=given.about, to=marlow.dana).says
    assert Event.objects.get(about=given.about, kind="cause_opened").facts["owner"] == "Dana Okafor"


@pytest.mark.parametrize("title", ["", "   ", "x" * 161])
def test_a_root_needs_a_few_words_for_a_name(marlow, title):
    with pytest.raises(Refusal):
        open_cause(title, owner=marlow.ines, by=marlow.ines, now=marlow.clock.now)
    assert not Cause.objects.exists()


def test_the_same_name_is_not_given_twice(marlow, zips):
    with pytest.raises(Refusal, match="there already"):
        open_cause("the BAGS do  not close", owner=marlow.ines, by=marlow.ines, now=marlow.clock.now)


def test_somebody_who_has_left_looks_after_nothing(marlow, zips):
    marlow.tom.is_active = False
    marlow.tom.save(update_fields=["is_active"])
    with pytest.raises(Refusal, match="Tom Reyes"):
        change_cause(zips, {"owner": marlow.tom}, by=marlow.ines, now=marlow.clock.now)
    with pytest.raises(Refusal, match="Tom Reyes"):
        open_cause("The van", owner=marlow.tom, by=marlow.ines, now=marlow.clock.now)


def test_handing_it_over_tells_the_new_one_and_says_what_changed(marlow, zips):
    change_cause(zips, {"owner": marlow.tom, "root": "The zips rust in the rain."}, by=marlow.dana, now=marlow.clock.now)
    zips.refresh_from_db()
    assert (zips.owner, zips.root) == (marlow.tom, "The zips rust in the rain.")
    assert Notice.objects.filter(to=marlow.tom, about=zips.about).count() == 1
    assert Event.objects.get(about=zips.about, kind="cause_changed").facts["what"] == "the root, who looks after it"


def test_changing_nothing_is_no_event(marlow, zips):
    change_cause(zips, {"title": zips.title, "root": ""}, by=marlow.dana, now=marlow.clock.now)
    assert not Event.objects.filter(kind="cause_changed").exists()


def test_only_its_owner_and_managers_change_it(marlow, zips):
    with pytest.raises(Refusal, match="Dana Okafor looks after this"):
        change_cause(zips, {"root": "Nobody cares."}, by=marlow.ben, now=marlow.clock.now)
    change_cause(zips, {"root": "Rust."}, by=marlow.ines, now=marlow.clock.now)


def test_one_word_on_a_case_gathers_it_and_begins_the_root(marlow, cold):
    found = say_what_stood_in_the_way(cold[0], "The zips of the bags", by=marlow.priya, now=marlow.clock.now)
    cause = found.cause
    assert (cause.owner, cause.touchpoint, cause.theme) == (marlow.dana, cold[0].touchpoint, "cold_food")
    assert (found.by, found.why) == (marlow.priya, "stood_in_my_way")
    again = say_what_stood_in_the_way(cold[1], "the zips of the bags", by=marlow.priya, now=marlow.clock.now)
    assert again.cause == cause
    assert Event.objects.filter(about=cold[0].about, kind="gathered").count() == 1


def test_where_nobody_leads_whoever_says_it_looks_after_it(marlow):
    case = marlow.mary.mails("The form has no field for my name.", subject="Form")
    assert say_what_stood_in_the_way(case, "The form", by=marlow.priya, now=marlow.clock.now).cause.owner == marlow.priya


def test_gathering_twice_changes_nothing(marlow, zips, cold):
    first = gather(zips, cold[0], by=marlow.priya, now=marlow.clock.now)
    marlow.clock.forward(days=1)
    second = gather(zips, cold[0], by=marlow.ben, now=marlow.clock.now)
    assert first == second and second.by == marlow.priya
    assert Event.objects.filter(kind="gathered").count() == 1


def test_a_joined_case_is_gathered_where_it_lives(marlow, zips, cold):
    Case.objects.filter(pk=cold[0].pk).update(joined_into=cold[1])
    cold[0].refresh_from_db()
    with pytest.raises(Refusal, match="joined"):
        gather(zips, cold[0], by=marlow.priya, now=marlow.clock.now)


def test_letting_go_is_written_down_and_can_be_undone_by_hand(marlow, zips, cold):
    one = gather(zips, cold[0], by=marlow.priya, now=marlow.clock.now)
    let_go(one, by=marlow.ben, now=marlow.clock.now)
    let_go(one, by=marlow.ben, now=marlow.clock.now)
    assert not Gathered.objects.taken().exists()
    assert Event.objects.filter(about=cold[0].about, kind="let_go").count() == 1
    gather(zips, cold[0], by=marlow.priya, now=marlow.clock.now)
    assert Gathered.objects.taken().get().case == cold[0]


def test_an_owner_who_changes_roles_still_owns_it(marlow, zips):
    change_employee(marlow.dana, {"role": "employee"}, by=marlow.ines, now=marlow.clock.now)
    marlow.dana.refresh_from_db()
    assert zips.may_change(marlow.dana)
