"""The places of the house and the points where customers meet us, each with its manager."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.places.models import Place, Touchpoint
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def add_place(
    name: str, *, slug: str = "", parent: Place | None = None, manager: Employee | None = None, by: Employee | None, now: datetime
) -> Place:
    """There is one more place; its slug is what its printed cards and links say."""
    name, slug = _name_of(name), _free_slug(slug or name, Place.objects.all(), "slug")
    place = Place.objects.create(name=name, slug=slug, parent=parent, manager=manager)
    record(place, Happened.PLACE_ADDED, at=now, by=by, name=name)
    return place


@transaction.atomic
def change_place(
    place: Place, *, name: str, slug: str, parent: Place | None, manager: Employee | None, by: Employee, now: datetime
) -> None:
    """The place is called, stands and is led so. Cards printed with an older slug lead to everybody from then on."""
    if parent is not None and place.pk in parent.and_above:
        raise Refusal(_("%(name)s cannot be part of itself.") % {"name": place.name})
    others = Place.objects.exclude(pk=place.pk)
    wanted = {
        "name": _name_of(name), "slug": _free_slug(slug or name, others, "slug"), "parent": parent, "manager": manager
    }  # fmt: skip
    changed = _change(place, wanted)
    if changed:
        record(place, Happened.PLACE_CHANGED, at=now, by=by, name=place.name, what=", ".join(changed))


@transaction.atomic
def add_touchpoint(
    name: str,
    *,
    key: str = "",
    place: Place | None = None,
    manager: Employee | None = None,
    customers_report: bool = False,
    by: Employee | None,
    now: datetime,
) -> Touchpoint:
    """There is one more point where customers meet us; `key` is what programs and lists call it."""
    name, key = _name_of(name), _free_slug(key or name, Touchpoint.objects.all(), "key")
    point = Touchpoint.objects.create(name=name, key=key, place=place, manager=manager, customers_report=customers_report)
    record(point, Happened.TOUCHPOINT_ADDED, at=now, by=by, name=name)
    return point


@transaction.atomic
def change_touchpoint(
    point: Touchpoint,
    *,
    name: str,
    key: str,
    place: Place | None,
    manager: Employee | None,
    customers_report: bool = False,
    by: Employee,
    now: datetime,
) -> None:
    """The touchpoint is called and led so, customers may report small things there or not; what was said of it stays with it."""
    others = Touchpoint.objects.exclude(pk=point.pk)
    wanted = {
        "name": _name_of(name), "key": _free_slug(key or name, others, "key"), "place": place, "manager": manager,
        "customers_report": customers_report,
    }  # fmt: skip
    changed = _change(point, wanted)
    if changed:
        record(point, Happened.TOUCHPOINT_CHANGED, at=now, by=by, name=point.name, what=", ".join(changed))


def _name_of(name: str) -> str:
    if not name.strip():
        raise Refusal(_("Say what it is called."))
    return name.strip()[:120]


def _free_slug(wanted: str, others: models.QuerySet[Place] | models.QuerySet[Touchpoint], field: str) -> str:
    slug = slugify(wanted)[:60]
    if not slug:
        raise Refusal(_("Give it a short name of letters and digits, for links and cards."))
    if others.filter(**{field: slug}).exists():
        raise Refusal(_("%(slug)s is taken; choose another short name.") % {"slug": slug})
    return slug


def _change(row: Place | Touchpoint, wanted: Mapping[str, object]) -> list[str]:  # no event: its caller records what changed
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    if changed:
        row.save(update_fields=changed)
    return changed
