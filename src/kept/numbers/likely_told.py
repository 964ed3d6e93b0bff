"""How many people have likely been told: an estimate, and shown as one. Pure.

How many for each stands in the house's settings, with where that is from; at first 11 for somebody served well and 15 for
somebody served badly, as people in the United States said of themselves in 2017. Nobody was watched telling anybody.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from kept.numbers.facts import Facts, OneCase
from kept.numbers.members import Kind, Member


def likely_told(facts: Facts) -> list[Member]:
    """Everybody whose matter ended happy or not happy, once in each time, by how their last one ended.

    No word is neither: nobody is guessed to have told anybody.
    """
    told = {"white": facts.house.told_if_good, "black": facts.house.told_if_bad}
    last: dict[tuple[int, bool], OneCase] = {}
    for case in sorted(facts.ended, key=lambda one: (one.ended_at is not None, one.ended_at, one.key)):
        if case.outcome in told and case.ended_at is not None:
            last[case.customer, facts.lens.holds(case.ended_at)] = case
    return [
        Member(Kind.CASE, case.key, case.ended_at, case.outcome, case.customer, float(told[case.outcome]))
        for case in last.values()
        if case.ended_at is not None
    ]


def where_from(facts: Facts) -> str:
    """That it is an estimate, of how many for each, and whose."""
    house = facts.house
    known = house.told_source or _("What people in the United States said of themselves in 2017 (Customer Service Barometer).")
    says = _("An estimate: %(good)d people told of each good ending, %(bad)d of each bad one. Nobody was asked here.")
    return f"{says % {'good': house.told_if_good, 'bad': house.told_if_bad}} {known}"
