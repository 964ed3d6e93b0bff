"""Long lists a page at a time: a page begins after the last row of the one before, whatever came in meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, TypeVar

from django.core import signing
from django.db.models import DateTimeField, F, Model, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from pydantic import Field

from kept.api.problems import Wrong

Row = TypeVar("Row", bound=Model)
Limit = Annotated[int, Field(ge=1, le=200, description="How many at once.")]
Cursor = Annotated[str, Field(max_length=1000, description="`next` of the page before; opaque.")]
USUAL = 50
FAR = datetime(9999, 1, 1, tzinfo=UTC)
"""Stands for "never" where a list is sorted by a moment that may be missing."""


def or_never(column: str) -> Coalesce:
    """The moment in that column, or a moment after all others."""
    return Coalesce(F(column), Value(FAR, output_field=DateTimeField()))


def page(rows: QuerySet[Row], *, by: Sequence[str], cursor: str, limit: int) -> tuple[list[Row], str | None]:
    """At most `limit` rows after the cursor, and the cursor of the next page if there is one.

    `by` names columns or annotations that are never NULL, "-" for descending; the last one must be unique.
    """
    rows = rows.order_by(*by)
    if cursor:
        rows = rows.filter(_after(by, _read(cursor, by)))
    found = list(rows[: limit + 1])
    return found[:limit], _cursor(found[limit - 1], by) if len(found) > limit else None


def _after(by: Sequence[str], values: Sequence[object]) -> Q:
    later, same = Q(), Q()
    for name, value in zip(by, values, strict=True):
        column = name.removeprefix("-")
        later |= same & Q(**{f"{column}__{'lt' if name.startswith('-') else 'gt'}": value})
        same &= Q(**{column: value})
    return later


def _cursor(row: Model, by: Sequence[str]) -> str:
    values = [getattr(row, name.removeprefix("-")) for name in by]
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return _signer(by).sign_object(plain)


def _read(cursor: str, by: Sequence[str]) -> list[object]:
    try:
        plain = _signer(by).unsign_object(cursor)
    except (signing.BadSignature, ValueError):
        raise Wrong("cursor", _("this is no cursor of this list")) from None
    return [datetime.fromisoformat(value) if isinstance(value, str) else value for value in plain]


def _signer(by: Sequence[str]) -> signing.Signer:
    return signing.Signer(salt=f"kept.api.cursor:{','.join(by)}")
