"""Did it come back? A person looks and says so in a sentence; the sum beside them only proposes (R12)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.causes.models import Cause, CauseState
from kept.causes.opening import refuse_others
from kept.causes.reminding import AGAIN_AFTER
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

LONGEST = 300


@transaction.atomic
def judge(cause: Cause, *, held: bool, says: str, by: Employee, now: datetime) -> None:
    """It held, or it came back, says `by`, and what they saw. What came back stands in our way again and needs a new day."""
    cause = Cause.objects.select_for_update(of=("self",)).select_related("owner").get(pk=cause.pk)
    refuse_others(cause, by)
    if cause.state not in {CauseState.WATCHED, CauseState.HELD}:
        raise Refusal(_("It is not mended yet; there is nothing to look at."))
    says = " ".join(says.split())
    if not says:
        raise Refusal(_("Say in one sentence what you saw."))
    if len(says) > LONGEST:
        raise Refusal(_("Say it in %(most)s letters.") % {"most": LONGEST})
    cause.state, cause.checked_at, cause.check_says = CauseState.HELD if held else CauseState.BACK, now, says
    cause.check_due_at, cause.told_times = None, 0
    cause.tell_next_at = None if held else now + AGAIN_AFTER
    cause.fix_due_on = cause.fix_due_on if held else None
    cause.save(update_fields=["state", "checked_at", "check_says", "check_due_at", "told_times", "tell_next_at", "fix_due_on"])
    if held:
        record(cause, Happened.CAUSE_HELD, at=now, by=by, title=cause.title, says=says)
    else:
        record(cause, Happened.CAUSE_BACK, at=now, by=by, title=cause.title, says=says)
