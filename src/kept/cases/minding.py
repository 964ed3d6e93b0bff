"""What the owner must do by hand, with a due time, and notes that are only for us."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from kept.cases.models import Case, Duty, Note
from kept.cases.silence import save_due_times
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.people.telling import tell
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def give_duty(case: Case, kind: str, says: str, *, due_at: datetime, now: datetime) -> Duty:
    """The owner has this to do by hand; one of a kind at a time."""
    duty, is_new = Duty.objects.get_or_create(case=case, kind=kind, done_at=None, defaults={"says": says, "due_at": due_at})
    if is_new:
        record(case.about, Happened.DUTY_GIVEN, at=now, what=says, duty=duty.pk)
        tell(case.owner, f"{case}: {says}", about=case.about, kind="duty", at=now)
        mind(case)
    return duty


@transaction.atomic
def do_duty(duty: Duty, *, by: Employee | None, now: datetime) -> None:
    """It is done; the case's due times know."""
    if duty.done_at is not None:
        return
    duty.done_at, duty.done_by = now, by
    duty.save(update_fields=["done_at", "done_by"])
    record(duty.case.about, Happened.DUTY_DONE, at=now, by=by, what=duty.says)
    mind(duty.case)


def mind(case: Case) -> None:  # no event: derived
    """The case knows the earliest thing to do by hand."""
    case.duty_due_at = Duty.objects.filter(case=case, done_at__isnull=True).aggregate(due=Min("due_at"))["due"]
    save_due_times(case, "duty_due_at")


@transaction.atomic
def note(case: Case, text: str, *, by: Employee, now: datetime) -> Note:
    """Words only for us stand on the case."""
    text = text.strip()
    if not text:
        raise Refusal(_("Write what you want to remember."))
    made = Note.objects.create(case=case, author=by, text=text, at=now)
    record(case.about, Happened.NOTED, at=now, by=by, note=made.pk)
    return made


KINDS = ("question", "problem", "complaint", "praise", "idea", "request")


@transaction.atomic
def classify(case: Case, kind: str, *, by: Employee, now: datetime) -> None:
    """A person says what kind of matter it is."""
    if kind not in KINDS:
        raise Refusal(_("A kind is one of: %(kinds)s.") % {"kinds": ", ".join(KINDS)})
    case.kind = kind
    case.save(update_fields=["kind"])
    record(case.about, Happened.CLASSIFIED, at=now, by=by, what=kind)
