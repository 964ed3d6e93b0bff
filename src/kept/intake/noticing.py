"""What Kept notices in words that were just filed, in order. Noticing proposes and tells; it never blocks filing (R12)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from kept.cases.models import Message
from kept.cases.repeating import notice_repeat
from kept.intake.praising import notice_praise_in_answer
from kept.letters.reading import have_it_read
from kept.recognition.noticing import notice_praise
from kept.surveys.models import Response

log = logging.getLogger(__name__)
Noticer = Callable[..., object]
"""Called with the message and `now=`."""

NOTICERS: list[Noticer] = [have_it_read, notice_repeat, notice_praise]
ANSWER_NOTICERS: list[Noticer] = [notice_praise_in_answer]
"""Called with a survey's Response and `now=`, each time it changed. Words of it that became a message on a case are looked at as
that message; left for these are who helped them, and words that ask for nothing (`response.case_id` is None)."""


def notice_everything(message: Message, *, now: datetime) -> None:
    """Each noticer had its look, in a savepoint of its own: what one of them breaks, nobody else feels."""
    _each(NOTICERS, message, now=now)


def notice_answer(response: Response, *, now: datetime) -> None:
    """The same for an answer to a survey."""
    _each(ANSWER_NOTICERS, response, now=now)


def _each(noticers: Sequence[Noticer], filed: Message | Response, *, now: datetime) -> None:
    for notice in noticers:
        try:
            with transaction.atomic():
                notice(filed, now=now)
        except Exception:
            what = type(filed).__name__.lower()
            log.exception("%s could not look at %s %s; it is filed all the same.", notice.__name__, what, filed.pk)
