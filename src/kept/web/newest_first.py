"""One page of a list, the newest first; `before=<key>` in the address goes on from there."""

from __future__ import annotations

from typing import TypeVar

from django.db import models
from django.http import HttpRequest

Row = TypeVar("Row", bound=models.Model)
_DIGITS = 18
"""The longest key that a database takes."""


def newest_first(rows: models.QuerySet[Row], request: HttpRequest, *, at_once: int) -> tuple[list[Row], int]:
    """At most `at_once` of them, and the key from which the next page goes on; 0 where this is the last."""
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) <= _DIGITS:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.order_by("-pk")[: at_once + 1])
    return found[:at_once], found[at_once - 1].pk if len(found) > at_once else 0
