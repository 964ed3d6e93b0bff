"""When customers had their own page before them: said by a POST of the open page, never by a GET (decision 0016)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import models

from kept.cases.models import Case
from kept.lib.rows import Row

SAME_SITTING: Final = timedelta(hours=1)
"""A page opened again within it is the same look at it."""


class PageRead(Row):
    """A customer read their own page; `is_enough`: they pressed that it answers what they came for."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="page_reads")
    at = models.DateTimeField()
    is_enough = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="page_read_at"),
            models.Index(fields=["case", "-at"], name="page_read_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d %H:%M}"


def note_read(case: Case, *, now: datetime, is_enough: bool = False) -> bool:  # no event: nobody said or did anything
    """It is known that they read their page now; one sitting counts once, and what answered them once more. True if it is new."""
    lately = PageRead.objects.filter(case=case, at__gt=now - SAME_SITTING)
    if lately.filter(is_enough=True).exists() or (not is_enough and lately.exists()):
        return False
    PageRead.objects.create(case=case, at=now, is_enough=is_enough)
    return True
