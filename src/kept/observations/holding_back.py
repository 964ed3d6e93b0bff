"""How many small things may come from one touchpoint without a name: enough for a busy counter, too few to bury somebody."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from kept.lib.refusal import Refusal
from kept.observations.models import Observation
from kept.places.models import Touchpoint

MOST, WITHIN = 20, timedelta(hours=1)


class TooMany(Refusal):
    """So many came from there within the hour; the words are told otherwise, or later."""


def hold_back(touchpoint: Touchpoint, *, now: datetime) -> None:
    """One more may come from there without one of us having said who they are. Raises TooMany."""
    lately = Observation.objects.filter(touchpoint=touchpoint, by__isnull=True, seen_at__gt=now - WITHIN)
    if lately[MOST - 1 : MOST].exists():
        raise TooMany(
            _("So many small things came from here within an hour that we look first. Tell one of us, or come back later.")
        )
