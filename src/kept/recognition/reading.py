"""The person it is about reads it. That they did is told to its writer only if they show it (R10)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.people.telling import has_seen
from kept.recognition.models import Recognition
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def read(recognition: Recognition, *, by: Employee, now: datetime) -> bool:
    """What `by` was told about it counts as seen; True when it is about them and they opened it for the first time."""
    has_seen(by, about=recognition.about, at=now)
    if recognition.employee_id != by.pk or not recognition.is_passed_on or recognition.seen_at is not None:
        return False
    recognition.seen_at = now
    recognition.save(update_fields=["seen_at"])
    record(recognition.line, Happened.PRAISE_READ, at=now, by=by)
    return True


@transaction.atomic
def show_that_it_was_read(recognition: Recognition, *, shows: bool, by: Employee, now: datetime) -> None:
    """Its writer's page says that it was read, or no longer does."""
    if recognition.employee_id != by.pk:
        raise Refusal(_("Only whom it is about decides that."))
    if recognition.shows_read == shows:
        return
    recognition.shows_read = shows
    recognition.save(update_fields=["shows_read"])
    record(recognition.line, Happened.PRAISE_READ_SHOWN, at=now, by=by, shows=shows)
