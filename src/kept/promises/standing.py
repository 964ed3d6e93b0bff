"""What we promise to everybody: admins keep the list, so that it can be held against what happened on each case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.places.models import Place
from kept.promises.models import SaidWhere, StandingPromise
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

LONGEST: Final = 60 * 24 * 365
"""Minutes; what takes longer is no promise."""


@dataclass(frozen=True, slots=True)
class Terms:
    """All that an admin says about one of them."""

    says: str
    since_on: date
    said_in: str = SaidWhere.ADVERT
    where: str = ""
    within_minutes: int | None = None
    place: Place | None = None
    kind: str = ""
    until_on: date | None = None
    began_with: str = ""


@transaction.atomic
def add_standing(terms: Terms, *, by: Employee, now: datetime) -> StandingPromise:
    """Everybody who works here reads that this was promised to everybody, and may hold us to it on a case."""
    _refuse_what_cannot_be(terms, by=by)
    made = StandingPromise.objects.create(**_columns(terms))
    record(made.about, Happened.STANDING_ADDED, at=now, by=by, what=made.says)
    return made


@transaction.atomic
def change_standing(made: StandingPromise, terms: Terms, *, by: Employee, now: datetime) -> None:
    """It stands as `terms` say; what became of it on a case stays as it was."""
    _refuse_what_cannot_be(terms, by=by)
    changed = [name for name, value in _columns(terms).items() if getattr(made, name) != value]
    for name in changed:
        setattr(made, name, _columns(terms)[name])
    if changed:
        made.save(update_fields=changed)
        record(made.about, Happened.STANDING_CHANGED, at=now, by=by, what=made.says, changed=", ".join(changed))


def _columns(terms: Terms) -> dict[str, object]:
    known = {name: getattr(terms, name) for name in terms.__slots__}
    return {**known, "says": terms.says.strip(), "where": terms.where.strip()}


def _refuse_what_cannot_be(terms: Terms, *, by: Employee) -> None:
    if not by.is_admin:
        raise Refusal(_("Only an admin keeps the list of what everybody is promised."))
    if not terms.says.strip():
        raise Refusal(_("Write what is promised, as everybody can read it."))
    if terms.until_on is not None and terms.until_on < terms.since_on:
        raise Refusal(_("It cannot end before it begins."))
    if terms.within_minutes is not None and not 0 < terms.within_minutes <= LONGEST:
        raise Refusal(_("Its hour is between one minute and a year away."))
