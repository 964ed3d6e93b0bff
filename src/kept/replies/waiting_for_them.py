"""We asked them for something, and only they can go on (R5). Questions only; the reminding itself is in outcomes/."""

from __future__ import annotations

from datetime import datetime

from kept.cases.models import Case, Duty, Message, MessageKind
from kept.lib.hours import add_working_days

REMINDED_AFTER = (3, 10)
"""Working days after the question."""
THEN_ASKED_AFTER = 3
"""Working days after the last reminder."""
BY_HAND = "remind_by_hand"


def open_question(case: Case) -> Message | None:
    """What we asked back and have no word on: they have not spoken since, and we have answered nothing since."""
    ours = Message.objects.filter(case=case, is_theirs=False, delivered_at__isnull=False, failed_at__isnull=True)
    last = ours.filter(kind__in=[MessageKind.ANSWER, MessageKind.ASKS_BACK]).order_by("delivered_at", "id").last()
    if last is None or last.kind != MessageKind.ASKS_BACK:
        return None
    spoke = Message.objects.filter(case=case, is_theirs=True, id__gt=last.answers_up_to_id or 0)
    return None if spoke.exists() else last


def reminders_of(question: Message) -> int:
    """How many reminders of it reached them; one that the owner gave by hand is one too."""
    mailed = Message.objects.filter(case=question.case_id, kind=MessageKind.REMINDER, id__gt=question.pk)
    by_hand = Duty.objects.filter(case=question.case_id, kind=BY_HAND, done_at__gt=question.delivered_at)
    return mailed.filter(delivered_at__isnull=False, failed_at__isnull=True).count() + by_hand.count()


def reminder_due_at(case: Case, question: Message) -> datetime | None:
    """When they are reminded of it next; None after the last."""
    given = reminders_of(question)
    if given >= len(REMINDED_AFTER) or question.delivered_at is None:
        return None
    return add_working_days(case.policy.calendar.hours, question.delivered_at, REMINDED_AFTER[given])
