"""A good word reaches the person it is about and their manager, once, in full, in the customer's own words (R10)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.due import ringing
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.people.presence import house, manager_of
from kept.people.telling import tell
from kept.recognition.mailing import NOTICE
from kept.recognition.models import Recognition, RecognitionState
from kept.recognition.telling_the_writer import tell_the_writer
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

COLUMNS = ("state", "employee", "manager", "confirmed_by", "chosen_by_writer", "decided_at", "passed_on_at")


@transaction.atomic
def pass_on(recognition: Recognition, *, to: Employee, now: datetime, confirmed_by: Employee | None = None) -> None:
    """`to` and their manager have it, and a letter to each is due. Without `confirmed_by` its writer chose `to` themself."""
    if recognition.is_passed_on:
        raise Refusal(_("It was passed on already."))
    manager = manager_of(to, of_house=house(), at=now)
    recognition.state, recognition.employee, recognition.manager = RecognitionState.PASSED_ON, to, manager
    recognition.confirmed_by, recognition.chosen_by_writer = confirmed_by, confirmed_by is None
    recognition.decided_at = recognition.passed_on_at = now
    recognition.save(update_fields=COLUMNS)
    record(recognition.line, Happened.PRAISE_PASSED_ON, at=now, by=confirmed_by, to=to.known_as)
    quoted = {"words": recognition.words, "name": to.known_as}
    for reader, says in ((to, _("About you: “%(words)s”")), (manager, _("About %(name)s: “%(words)s”"))):
        if reader is not None and reader.is_active:
            tell(reader, says % quoted, about=recognition.about, kind=NOTICE, at=now)
    ringing.wake(Recognition)
    tell_the_writer(recognition, now=now)


@transaction.atomic
def printed(recognition: Recognition, *, by: Employee, now: datetime) -> None:
    """The card with these words was printed, for somebody who has no screen to read them on."""
    if not recognition.is_passed_on:
        raise Refusal(_("Say first who it was; then there is a card to print."))
    recognition.printed_at = now
    recognition.save(update_fields=["printed_at"])
    record(recognition.line, Happened.PRAISE_PRINTED, at=now, by=by)
