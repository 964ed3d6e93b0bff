"""What a customer says about one of us on the page made for it, as it is filed: whose matter it is, and the good word itself."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.utils.translation import gettext as _

from kept.cases.models import Message
from kept.channels.on_our_pages import AboutSomebody
from kept.people.models import Employee
from kept.people.presence import house, manager_of
from kept.places.models import Place
from kept.recognition.giving import say_a_good_word
from kept.recognition.models import Recognition
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


def who_hears_of(about: AboutSomebody, *, now: datetime) -> tuple[Employee, str] | None:
    """The manager of whoever it is about, never themself; None where nobody was chosen, or nobody is above them."""
    employee = somebody(about.who)
    manager = manager_of(employee, of_house=house(), at=now) if employee else None
    if employee is None or manager is None:
        return None
    return manager, _("it is about %(name)s") % {"name": employee.known_as}


def take_to_heart(message: Message, about: AboutSomebody, *, now: datetime) -> Recognition | None:
    """The matter is praise or a complaint, as its writer says; a good word is on its way to whom it is about."""
    case = message.case
    case.kind = "praise" if about.went_well else "complaint"
    case.place = Place.objects.filter(slug=about.place).first() if about.place else case.place
    case.save(update_fields=["kind", "place"])
    record(case.about, Happened.CLASSIFIED, at=now, by=case.customer, what=case.kind)
    return _good_word(message, about, now=now) if about.went_well else None


def _good_word(message: Message, about: AboutSomebody, *, now: datetime) -> Recognition:
    return say_a_good_word(
        about.words,
        employee=somebody(about.who),
        now=now,
        hint=about.hint,
        message=message,
        writer_name=message.case.customer.name,
        consent=about.consent,
        wants_reply=about.wants_reply,
        source=about.source,
    )


def somebody(public_id: str) -> Employee | None:
    """Whoever works here under this id; None for nobody, or somebody who has left."""
    try:
        wanted = uuid.UUID(public_id)
    except ValueError:
        return None
    return Employee.objects.select_related("team__manager", "manager").filter(public_id=wanted, is_active=True).first()
