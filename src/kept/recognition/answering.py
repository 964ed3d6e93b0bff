"""One line back from whom it is about; it goes to the customer if they wished for one (R10)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.cases.models import MessageKind
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.recognition.models import Recognition
from kept.recognition.telling_the_writer import line_back, write_to_them
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

LONGEST = 300


@transaction.atomic
def answer(recognition: Recognition, line: str, *, by: Employee, now: datetime) -> bool:
    """Their line stands with the praise. True when it is also on its way to the customer, who wished for one or still waits."""
    line = " ".join(line.split())
    if not line:
        raise Refusal(_("Write your line first."))
    if len(line) > LONGEST:
        raise Refusal(_("One line: at most %(most)d characters. Yours has %(has)d.") % {"most": LONGEST, "has": len(line)})
    rows = Recognition.objects.select_for_update(of=("self",)).select_related("case__owner", "case__account__brand", "employee")
    standing = rows.get(pk=recognition.pk)
    if standing.employee_id != by.pk or not standing.is_passed_on:
        raise Refusal(_("Only whom it is about answers it."))
    if standing.answered_at is not None:
        raise Refusal(_("You have answered it already."))
    standing.answer, standing.answered_at = line, now
    standing.save(update_fields=["answer", "answered_at"])
    record(standing.line, Happened.PRAISE_ANSWERED, at=now, by=by)
    recognition.refresh_from_db()
    return goes_back(standing) and write_to_them(standing, MessageKind.LINE_BACK, line_back, now=now) is not None


def goes_back(recognition: Recognition) -> bool:
    """The customer wished for a line, or the matter it came with is open still."""
    return recognition.wants_reply or (recognition.case is not None and recognition.case.is_open)
