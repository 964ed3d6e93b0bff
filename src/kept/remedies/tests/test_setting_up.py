"""Ines says what may be given to customers, and up to where."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kept.lib.refusal import Refusal
from kept.remedies.giving import give
from kept.remedies.models import Remedy
from kept.remedies.setting_up import Terms, add_remedy, change_remedy, retire, use_again
from kept.timeline.models import Event


@pytest.fixture
def terms(marlow) -> Terms:
    return Terms("your money back", marlow.ines, "GBP", limit_per_case=Decimal(20))


def test_it_may_be_given_from_then_on(marlow, terms):
    remedy = add_remedy(terms, by=marlow.ines, now=marlow.clock.now)
    assert (remedy.limit_per_case, remedy.limit_per_week, remedy.asks) == (Decimal(20), None, marlow.ines)
    assert Event.objects.get(kind="remedy_added").facts["name"] == "your money back"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": "  "}, "Say what is given"),
        ({"currency": "pounds"}, "three capital letters"),
        ({"limit_per_case": None}, "at least one limit"),
        ({"limit_per_case": Decimal(-1)}, "nothing or more"),
        ({"currency": "", "limit_per_case": Decimal("1.5")}, "whole pieces"),
        ({"answer_within_minutes": 0}, "at least one minute"),
        ({"done_within_minutes": 10**9}, "at least one minute"),
    ],
)
def test_terms_that_cannot_be_are_refused_in_words(marlow, terms, wrong, says):
    with pytest.raises(Refusal, match=says):
        add_remedy(replace(terms, **wrong), by=marlow.ines, now=marlow.clock.now)
    assert not Remedy.objects.exists()


def test_only_a_manager_is_asked_beyond_the_limits(marlow, terms):
    with pytest.raises(Refusal, match="Choose a manager"):
        add_remedy(replace(terms, asks=marlow.priya), by=marlow.ines, now=marlow.clock.now)


def test_only_a_manager_sets_it_up(marlow, terms):
    with pytest.raises(Refusal, match="Only a manager"):
        add_remedy(terms, by=marlow.priya, now=marlow.clock.now)
    remedy = add_remedy(terms, by=marlow.ines, now=marlow.clock.now)
    with pytest.raises(Refusal, match="Only a manager"):
        retire(remedy, by=marlow.priya, now=marlow.clock.now)


def test_a_change_is_recorded_by_what_changed_and_none_is_none(marlow, terms):
    remedy = add_remedy(terms, by=marlow.ines, now=marlow.clock.now)
    change_remedy(remedy, terms, by=marlow.ines, now=marlow.clock.now)
    change_remedy(remedy, replace(terms, limit_per_week=Decimal(99)), by=marlow.ines, now=marlow.clock.now)
    assert Event.objects.get(kind="remedy_changed").facts["what"] == "limit_per_week"


def test_what_was_given_keeps_its_currency(marlow, terms, case):
    remedy = add_remedy(terms, by=marlow.ines, now=marlow.clock.now)
    give(case, remedy, amount=Decimal(5), by=marlow.priya, now=marlow.clock.now)
    with pytest.raises(Refusal, match="Retire it"):
        change_remedy(remedy, replace(terms, currency="EUR"), by=marlow.ines, now=marlow.clock.now)


def test_what_is_retired_comes_back(marlow, terms):
    remedy = add_remedy(terms, by=marlow.ines, now=marlow.clock.now)
    retire(remedy, by=marlow.ines, now=marlow.clock.now)
    assert remedy.retired_at == marlow.clock.now
    use_again(remedy, by=marlow.ines, now=marlow.clock.now)
    remedy.refresh_from_db()
    assert remedy.retired_at is None
