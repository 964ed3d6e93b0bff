"""What Kept notices in words that were just filed, in order. Noticing proposes and tells; it never blocks filing (R12)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from kept.cases.models import Message

log = logging.getLogger(__name__)
Noticer = Callable[..., object]
"""Called with the message and `now=`."""

NOTICERS: list[Noticer] = []


def notice_everything(message: Message, *, now: datetime) -> None:
    """Each noticer had its look, in a savepoint of its own: what one of them breaks, nobody else feels."""
    for notice in NOTICERS:
        try:
            with transaction.atomic():
                notice(message, now=now)
        except Exception:
            log.exception("%s could not look at message %s; it is filed all the same.", notice.__name__, message.pk)
