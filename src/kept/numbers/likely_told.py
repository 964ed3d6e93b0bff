"""How many people have likely been told: an estimate, and shown as one. Pure.

11 for somebody served well, 15 for somebody served badly: what people in the United States said of themselves in 2017 (American
Express Customer Service Barometer). Nobody was watched telling anybody.
"""

from __future__ import annotations

from typing import Final

from kept.numbers.facts import Facts, OneCase
from kept.numbers.members import Kind, Member

TOLD: Final = {"white": 11, "black": 15}
"""No word is neither: nobody is guessed to have told anybody."""


def likely_told(facts: Facts) -> list[Member]:
    """Everybody whose matter ended happy or not happy, once in each time, by how their last one ended."""
    last: dict[tuple[int, bool], OneCase] = {}
    for case in sorted(facts.ended, key=lambda one: (one.ended_at is not None, one.ended_at, one.key)):
        if case.outcome in TOLD and case.ended_at is not None:
            last[case.customer, facts.lens.holds(case.ended_at)] = case
    return [
        Member(Kind.CASE, case.key, case.ended_at, case.outcome, case.customer, float(TOLD[case.outcome]))
        for case in last.values()
        if case.ended_at is not None
    ]
