"""The one statement that keeps an arrival, and gives a repeat the receipt of the first."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection

from kept.intake.models import Arrival, ArrivalState


@dataclass(frozen=True, slots=True)
class Row:
    """An arrival before it is a row."""

    receipt: uuid.UUID
    account_id: int
    key: str
    body: bytes
    body_file: str
    envelope: Mapping[str, str]
    reached_us_at: datetime
    state: str


def insert(cursor: Any, row: Row) -> tuple[uuid.UUID, int, bool]:
    """Receipt and id of this occurrence, and whether it is new; offered again it is counted and keeps its first receipt."""
    statement, fields = _statement()
    values = {
        "receipt": row.receipt,
        "account": row.account_id,
        "key": row.key,
        "body": row.body,
        "body_file": row.body_file,
        "envelope": dict(row.envelope),
        "reached_us_at": row.reached_us_at,
        "seen": 1,
        "state": row.state,
        "next_try_at": row.reached_us_at if row.state == ArrivalState.WAITING else None,
        "lease": "",
        "lease_until": None,
        "attempts": 0,
        "parked_at": None,
        "trouble": "",
    }
    cursor.execute(statement, [field.get_db_prep_save(values[field.name], connection) for field in fields])
    receipt, arrival_id, seen = cursor.fetchone()
    return receipt if isinstance(receipt, uuid.UUID) else uuid.UUID(receipt), arrival_id, seen == 1


@cache
def _statement() -> tuple[str, tuple[Any, ...]]:
    fields = tuple(field for field in Arrival._meta.concrete_fields if not field.primary_key)
    names = ", ".join(f'"{field.column}"' for field in fields)
    gaps = ", ".join("%s" for _field in fields)
    table = Arrival._meta.db_table
    return (
        f'INSERT INTO "{table}" ({names}) VALUES ({gaps}) '  # noqa: S608 - names of our own columns only
        f'ON CONFLICT ("account_id", "key") DO UPDATE SET "seen" = "{table}"."seen" + 1 RETURNING "receipt", "id", "seen"'
    ), fields
