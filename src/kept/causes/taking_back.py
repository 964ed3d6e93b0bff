"""Within 20 seconds somebody says that it is not mended after all; nobody was told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.cases.models import Message
from kept.causes.models import Cause, CauseState, Gathered
from kept.causes.opening import refuse_others
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.replies.sending import UNDO_WINDOW
from kept.replies.taking_back import call_back
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def take_back_fix(cause: Cause, *, by: Employee, now: datetime) -> int:
    """It is not mended after all: every mail that has not left is stopped, and it is open again. Refuses once any has left."""
    cause = Cause.objects.select_for_update(of=("self",)).select_related("owner").get(pk=cause.pk)
    refuse_others(cause, by)
    if cause.state != CauseState.WATCHED:
        raise Refusal(_("It is not mended yet."))
    if cause.fixed_at is None or now >= cause.fixed_at + UNDO_WINDOW:
        raise Refusal(_("It has left the house already. If it came back, say so below."))
    held = Message.objects.filter(pk__in=Gathered.objects.filter(cause=cause, told_in__isnull=False).values("told_in"))
    stopped = [call_back(message, by=by, now=now) for message in held.select_related("case").order_by("id")]
    Gathered.objects.filter(cause=cause, told_in__taken_back_at=now).update(told_in=None)
    Gathered.objects.filter(cause=cause).update(by_hand_from=None)
    cause.state, cause.fixed_at, cause.check_due_at, cause.tell_next_at = CauseState.OPEN, None, None, None
    cause.save(update_fields=["state", "fixed_at", "check_due_at", "tell_next_at"])
    record(cause, Happened.FIX_TAKEN_BACK, at=now, by=by, title=cause.title)
    return len(stopped)
