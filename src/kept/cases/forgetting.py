"""They ask us to delete what we keep: a request to the owner, answered by a person (until erasure exists)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kept.cases.minding import give_duty
from kept.cases.models import Case
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

WITHIN = timedelta(days=28)
"""GDPR Art. 12: a month."""


@transaction.atomic
def ask_to_be_forgotten(case: Case, *, now: datetime) -> None:
    """Their wish is a duty of the owner with a due time, and stands in the history."""
    record(case.about, Happened.ERASURE_ASKED, at=now, by=case.customer, customer=case.customer.known_as)
    give_duty(case, "erase", _("They ask us to delete what we keep about them"), due_at=now + WITHIN, now=now)
