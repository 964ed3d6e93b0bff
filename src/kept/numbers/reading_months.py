"""A list of what customers were worth, as a spreadsheet saves it: words in, rows out, with what is wrong in each. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.translation import gettext as _

from kept.channels.base import Handle
from kept.channels.cleaning import clean_line
from kept.channels.handles import handles
from kept.lib.refusal import Refusal
from kept.lib.spreadsheets import cells_in, numbered

MOST_ROWS: Final = 5000
NAMED: Final = {
    "email": ("email", "e-mail", "mail"),
    "external": ("external", "customer_id", "customer id", "kundennummer"),
    "name": ("name", "customer", "kunde", "kundin"),
    "month": ("month", "monat"),
    "value": ("value", "revenue", "amount", "wert", "umsatz"),
    "currency": ("currency", "währung"),
    "active": ("active", "is_active", "aktiv"),
}
YES: Final = ("", "yes", "true", "1", "ja", "y", "j", "wahr")
NO: Final = ("no", "false", "0", "nein", "n", "falsch", "left")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})(?:-\d{1,2})?")
_WORTH: Final = Decimal("9999999999.99")


@dataclass(frozen=True, slots=True)
class Worth:
    """What is told of one customer's month."""

    handles: tuple[Handle, ...]
    name: str
    month_on: date
    value: Decimal | None
    currency: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One row of the list, by its number in the file. `told` None: it cannot be used, and `mistake` says why."""

    number: int
    who: str
    told: Worth | None
    mistake: str = ""


def read_months(text: str, *, now: datetime) -> list[MonthRow]:
    """Every row that has anything in it. Refuses what is no list, with one sentence."""
    rows = cells_in(text)
    called = {other: name for name, others in NAMED.items() for other in others}
    header = [called.get(cell.strip().lower(), "") for cell in next(rows, [])]
    if "month" not in header or not {"email", "external"} & set(header):
        raise Refusal(_("The first row must name the columns, among them month (2026-06) and email or external."))
    return once([_row(number, row, now=now) for number, row in numbered(rows, header, most=MOST_ROWS)])


def _row(number: int, row: dict[str, str], *, now: datetime) -> MonthRow:
    known, _rest = handles((kind, row.get(kind, "")) for kind in ("email", "external"))
    who = clean_line(row.get("name") or row.get("email") or row.get("external") or "", limit=200)
    try:
        told = Worth(
            known,
            clean_line(row.get("name", ""), limit=200),
            month_in(row.get("month", ""), now=now),
            worth_in(row.get("value", "")),
            currency_in(row.get("currency", "")),
            _is_active(row.get("active", "")),
        )
    except Refusal as mistake:
        return MonthRow(number, who, None, str(mistake))
    if not known:
        return MonthRow(number, who, None, _("needs an e-mail address or the number you know them by"))
    return MonthRow(number, who, told)


def month_in(written: str, *, now: datetime) -> date:
    """The first day of the month that is meant. Refuses what is none, and months to come."""
    found = _MONTH.fullmatch(written.strip())
    if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1990:
        raise Refusal(_("write the month as 2026-06"))
    month = date(int(found[1]), int(found[2]), 1)
    if month > now.date():
        raise Refusal(_("this month is still to come"))
    return month


def worth_in(written: str) -> Decimal | None:
    """An amount as people write it, 1234.50 or 1.234,50; None for nothing."""
    plain = re.sub(r"[\s'’]", "", written)
    if not plain:
        return None
    if re.fullmatch(r"-?(\d{1,3}(\.\d{3})+|\d+),\d{1,2}", plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise Refusal(_("write the value as a number, such as 49.90")) from None
    if not value.is_finite() or abs(value) > _WORTH or round(value, 2) != value:
        raise Refusal(_("write the value as a number, such as 49.90"))
    return value


def currency_in(written: str) -> str:
    """Three letters, or none."""
    code = written.strip().upper()
    if code and not re.fullmatch(r"[A-Z]{3}", code):
        raise Refusal(_("write the currency in three letters, such as GBP"))
    return code


def _is_active(written: str) -> bool:
    said = written.strip().lower()
    if said not in (*YES, *NO):
        raise Refusal(_("active is yes or no"))
    return said in YES


def once(rows: list[MonthRow]) -> list[MonthRow]:
    """A customer has each month once: a second row about it is left out."""
    seen: set[tuple[Handle, date]] = set()
    kept = []
    for row in rows:
        slots = {(handle, row.told.month_on) for handle in row.told.handles} if row.told is not None else set()
        kept.append(MonthRow(row.number, row.who, None, _("stands in this list twice")) if slots & seen else row)
        seen |= slots
    return kept
