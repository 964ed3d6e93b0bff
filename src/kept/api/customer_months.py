"""A program tells what customers were worth, month by month; `dry_run` says what would become of it, and nothing changes."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import BaseModel, Field, StrictBool, StringConstraints

from kept.api.acting import in_one_piece
from kept.api.asking import Asked, Speaker
from kept.api.entering import token_of
from kept.api.values import Line
from kept.channels.handles import handles, name_with
from kept.lib import clock
from kept.lib.refusal import Refusal
from kept.numbers.importing import take_months, try_months
from kept.numbers.reading_months import MonthRow, Worth, currency_in, month_in, once

router = Router(tags=["metrics"])
router.add_decorator(in_one_piece)
MonthName = Annotated[str, StringConstraints(max_length=10, pattern=r"^\d{4}-\d{2}(-\d{2})?$")]
Currency = Annotated[Line, StringConstraints(max_length=3)]
Value = Annotated[Decimal, Field(max_digits=12, decimal_places=2)]


class MonthIn(Asked):
    """One customer's month, such as "2026-06". `active` false: they had left by the end of it."""

    customer: Speaker
    month: MonthName
    value: Value | None = None
    currency: Currency = ""
    active: StrictBool = True


class MonthsIn(Asked):
    """Some months, each customer's month once."""

    months: Annotated[list[MonthIn], Field(min_length=1, max_length=1000)]
    dry_run: StrictBool = False


class MonthBecame(BaseModel):
    """What became of one, in their order; `mistake` says why one was left out."""

    fate: Literal["new", "changed", "same", "left_out"]
    newcomer: bool
    mistake: str


class MonthsBecame(BaseModel):
    """What became of all of them, or would."""

    dry_run: bool
    items: list[MonthBecame]


@router.post("/customer-months", response=MonthsBecame)
def keep_customer_months(request: HttpRequest, told: MonthsIn) -> MonthsBecame:
    """Each month stands as told and replaces what was known of it; told again, nothing changes."""
    rows = once([_row(number, one) for number, one in enumerate(told.months, start=1)])
    token = token_of(request)
    became = try_months(rows) if told.dry_run else take_months(rows, by=token.employee, now=clock.now())
    items = [MonthBecame(fate=one.fate, newcomer=one.is_newcomer, mistake=one.row.mistake) for one in became]
    return MonthsBecame(dry_run=told.dry_run, items=items)


def _row(number: int, one: MonthIn) -> MonthRow:
    known, rest = handles(one.customer.identities)
    name = name_with(one.customer.name, rest)
    try:
        month, currency = month_in(one.month, now=clock.now()), currency_in(one.currency)
    except Refusal as mistake:
        return MonthRow(number, name, None, str(mistake))
    if not known:
        return MonthRow(number, name, None, _("needs an e-mail address or the number you know them by"))
    return MonthRow(number, name, Worth(known, name, month, one.value, currency, one.active))
