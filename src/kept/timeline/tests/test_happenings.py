"""What is written down in a code is read in words."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from kept.replies import acknowledging
from kept.timeline.happenings import WHY_NOT, Happened, sentence
from kept.timeline.recording import through


def test_why_nobody_was_acknowledged_is_told_in_words():
    said = sentence(Happened.NOT_ACKNOWLEDGED, {"why": "no_way_back"}, by_name="Kept")
    assert said == "Not acknowledged: there is no address to write to"


def test_a_persons_own_reason_stays_as_they_wrote_it():
    assert sentence(Happened.RESTED, {"why": "only thanks"}, by_name="Priya Nair").endswith("to rest: only thanks")


def test_each_reason_there_is_has_its_words():
    source = open(acknowledging.__file__, encoding="utf-8").read()  # noqa: PTH123, SIM115
    codes = set(re.findall(r'(?:return|else|if \w+ else|why = ) ?"([a-z_]+)"', source))
    assert {"no_way_back", "already_told"} <= codes
    assert codes <= set(WHY_NOT), codes - set(WHY_NOT)


def test_a_reader_of_german_reads_german():
    with translation.override("de"):
        assert "no_way_back" not in sentence(Happened.NOT_ACKNOWLEDGED, {"why": "no_way_back"}, by_name="Kept")


@pytest.mark.django_db
def test_what_a_program_did_names_the_program(marlow):
    from kept.timeline.recording import record

    with through("apitoken:7"):
        event = record("case:1", Happened.OPENED, at=marlow.clock.now)
    assert event.facts["through"] == "apitoken:7"
    assert "through" not in record("case:1", Happened.OPENED, at=marlow.clock.now).facts
