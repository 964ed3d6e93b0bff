"""What must always hold of what was given: a question for `./kept doctor` whose answer must be empty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from kept.remedies.models import Gift, GiftState

SLACK = timedelta(minutes=2)
MOST = 50


def what_was_given_stands_in_the_ledger(now: datetime) -> Iterator[str]:
    """I14: what was given is promised, what is done is kept, and a question past its hour was told to somebody above."""
    given = Gift.objects.filter(state__in=[GiftState.GIVEN, GiftState.DONE])
    for gift in given.filter(promise__isnull=True)[:MOST]:
        yield f"gift {gift.public_id} was given and promised to nobody"
    as_it_stands = Q(promise__replaced_by__isnull=True)
    for gift in given.filter(as_it_stands, state=GiftState.DONE, promise__kept_at__isnull=True)[:MOST]:
        yield f"gift {gift.public_id} is done and its promise is not kept"
    for gift in given.filter(as_it_stands, state=GiftState.GIVEN, promise__kept_at__isnull=False)[:MOST]:
        yield f"gift {gift.public_id} has a promise that was kept and is not done"
    asked = Gift.objects.filter(state=GiftState.ASKED, told_above_at__isnull=True, answer_due_at__lt=now - SLACK)
    for gift in asked[:MOST]:
        yield f"gift {gift.public_id}: somebody should have been told by {gift.answer_due_at}"
