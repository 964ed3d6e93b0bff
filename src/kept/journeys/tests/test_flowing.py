"""The flow: every person is in it once, and the picture says what the counts say."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from kept.journeys.flowing import ENDS, OPEN, WENT, flow_from
from kept.journeys.sankey import COLUMNS, drawing_of
from kept.journeys.variants import beginnings

ROWS = some.lists(
    some.tuples(
        some.sampled_from(["form", "email", "phone", "post", ""]),
        some.sampled_from(WENT),
        some.sampled_from(["" if end == OPEN else end for end in ENDS]),
        some.integers(1, 500),
    ),
    min_size=1,
    unique_by=lambda row: row[:3],
)


@given(ROWS)
def test_nobody_is_lost_between_the_first_word_and_the_end(rows):
    flow = flow_from(rows)
    assert flow.people == sum(n for *_way, n in rows) == sum(one.count for one in flow.lasts)
    for went in WENT:
        into = sum(one.count for one in flow.firsts if one.target == went)
        assert into == sum(one.count for one in flow.lasts if one.source == went)


@given(ROWS)
def test_every_bar_is_as_tall_as_its_people_and_none_lies_on_another(rows):
    flow = flow_from(rows)
    drawing = drawing_of(flow)
    for column in range(len(COLUMNS)):
        nodes = [node for node in drawing.nodes if node.column == column]
        assert sum(node.count for node in nodes) == flow.people
        for one, other in pairwise(nodes):
            assert one.y + one.height <= other.y + 0.01
        assert nodes[-1].y + nodes[-1].height <= drawing.height


@given(ROWS)
def test_the_bands_that_leave_a_bar_fill_it(rows):
    flow = flow_from(rows)
    for node in drawing_of(flow).nodes:
        if node.column < 2:
            leaving = flow.firsts if node.column == 0 else flow.lasts
            assert sum(one.count for one in leaving if one.source == node.key) == node.count


def test_red_is_drawn_on_top():
    bands = drawing_of(flow_from([("form", "again", "black", 3), ("form", "there", "white", 9)])).bands
    assert [band.stream.is_bad for band in bands] == [False, False, True, True]


def test_nobody_is_an_empty_picture():
    assert drawing_of(flow_from([])).nodes == []


def test_black_begins_where_more_ended_badly_than_without_that_step():
    rows = [
        (["wrote/form", "hour_gone", "answered", "ended/black"], True, 6),
        (["wrote/form", "hour_gone", "answered", "ended/white"], False, 2),
        (["wrote/form", "answered", "ended/white"], False, 20),
        (["wrote/form", "given", "answered", "ended/black"], True, 1),
    ]
    (found,) = beginnings(rows)
    assert (found.step, found.black, found.ended, found.black_without, found.ended_without) == ("hour_gone", 6, 8, 1, 21)


def test_a_step_that_few_people_had_says_nothing_yet():
    assert beginnings([(["wrote/form", "given", "ended/black"], True, 2), (["wrote/form", "ended/white"], False, 20)]) == []
