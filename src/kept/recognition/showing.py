"""Who can be chosen on the page of good words: the people of a place, or those this customer met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Q

from kept.cases.models import Case, Message, MessageKind
from kept.people.models import Customer, Employee
from kept.places.models import Place

MET_WITHIN = timedelta(days=60)
MOST = 24
"""More names than this on one page are a phone book, not a choice."""
BY_A_PERSON = (MessageKind.ANSWER, MessageKind.SIGN_OF_LIFE, MessageKind.ASKS_BACK)


@dataclass(frozen=True, slots=True)
class Met:
    """One of us whom a customer may choose, and when they last met, if they did."""

    person: Employee
    at: datetime | None = None
    medium: str = ""


def people_of(place: Place | None) -> list[Met]:
    """Who works at that place or at any part of it, and is listed; of the whole house where there is no place at all."""
    people = Employee.objects.filter(is_active=True, is_listed=True).order_by("name")
    if place is not None:
        people = people.filter(place__in=parts_of(place))
    elif Place.objects.exists():
        return []
    return [Met(person) for person in people[:MOST]]


def parts_of(place: Place) -> set[int]:
    """The place itself and all that is part of it, as keys."""
    found, edge = {place.pk}, {place.pk}
    while edge:
        edge = set(Place.objects.filter(parent__in=edge).exclude(pk__in=found).values_list("pk", flat=True))
        found |= edge
    return found


def people_met_by(customer: Customer, *, now: datetime) -> list[Met]:
    """Who of us wrote to this customer or spoke with them lately, the last first; only who is listed."""
    since = now - MET_WITHIN
    wrote = Message.objects.filter(case__customer=customer, is_theirs=False, kind__in=BY_A_PERSON, at__gte=since)
    sent = wrote.filter(is_held=False, taken_back_at__isnull=True, failed_at__isnull=True, author__isnull=False)
    rows = sent.values_list("author", "medium").annotate(last=Max("at")).order_by("last")
    by_author = {author: (medium, last) for author, medium, last in rows}
    owns = Case.objects.filter(customer=customer, last_word_at__gte=since).values("owner")
    people = Employee.objects.filter(Q(pk__in=by_author) | Q(pk__in=owns), is_active=True, is_listed=True)
    met = [_met(person, by_author.get(person.pk)) for person in people.order_by("name")]
    return sorted(met, key=lambda one: (one.at is None, -(one.at or since).timestamp()))[:MOST]


def _met(person: Employee, last: tuple[str, datetime] | None) -> Met:
    return Met(person, last[1], last[0]) if last else Met(person)


def chosen(met: Iterable[Met], public_id: str) -> Employee | None:
    """The one of these who was chosen; None for somebody else, or nobody."""
    return next((one.person for one in met if str(one.person.public_id) == public_id), None)
