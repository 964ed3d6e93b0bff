"""Something was done about it, or it was said why it stays; whoever saw it hears what became of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.lib.refusal import Refusal
from kept.observations.models import Observation, ObservationState
from kept.people.models import Employee
from kept.people.telling import tell
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

LONGEST = 300
WITH = ("by", "owner", "touchpoint", "place", "told_on__owner", "told_on__customer")


def may_see_to(seen: Observation, employee: Employee) -> bool:
    """Its owner and everybody who leads others."""
    return employee.is_active and (employee.pk == seen.owner_id or employee.leads_others)


@transaction.atomic
def settle(seen: Observation, became: str, *, by: Employee, now: datetime, left: bool = False) -> Observation:
    """It is done, or stays as it is for this reason; whoever of us saw it has been told, in these very words."""
    seen = _locked(seen)
    became = became.strip()[:LONGEST]
    if not may_see_to(seen, by):
        raise Refusal(_("%(name)s sees to it, or somebody who leads.") % {"name": seen.owner.name})
    if seen.state != ObservationState.OPEN:
        raise Refusal(_("It is settled already: %(became)s") % {"became": seen.became})
    if not became:
        raise Refusal(_("Say why it stays as it is.") if left else _("Say what was done about it."))
    seen.state, seen.became = ObservationState.LEFT if left else ObservationState.DONE, became
    seen.settled_at, seen.settled_by = now, by
    seen.told_at = _tell_who_saw_it(seen, by=by, now=now)
    seen.save(update_fields=["state", "became", "settled_at", "settled_by", "told_at"])
    record(seen.about, Happened.SMALL_THING_LEFT if left else Happened.SMALL_THING_DONE, at=now, by=by, became=became)
    return seen


def _tell_who_saw_it(seen: Observation, *, by: Employee, now: datetime) -> datetime | None:
    """When they were told; None where we know nobody to tell: then it stands on the page of whoever left no name.

    A customer who left an address is told by the person who answers for their matter.
    """
    if seen.told_on is not None and seen.told_on.owner_id != by.pk:
        says = _("Tell %(name)s what became of what they noticed: %(became)s")
        what = {"name": seen.told_on.customer.known_as, "became": seen.became}
        tell(seen.told_on.owner, says % what, about=seen.told_on.about, kind="small_thing", at=now)
    if seen.by is None or not seen.by.is_active:
        return None
    if seen.by_id != by.pk:
        told = _("You noticed: “%(what)s” What became of it: %(became)s") % {"what": seen, "became": seen.became}
        tell(seen.by, told, about=seen.about, kind="small_thing", at=now)
    return now


@transaction.atomic
def hand_on(seen: Observation, *, to: Employee, by: Employee, now: datetime) -> Observation:
    """Somebody else sees to it by the same hour, and has been told."""
    seen = _locked(seen)
    if seen.state != ObservationState.OPEN:
        raise Refusal(_("It is settled already: %(became)s") % {"became": seen.became})
    if not to.is_active:
        raise Refusal(_("%(name)s has left; choose somebody who is here.") % {"name": to.name})
    if seen.owner_id == to.pk:
        return seen
    seen.owner = to
    seen.save(update_fields=["owner"])
    record(seen.about, Happened.SMALL_THING_HANDED_ON, at=now, by=by, owner=to.known_as)
    if to.pk != by.pk:
        tell(to, _("A small thing for you to see to: %(what)s") % {"what": seen}, about=seen.about, kind="small_thing", at=now)
    return seen


def _locked(seen: Observation) -> Observation:
    rows = Observation.objects.select_for_update(of=("self",)).select_related(*WITH)
    return rows.get(pk=seen.pk)
