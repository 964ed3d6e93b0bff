"""A good word reaches employee and manager by mail, as a letter of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kept.due.claiming import claim
from kept.people.models import Notice
from kept.recognition.composing import compose
from kept.replies.telling_by_mail import AT_ONCE, house_mailbox, mail_together

NOTICE = "praise"
"""The kind of these notices."""


def mail_good_words(now: datetime, *, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Every good word due by now was mailed, one letter each. Returns how many went out."""
    due = claim(Notice.objects.filter(kind=NOTICE).select_related("to"), now=now, limit=AT_ONCE)
    account = house_mailbox() if due else None
    sent = 0
    for notice in due:
        if should_stop():
            break
        sent += mail_together([notice], account, compose, now=now)
    return sent
