"""Somebody saw a small thing: from that moment it is somebody's to see to, by a day and an hour."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.accounts.policies import default_calendar
from kept.cases.models import Case
from kept.lib.hours import add_working_days
from kept.lib.ids import new_id
from kept.lib.refusal import Refusal
from kept.observations.models import Observation
from kept.observations.photos import NO_PHOTO, Photo
from kept.people.models import Customer, Employee, House
from kept.people.presence import house, stand_in_for
from kept.people.telling import tell
from kept.places.models import Place, Touchpoint
from kept.text.themes import theme_of
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

WORKING_DAYS = 2
LONGEST = 2000


@transaction.atomic
def report(
    says: str,
    *,
    by: Employee | None = None,
    customer: Customer | None = None,
    touchpoint: Touchpoint | None = None,
    place: Place | None = None,
    told_on: Case | None = None,
    photo: Photo = NO_PHOTO,
    id: uuid.UUID | None = None,
    now: datetime,
) -> Observation:
    """Whoever leads there sees to it within two working days, and knows. Neither `by` nor `customer`: no name was left.

    `told_on`: the matter on which that customer is answered. `id` names this sending: the same again is the same small thing.
    """
    if id is not None and (known := Observation.objects.filter(public_id=id).first()) is not None:
        return known
    says = says.strip()[:LONGEST]
    if not says:
        raise Refusal(_("Say what you noticed."))
    place = place or (touchpoint.place if touchpoint else None)
    owner = who_sees_to(touchpoint, place, now=now)
    if owner is None:
        raise Refusal(_("Nobody is here yet who could see to it."))
    seen = Observation.objects.create(
        public_id=id or new_id(),
        says=says, photo=photo.content, photo_type=photo.type, place=place, touchpoint=touchpoint, theme=theme_of(says),
        seen_at=now, by=by, customer=customer, told_on=told_on, owner=owner, due_at=due_from(now),
    )  # fmt: skip
    record(seen.about, Happened.SMALL_THING_SEEN, at=now, by=by or customer, says=says[:120], owner=owner.known_as)
    if by is None or by.pk != owner.pk:
        tell(owner, _("A small thing for you to see to: %(what)s") % {"what": seen}, about=seen.about, kind="small_thing", at=now)
    return seen


def due_from(moment: datetime) -> datetime:
    """Two working days later, at the same hour."""
    return add_working_days(default_calendar().hours, moment, WORKING_DAYS)


def who_sees_to(touchpoint: Touchpoint | None, place: Place | None, *, now: datetime) -> Employee | None:
    """The touchpoint's manager, else the place's and of what it is part of, else the duty manager; a stand-in while away."""
    people = [person for person in _who_leads_there(touchpoint, place, house()) if person is not None and person.is_active]
    here = (stand_in_for(person, at=now) for person in people)
    return next((person for person in here if person is not None), people[0] if people else None)


def _who_leads_there(touchpoint: Touchpoint | None, place: Place | None, of_house: House) -> Iterator[Employee | None]:
    if touchpoint is not None:
        yield touchpoint.manager
    passed: set[int] = set()
    while place is not None and place.pk not in passed:
        yield place.manager
        passed.add(place.pk)
        place = place.parent
    yield of_house.duty_manager
    yield of_house.duty_owner
    yield of_house.head
