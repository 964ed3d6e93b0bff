"""Is anybody at work on what falls due? Each role writes its beat; whoever watches the machine reads them."""

from __future__ import annotations

from datetime import datetime, timedelta

from kept.due.models import Beat

WORK, CLOCK = "work", "clock"
EVERY = timedelta(seconds=10)
STILL_AFTER = timedelta(seconds=30)


def beat(role: str, *, at: datetime) -> None:
    """This role was alive at that moment, and the database took it."""
    Beat.objects.update_or_create(role=role, defaults={"at": at})


def standing_still(at: datetime) -> list[str]:
    """The roles that gave no sign of life lately; none when all is well."""
    alive = set(Beat.objects.filter(at__gte=at - STILL_AFTER).values_list("role", flat=True))
    return [role for role in (WORK, CLOCK) if role not in alive]
