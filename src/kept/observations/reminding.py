"""A small thing whose hour has passed: its owner and their manager hear of it, once."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.observations.models import Observation
from kept.people.models import House
from kept.people.presence import house, manager_of
from kept.people.telling import tell
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

log = logging.getLogger(__name__)
BATCH = 100


def tell_of_small_things_that_wait(now: datetime) -> int:  # no event: remind_of records whom it told
    """Each late one was told of. Returns how many that were."""
    late = Observation.objects.open().filter(due_at__lte=now, reminded_at__isnull=True).order_by("due_at", "id")
    told, of_house = 0, None
    for key in late.values_list("pk", flat=True)[:BATCH]:
        of_house = of_house or house()
        try:
            told += remind_of(key, of_house=of_house, now=now)
        except Exception:
            log.exception("Nobody could be told that the small thing %s waits; it is tried again.", key)
    return told


@transaction.atomic
def remind_of(key: int, *, of_house: House, now: datetime) -> bool:
    """Owner and manager were told that it is late. False: it was settled or told meanwhile."""
    rows = Observation.objects.select_for_update(of=("self",)).select_related("owner__manager", "owner__team__manager")
    seen = rows.get(pk=key)
    if not seen.is_late(now) or seen.reminded_at is not None:
        return False
    manager = manager_of(seen.owner, of_house=of_house, at=now)
    people = [seen.owner, *([manager] if manager else [])]
    for person in people:
        says = _("Nobody has seen to it yet, and the hour is over: %(what)s") % {"what": seen}
        tell(person, says, about=seen.about, kind="small_thing", at=now)
    seen.reminded_at = now
    seen.save(update_fields=["reminded_at"])
    record(seen.about, Happened.SMALL_THING_LATE, at=now, told=", ".join(person.known_as for person in people))
    return True
