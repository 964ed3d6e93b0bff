"""The ways that customers took are those that happened, whenever and however often one looks."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import timedelta
from io import StringIO
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Max
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kept.cases.assigning import assign
from kept.demo.cast import MONDAY
from kept.journeys.activities import STEPS
from kept.journeys.log import as_csv, as_xes, event_log, every_case
from kept.journeys.mining import _mine_batch, mine_ways, rebuild_ways
from kept.journeys.models import Followed, Walked
from kept.outcomes.hearing import hear
from kept.timeline.models import Event
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


WORDS = st.sampled_from(["form", "email", "phone", "letter"])
HAPPENED: st.SearchStrategy[tuple[str, dict[str, str]]] = st.one_of(
    st.tuples(st.just("received"), st.builds(lambda medium: {"medium": medium}, WORDS)),
    st.tuples(st.just("replied"), st.builds(lambda sort: {"sort": sort}, st.sampled_from(["answer", "asks_back"]))),
    st.tuples(st.sampled_from(["assigned", "acknowledged", "taken_back", "rested", "reopened", "note"]), st.just({})),
    st.tuples(st.just("ended"), st.builds(lambda outcome: {"outcome": outcome}, st.sampled_from(["white", "black"]))),
)
HISTORY = st.lists(st.tuples(st.integers(0, 2), HAPPENED, st.integers(0, 9 * 86_400)), max_size=30)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=HISTORY, bite=st.integers(1, 7))
def test_whatever_happens_keeping_up_comes_to_the_same_as_counting_anew(three_matters, history, bite):
    with transaction.atomic():
        number, at = Event.objects.aggregate(last=Max("number"))["last"], MONDAY + timedelta(days=1)
        for which, (kind, facts), seconds in history:
            number, at = number + 1, at + timedelta(seconds=seconds)
            about = three_matters[which].about
            Event.objects.create(kind=kind, about=about, at=at, facts=facts, number=number, commitment=b"", chain=b"")
        looked_at = 0
        while (found := _mine_batch(looked_at, size=bite))[0]:
            looked_at = found[1]
        bit_by_bit = everything()
        rebuild_ways()
        assert everything() == bit_by_bit
        transaction.set_rollback(True)


@pytest.fixture
def three_matters(marlow):
    cases = [who.fills_in_the_form("Where is it?") for who in (marlow.john, marlow.mary, marlow.grace)]
    seal()
    return cases


@pytest.mark.django_db
def test_ways_that_went_wrong_are_mended_by_a_command(busy):
    mine_ways(busy.clock.now)
    right = everything()
    Walked.objects.filter(case__customer__name="Mary Whitcombe").update(trace="wrote/letter", words=1)
    Followed.objects.update(count=7)
    said = StringIO()
    call_command("ways", "--again", stdout=said)
    assert everything() == right
    assert said.getvalue() == f"{Event.objects.filter(about__startswith='case:', kind__in=list(STEPS)).count()} steps counted\n"
    call_command("ways", stdout=said)
    assert said.getvalue().endswith("\n0 steps counted\n")
