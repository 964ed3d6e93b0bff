"""By which names our people are known: the roster that readers of customers' words look for."""

from __future__ import annotations

from kept.people.models import Employee
from kept.text.roster import Known, Roster, roster_of

COLUMNS = ("pk", "name", "public_name", "nicknames")


def roster() -> Roster:
    """Everybody who works here now. Read anew each time, in one query; what is made of it is kept as long as it is the same."""
    rows = Employee.objects.filter(is_active=True).order_by("pk").values_list(*COLUMNS)
    return roster_of(tuple(Known(key, name, public, nicknames) for key, name, public, nicknames in rows))
