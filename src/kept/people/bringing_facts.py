"""A list of what is known of customers, as a spreadsheet saves it: each column that is no address is a fact of that name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from django.db import transaction
from django.utils.translation import gettext as _

from kept.channels.base import Handle
from kept.channels.cleaning import clean_line
from kept.channels.handles import handles
from kept.lib.refusal import Refusal
from kept.lib.spreadsheets import cells_in, numbered
from kept.people.identifying import identify
from kept.people.learning import learn

MOST_ROWS: Final = 5000
NAMED: Final = {
    "email": ("email", "e-mail", "mail"),
    "external": ("external", "customer_id", "customer id", "kundennummer"),
    "name": ("name", "customer", "kunde", "kundin"),
}


@dataclass(frozen=True, slots=True)
class FactRow:
    """One row of the list, by its number in the file; `mistake` says why it cannot be used."""

    number: int
    who: str
    handles: tuple[Handle, ...]
    name: str
    facts: dict[str, str]
    mistake: str = ""


@dataclass(frozen=True, slots=True)
class BecameOfFacts:
    """What became of one row: known now, the same as before, or left out."""

    row: FactRow
    fate: Literal["changed", "same", "left_out"]


def read_facts(text: str) -> list[FactRow]:
    """Every row that has anything in it. Refuses what is no list, with one sentence."""
    rows = cells_in(text)
    called = {other: name for name, others in NAMED.items() for other in others}
    header = [called.get(cell.strip().lower(), cell.strip()) for cell in next(rows, [])]
    if not {"email", "external"} & set(header) or not [name for name in header if name and name not in NAMED]:
        raise Refusal(_("The first row must name the columns: email or external, and what is known of them."))
    return [_row(number, row) for number, row in numbered(rows, header, most=MOST_ROWS)]


def _row(number: int, row: dict[str, str]) -> FactRow:
    known, _rest = handles((kind, row.get(kind, "")) for kind in ("email", "external"))
    name = clean_line(row.get("name", ""), limit=200)
    who = name or clean_line(row.get("email") or row.get("external") or "", limit=200)
    facts = {column: value.strip() for column, value in row.items() if column and column not in NAMED}
    mistake = "" if known else _("needs an e-mail address or the number you know them by")
    return FactRow(number, who, known, name, facts, mistake)


@transaction.atomic
def take_facts(rows: Sequence[FactRow], *, now: datetime) -> list[BecameOfFacts]:
    """What each row tells is known of that customer, beside what was known. Told again, nothing changes."""
    return [_take(row, now=now) for row in rows]


def _take(row: FactRow, *, now: datetime) -> BecameOfFacts:
    if row.mistake:
        return BecameOfFacts(row, "left_out")
    customer, _identity = identify(row.handles, name=row.name, at=now)
    before = dict(customer.facts)
    learn(customer, row.facts, at=now)
    return BecameOfFacts(row, "same" if customer.facts == before else "changed")
