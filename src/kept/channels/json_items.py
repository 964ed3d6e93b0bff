"""Part of the base: what a server of public posts tells, as JSON objects within objects, read without trusting any of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from kept.channels.base import Unreadable
from kept.channels.cleaning import clean_line


def decoded(body: bytes) -> dict[str, Any]:
    """One JSON object. Raises Unreadable."""
    try:
        item = json.loads(body)
    except (ValueError, RecursionError) as trouble:
        raise Unreadable(f"This is not JSON: {trouble}") from None
    if not isinstance(item, dict):
        raise Unreadable("This is no notification.")
    return item


def part(item: Mapping[str, Any], name: str) -> dict[str, Any]:
    """An object in it. Raises Unreadable."""
    found = item.get(name)
    if not isinstance(found, dict):
        raise Unreadable(f'There is no "{name}" in it.')
    return found


def line(item: object, name: str) -> str:
    """A text or a number in it as one clean line, or empty."""
    value = item.get(name) if isinstance(item, dict) else None
    return clean_line(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def moment(written: str, reached_us_at: datetime) -> datetime:
    """When their server had it; never later than we did. The writer's own clock may say anything."""
    try:
        at = datetime.fromisoformat(written)
        return min(at if at.tzinfo else at.replace(tzinfo=UTC), reached_us_at)
    except (ValueError, OverflowError):
        return reached_us_at
