"""Tell an employee something: at the desk, and by mail."""

from __future__ import annotations

from datetime import datetime

from kept.due import ringing
from kept.people.models import Employee, Notice


def tell(
    employee: Employee, says: str, *, about: str, kind: str, at: datetime
) -> Notice:  # no event: the caller records what it is about
    """The employee sees it at the desk, and a mail to them is due."""
    notice = Notice.objects.create(
        to=employee, about=about, kind=kind, says=says, at=at, next_try_at=at if employee.email else None
    )
    ringing.wake(Notice)
    return notice


def has_seen(employee: Employee, *, about: str, at: datetime) -> int:  # no event: reading a notice changes nothing for a customer
    """What they were told about this counts as seen. Returns how many notices that were."""
    return Notice.objects.filter(to=employee, about=about, seen_at__isnull=True).update(seen_at=at)
