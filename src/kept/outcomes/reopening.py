"""New words on a matter that had ended: it goes on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.cases.assigning import choose_owner
from kept.cases.models import Case
from kept.people.presence import house
from kept.people.telling import tell
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def reopen_if_ended(case: Case, *, now: datetime, by: object = None, why: str = "") -> bool:
    """Open again, with an owner who is here and told. What had settled its earlier words still does. True if it had ended."""
    if case.is_open or case.joined_into_id:
        return False
    case.is_open, case.ended_at, case.set_aside_at = True, None, None
    case.outcome = case.outcome_reason = ""
    case.owner_saw_at = None
    case.save(update_fields=["is_open", "ended_at", "set_aside_at", "outcome", "outcome_reason", "owner_saw_at"])
    record(case.about, Happened.REOPENED, at=now, by=by or case.customer, why=why or _("they wrote again"))
    _owned_by_somebody_here(case, now=now)
    says = _("It goes on with %(name)s: %(case)s") % {"name": case.customer.known_as, "case": case}
    tell(case.owner, says, about=case.about, kind="reopened", at=now)
    return True


def _owned_by_somebody_here(case: Case, *, now: datetime) -> None:
    """Whoever owned it may have left since it ended (R3)."""
    if case.owner.is_active and case.owner.answers:
        return
    hours = case.policy.calendar.hours
    case.owner, why, _load = choose_owner(case.customer, of_house=house(), words="", hours=hours, now=now)
    case.save(update_fields=["owner"])
    record(case.about, Happened.ASSIGNED, at=now, owner=case.owner.known_as, why=why)
