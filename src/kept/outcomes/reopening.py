"""New words on a matter that had ended: it goes on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.cases.models import Case
from kept.people.telling import tell
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def reopen_if_ended(case: Case, *, now: datetime) -> bool:
    """The case is open again, with the owner told. What had settled its earlier words still settles them. True if it had ended."""
    if case.is_open or case.joined_into_id:
        return False
    case.is_open, case.ended_at, case.set_aside_at = True, None, None
    case.outcome = case.outcome_reason = ""
    case.owner_saw_at = None
    case.save(update_fields=["is_open", "ended_at", "set_aside_at", "outcome", "outcome_reason", "owner_saw_at"])
    record(case.about, Happened.REOPENED, at=now, by=case.customer, why=_("they wrote again"))
    tell(
        case.owner,
        _("%(name)s wrote again: %(case)s") % {"name": case.customer.known_as, "case": case},
        about=case.about,
        kind="reopened",
        at=now,
    )
    return True
