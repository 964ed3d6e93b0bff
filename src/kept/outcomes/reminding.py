"""We asked, and only they can go on: reminded after 3 and 10 working days, and only then asked whether it is solved (R5)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kept.cases.minding import give_duty
from kept.cases.models import Case, Message, MessageKind
from kept.lib.hours import add_working_days
from kept.lib.refusal import Refusal
from kept.replies.addressing import best_address, sender_for
from kept.replies.mailing import mail
from kept.replies.waiting_for_them import BY_HAND, open_question, reminder_due_at
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


def wait_for_them(case: Case, *, now: datetime) -> datetime | None:  # no event: remind_of and the duty record what happens
    """While a question of ours is open they are reminded of it when that is due; by hand where no mail can go.

    When to look again; None when nothing was asked, or they were reminded often enough. Nothing may be owed to them.
    """
    question = open_question(case)
    due_at = reminder_due_at(case, question) if question else None
    if question is None or due_at is None:
        return None
    if now < due_at:
        return due_at
    try:
        remind_of(question, case, now=now)
    except Refusal as why:
        give_duty(case, BY_HAND, str(why), due_at=add_working_days(case.policy.calendar.hours, now, 1), now=now)
    return now + timedelta(days=1)


@transaction.atomic
def remind_of(question: Message, case: Case, *, now: datetime) -> Message:
    """A reminder of what we asked is on its way in the owner's name. It counts once delivered, and answers nothing."""
    identity, account = best_address(case), sender_for(case.account)
    if identity is None or account is None or not account.is_open:
        raise Refusal(_("They have not answered our question, and no mail can remind them: ring or write to them."))
    with translation.override(account.brand.language):
        text = _("I asked you something and cannot go on without your answer. One line is enough.")
    reminder = mail(case, MessageKind.REMINDER, text, to=identity, through=account, now=now)
    record(case.about, Happened.REMINDED, at=now, message=reminder.pk, question=question.pk)
    return reminder
