"""Within 20 seconds, or until their letter is posted, a person takes their words back, and finds them as a draft."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.cases.models import Message
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.promises.models import Promise
from kept.replies.drafting import save_draft
from kept.replies.models import Delivery, Draft
from kept.replies.on_paper import PAPER, keep_in_the_house
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def take_back(message: Message, *, by: Employee, now: datetime) -> Draft:
    """Nothing goes out; what it promised was never promised; the words are a draft again. Refuses once it is on its way."""
    if message.author_id != by.pk:
        raise Refusal(_("Only who wrote it can take it back."))
    call_back(message, by=by, now=now)
    return save_draft(
        message.case,
        message.text,
        by=by,
        now=now,
        kind=message.kind,
        medium=message.medium if message.medium in PAPER else "",
        saw_up_to=message.answers_up_to,
        saw_ours_up_to=message.pk,
    )


@transaction.atomic
def call_back(message: Message, *, by: Employee, now: datetime) -> None:
    """It stays in the house, whoever wrote it, and what it promised was never promised. Refuses once it is on its way."""
    unclaimed = Delivery.objects.filter(message=message, claimed_at__isnull=True, lease="", next_try_at__isnull=False)
    if not message.is_held or not (unclaimed.update(next_try_at=None) or keep_in_the_house(message, now=now)):
        raise Refusal(_("It has left the house already."))
    message.taken_back_at, message.is_held = now, False
    message.save(update_fields=["taken_back_at", "is_held"])
    Promise.objects.filter(said_in=message, is_held=True).update(taken_back_at=now, is_held=False, is_open=False)
    record(message.case.about, Happened.TAKEN_BACK, at=now, by=by, message=message.pk)
