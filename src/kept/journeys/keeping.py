"""A map is drawn, changed and put away; what it said before can always be read again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.journeys.drawing import Drawn, checked, touchpoints_in
from kept.journeys.models import JourneyMap, MapVersion
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.places.models import Touchpoint
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def draw(name: str, drawn: object, *, by: Employee, now: datetime, began_with: str = "") -> JourneyMap:
    """There is a map of this name, and its first version says what was drawn; `by` looks after it."""
    name = _named(name)
    said = _known(checked(drawn))
    made = JourneyMap.objects.create(name=name, owner=by, made_at=now, began_with=began_with)
    MapVersion.objects.create(map=made, number=1, drawn=said, by=by, at=now)
    record(made, Happened.MAP_DRAWN, at=now, by=by, name=name)
    return made


@transaction.atomic
def redraw(
    found: JourneyMap,
    name: str,
    drawn: object,
    *,
    by: Employee,
    now: datetime,
    saw: int,
    what: str = "",
    began_with: str | None = None,
) -> MapVersion:
    """From now on the map says this; `saw`: the version it was changed from. The same once more makes no version.

    `began_with`: the story that began it, as "story:3"; None leaves it as it is.
    """
    if not may_change(found, by):
        raise Refusal(_("%(name)s looks after this map; ask them, or draw one of your own.") % {"name": found.owner.name})
    name = _named(name)
    said = _known(checked(drawn))
    JourneyMap.objects.select_for_update().get(pk=found.pk)
    last = latest(found)
    if last.number != saw:
        raise Refusal(
            _("%(name)s changed the map meanwhile. Yours is still below; look at theirs first.") % {"name": last.by.name}
        )
    began_with = found.began_with if began_with is None else began_with
    if said == last.drawn and name == found.name and began_with == found.began_with:
        return last
    found.name, found.began_with = name, began_with
    found.save(update_fields=["name", "began_with"])
    made = MapVersion.objects.create(map=found, number=last.number + 1, drawn=said, by=by, at=now, what=what[:200])
    record(found, Happened.MAP_CHANGED, at=now, by=by, name=name, what=what[:200] or _("a new version"))
    return made


@transaction.atomic
def retire(found: JourneyMap, *, by: Employee, now: datetime, again: bool = False) -> None:
    """It stands on no list any more, or, `again`, it does; nothing of it is lost."""
    if not may_change(found, by):
        raise Refusal(_("%(name)s looks after this map; ask them, or draw one of your own.") % {"name": found.owner.name})
    found.retired_at = None if again else now
    found.save(update_fields=["retired_at"])
    record(found, Happened.MAP_CHANGED, at=now, by=by, name=found.name, what=_("in use again") if again else _("put away"))


def may_change(found: JourneyMap, employee: Employee) -> bool:
    """Whoever looks after it, and managers."""
    return found.owner_id == employee.pk or employee.leads_others


def latest(found: JourneyMap) -> MapVersion:
    """What it says now."""
    return found.versions.select_related("by").order_by("-number")[0]


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refusal(_("Give the map a name."))
    if len(name) > 120:
        raise Refusal(_("The name is too long: at most 120 letters."))
    return name


def _known(drawn: Drawn) -> Drawn:
    """Only touchpoints that there are."""
    wanted = touchpoints_in(drawn)
    unknown = set(wanted) - set(Touchpoint.objects.filter(key__in=wanted).values_list("key", flat=True))
    if unknown:
        raise Refusal(_("There is no touchpoint “%(key)s” here. Add it first, or leave it empty.") % {"key": min(unknown)})
    return drawn
