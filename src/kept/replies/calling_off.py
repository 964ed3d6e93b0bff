"""A question of Kept's that has become pointless before it left the house: they spoke, or we owe them something."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.cases.models import MessageKind
from kept.due.claiming import finish
from kept.promises.models import Promise
from kept.replies.models import Delivery
from kept.replies.waiting_for_them import open_question
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


def is_pointless(delivery: Delivery) -> bool:
    """It asks or reminds them while the next word is ours, or about what they have answered already."""
    message, case = delivery.message, delivery.message.case
    if message.kind == MessageKind.IS_THAT_SO:
        return case.is_open
    if message.kind not in {MessageKind.ASKING, MessageKind.REMINDER}:
        return False
    if not case.is_open or case.silent_since is not None or Promise.objects.owed().filter(case=case).exists():
        return True
    return message.kind == MessageKind.REMINDER and open_question(case) is None


@transaction.atomic
def call_off(delivery: Delivery, *, now: datetime) -> None:
    """It never goes out; the case says why."""
    finish(delivery)
    message = delivery.message
    message.taken_back_at = now
    message.save(update_fields=["taken_back_at"])
    why = _("by then the next word was ours")
    record(message.case.about, Happened.NOT_DELIVERED, at=now, address=delivery.identity.shown, why=why, message=message.pk)
