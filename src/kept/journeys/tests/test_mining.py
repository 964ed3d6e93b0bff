"""The ways that customers took are those that happened, whenever and however often one looks."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from kept.cases.assigning import assign
from kept.journeys.log import as_csv, as_xes, event_log, every_case
from kept.journeys.mining import _mine_batch, mine_ways, rebuild_ways
from kept.journeys.models import Followed, Walked
from kept.outcomes.hearing import hear
from kept.timeline.sealing import seal

XES = "{http://www.xes-standard.org/}"
KEPT = ("trace", "variant", "steps", "asked_twice", "switched", "told_again", "outcome", "began_by", "went", "up_to_event")


@pytest.fixture
def busy(marlow):
    """Three matters: one answered and happy, one that asked twice and moved, one that waits."""
    marlow.hires_the_others()
    happy = marlow.john.fills_in_the_form("Do you have pens that write upside down?")
    marlow.answers(happy, "Yes, at the counter.")
    hear(happy, "yes", now=marlow.clock.forward(hours=1))
    marlow.mary.mails("Sixteen boxes never came.", subject="Boxes", is_proven=True)
    marlow.clock.forward(hours=3)
    moved = marlow.mary.mails("Where are they?", subject="Boxes", is_proven=True)
    assign(moved, to=marlow.tom, by=marlow.ines, now=marlow.clock.forward(minutes=5))
    assert marlow.mary.is_written_down("phone", "Still no boxes.", by=marlow.tom)
    marlow.answers(moved, "They leave today.")
    marlow.grace.fills_in_the_form("Is the oven on?")
    seal()
    return marlow


def plainly() -> tuple[dict[str, str], Counter[tuple[str, str]]]:
    """An independent count: traces and what followed what, from the exported CSV and nothing else."""
    ways: dict[str, list[str]] = defaultdict(list)
    for line in csv.DictReader("".join(as_csv(event_log(every_case()))).splitlines()):
        ways[line["case"]].append(line["activity"])
    followed = Counter(pair for way in ways.values() for pair in pairwise(way))
    return {case: " > ".join(way) for case, way in ways.items()}, followed


def mined() -> tuple[dict[str, str], Counter[tuple[str, str]]]:
    ways = {str(one.case.public_id): one.trace for one in Walked.objects.select_related("case")}
    followed: Counter[tuple[str, str]] = Counter()
    for one in Followed.objects.all():
        followed[one.before, one.after] += one.count
    return ways, followed


def everything() -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    ways = Walked.objects.order_by("case").values_list("case", *KEPT, "first_at", "last_at", "seconds", "words", "answers")
    followed = Followed.objects.order_by("week_on", "before", "after").values_list(
        "week_on", "before", "after", "count", "seconds"
    )
    return list(ways), list(followed)


@pytest.mark.django_db
def test_what_was_mined_is_what_a_plain_count_of_the_log_says(busy):
    assert mine_ways(busy.clock.now) > 0
    assert mined() == plainly()
    assert Walked.objects.get(case__customer__name="John Adeyemi").trace.endswith("answered > ended/white")


@pytest.mark.django_db
def test_it_comes_to_the_same_in_small_bites_or_all_at_once(busy):
    looked_at = 0
    while (found := _mine_batch(looked_at, size=3))[0]:
        looked_at = found[1]
    bit_by_bit = everything()
    assert rebuild_ways()
    assert everything() == bit_by_bit


@pytest.mark.django_db
def test_what_was_looked_at_is_not_counted_twice(busy):
    mine_ways(busy.clock.now)
    before = everything()
    assert mine_ways(busy.clock.now) == 0
    assert everything() == before


@pytest.mark.django_db
def test_a_way_grows_with_what_happens(busy, walked):
    case = busy.samir.fills_in_the_form("Where is my pizza?")
    assert walked(case).outcome == ""
    busy.answers(case, "At your door.")
    assert walked(case).went == "there"
    hear(case, "unsolved", now=busy.clock.forward(hours=1))
    assert walked(case).outcome == "black"


@pytest.mark.django_db
def test_mary_asked_twice_moved_and_told_it_to_somebody_new(busy):
    mine_ways(busy.clock.now)
    way = Walked.objects.get(case__customer__name="Mary Whitcombe")
    assert (way.began_by, way.went, way.asked_twice, way.switched, way.told_again) == ("email", "again", 2, 1, 1)


@pytest.mark.django_db
def test_the_log_can_be_read_by_other_tools(busy):
    ways, _followed = plainly()
    log = ElementTree.fromstring("".join(as_xes(event_log(every_case()))))
    told = {}
    for trace in log.iter(f"{XES}trace"):
        told[_first(trace)] = " > ".join(_first(event) for event in trace.iter(f"{XES}event"))
    assert told == ways


def _first(element: ElementTree.Element) -> str:
    return next(element.iter(f"{XES}string")).attrib["value"]


@pytest.mark.django_db
def test_nobody_can_be_read_out_of_the_log(busy):
    text = "".join(as_csv(event_log(every_case()))) + "".join(as_xes(event_log(every_case())))
    assert "Mary" not in text
    assert "boxes" not in text


@pytest.mark.django_db
def test_a_long_list_of_cases_costs_two_questions_each_five_hundred(busy, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        assert list(event_log(every_case()))
