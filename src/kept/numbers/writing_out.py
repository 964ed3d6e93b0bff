"""A figure and its people as one list for a spreadsheet: neither ever goes without the other."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from kept.numbers.members import Member
from kept.numbers.metric import Reading
from kept.numbers.people_behind import Person, meet
from kept.numbers.wording import beside_before, how_sure, value_in_words
from kept.people.models import Employee

AT_ONCE: Final = 500
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def as_csv(reading: Reading, members: Sequence[Member], reader: Employee | None) -> Iterator[str]:
    """The figure with its definition on top, then everybody it counts, as far as this reader may know them; some at a time."""
    yield "\ufeff"
    yield _lines([*_figure(reading), [], [_("who"), _("when"), _("counts as"), _("amount"), _("their words"), _("key")]])
    for first in range(0, len(members), AT_ONCE):
        yield _lines(_row(reading, person) for person in meet(members[first : first + AT_ONCE], reader))


def _lines(rows: Iterable[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def _row(reading: Reading, person: Person) -> list[str]:
    one = person.member
    called = reading.metric.parts.get(one.part, one.part)
    amount = "" if one.amount is None else f"{one.amount:g}"
    words = _("kept for who looks after it") if person.words is None else person.words
    return [person.who, one.at.isoformat(), str(called), amount, words, person.key]


def _figure(reading: Reading) -> list[list[str]]:
    metric, figure = reading.metric, reading.figure
    value = value_in_words(metric, figure.value) or _("too few for a figure: people only")
    told = [how_sure(metric, figure), beside_before(metric, figure), reading.source]
    return [
        [str(metric.title), value, *(one for one in told if one)],
        [_("People"), str(figure.n)],
        [_("What it is"), str(metric.definition)],
        [_("Who is counted"), str(metric.population)],
        [_("Reopened"), str(metric.reopens)],
    ]


def safe(cell: str) -> str:
    """As it stands, and no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
