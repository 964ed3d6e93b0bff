"""Somebody is told when a promised fix is late, and when it is time to look whether it came back."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kept.cases.escalating import whom_to_tell
from kept.causes.models import Cause, CauseState
from kept.people.models import House
from kept.people.presence import house
from kept.people.telling import tell
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

log = logging.getLogger(__name__)
BATCH = 100
AGAIN_AFTER = timedelta(days=7)
OWNER_ALONE, WITH_THE_MANAGER = 80, 100
"""Rungs of the ladder, for who is told."""


def tell_who_looks_after_causes(now: datetime) -> int:  # no event: remind_of records whom it told
    """Late fixes told their owner and the manager; fixes watched long enough told their owner, and a week later both."""
    told, of_house = 0, None
    due = Cause.objects.filter(tell_next_at__lte=now).order_by("tell_next_at", "id").values_list("pk", flat=True)
    for key in due[:BATCH]:
        of_house = of_house or house()
        try:
            told += remind_of(key, of_house=of_house, now=now)
        except Exception:
            log.exception("Nobody could be told about cause %s; it is tried again in an hour.", key)
            Cause.objects.filter(pk=key).update(tell_next_at=now + timedelta(hours=1))
    return told


@transaction.atomic
def remind_of(key: int, *, of_house: House, now: datetime) -> bool:
    """Whoever looks after it was told once, and again in a week as long as nothing changes. False: nothing was due any more."""
    owners = ("owner__team__manager", "owner__manager", "owner__stand_in")
    cause = Cause.objects.select_for_update(of=("self",)).select_related(*owners).get(pk=key)
    if cause.tell_next_at is None or cause.tell_next_at > now:
        return False
    is_watched = cause.state == CauseState.WATCHED
    level = OWNER_ALONE if is_watched and cause.told_times == 0 else WITH_THE_MANAGER
    people = whom_to_tell(cause.owner, level, of_house=of_house, at=now)
    names = ", ".join(person.known_as for person in people)
    for person in people:
        tell(person, _says(cause), about=cause.about, kind="cause", at=now)
    cause.tell_next_at, cause.told_times = now + AGAIN_AFTER, cause.told_times + 1
    cause.save(update_fields=["tell_next_at", "told_times"])
    if is_watched:
        record(cause, Happened.TIME_TO_LOOK, at=now, title=cause.title, told=names)
    else:
        record(cause, Happened.FIX_LATE, at=now, title=cause.title, told=names)
    return True


def _says(cause: Cause) -> str:
    if cause.state == CauseState.WATCHED:
        return _("Did it come back? Look, and say so in a sentence: %(title)s") % {"title": cause.title}
    if cause.fix_due_on is None:
        return _("It came back and has no new day yet: %(title)s") % {"title": cause.title}
    return _("The day it was to be mended is over: %(title)s") % {"title": cause.title}
