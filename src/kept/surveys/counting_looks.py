"""What machines looked at is put down by the clock, on the invitations and apart from every answer."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F

from kept.surveys.looking import LOOKS
from kept.surveys.models import Invitation

MOST_COUNTED: Final = 30_000
CHUNK: Final = 500


def count_machine_looks(now: datetime) -> int:  # noqa: ARG001 - every duty gets it  # no event: nobody said anything
    """What machines looked at stands on the invitations, apart from every answer. Returns how many looks."""
    found = LOOKS.take()
    by_count: dict[int, list[int]] = {}
    for invitation, looks in found.items():
        by_count.setdefault(min(looks, 1_000), []).append(invitation)
    for looks, invitations in by_count.items():
        for start in range(0, len(invitations), CHUNK):
            with transaction.atomic():
                some = Invitation.objects.filter(pk__in=invitations[start : start + CHUNK], machine_looks__lt=MOST_COUNTED)
                some.update(machine_looks=F("machine_looks") + looks)
    return sum(found.values())
