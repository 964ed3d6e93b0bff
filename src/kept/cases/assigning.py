"""Who owns it? Always somebody, and somebody who will be there (R3)."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from kept.cases.models import Case
from kept.lib.hours import BusinessHours, next_opening
from kept.lib.refusal import Refusal
from kept.people.models import Customer, Employee, House
from kept.people.presence import stand_in_for
from kept.people.telling import tell
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

GREETING = re.compile(
    r"^\s*(dear|hello|hi|hey|good (morning|day|evening)|liebe[r]?|hallo|guten (tag|morgen)|sehr geehrte[r]?)\b", re.I
)


def choose_owner(
    customer: Customer, *, of_house: House, words: str, hours: BusinessHours, now: datetime
) -> tuple[Employee, str, int]:
    """Who answers a new matter, why, and how many unanswered cases they have already.

    The person this customer deals with; else the least loaded of those here when the house next opens; else the duty owner.
    Never somebody whom the words name.
    """
    when = next_opening(hours, now)
    load = unanswered_by_owner()
    there = [person for person in _at_the_desk() if not person.is_away(when) and not is_named(person, words)]
    usual = next((person for person in there if person.pk == customer.usual_owner_id), None)
    if usual is not None:
        return usual, _("looks after this customer"), load.get(usual.pk, 0)
    if there:
        least = min(there, key=lambda person: (load.get(person.pk, 0), person.pk))
        return least, _("has the most room"), load.get(least.pk, 0)
    duty = of_house.duty_owner
    if duty is None:
        raise Refusal(_("Nobody is here yet who could own a case: add an employee first."))
    acting = stand_in_for(duty, at=when) or duty
    return acting, _("is on duty"), load.get(acting.pk, 0)


def _at_the_desk() -> QuerySet[Employee]:
    return Employee.objects.filter(is_active=True, answers=True)


def unanswered_by_owner() -> dict[int, int]:
    """How many cases wait for each owner's answer."""
    rows = Case.objects.filter(silent_since__isnull=False).values_list("owner").annotate(Count("id")).order_by()
    return dict(rows)


def is_named(person: Employee, words: str) -> bool:
    """The words speak about this person; a greeting does not count."""
    first, _newline, rest = words.partition("\n")
    spoken = rest if GREETING.match(first) and len(first) < 60 else words
    spoken = spoken.casefold()
    names = {person.name.casefold(), person.known_as.casefold(), person.first_name.casefold()}
    return any(name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", spoken) for name in names)


@transaction.atomic
def assign(case: Case, *, to: Employee, by: Employee, now: datetime, why: str = "") -> None:
    """`to` owns the case and has been told; the clock and every promise run on."""
    if not case.is_open:
        raise Refusal(_("It has ended; nobody needs to own it."))
    if not to.is_active or not to.answers:
        raise Refusal(_("%(name)s does not answer customers here; choose somebody else.") % {"name": to.name})
    if case.owner_id == to.pk:
        return
    case.owner = to
    case.owner_saw_at = now if to.pk == by.pk else None
    case.save(update_fields=["owner", "owner_saw_at"])
    record(
        case.about,
        Happened.ASSIGNED,
        at=now,
        by=by,
        owner=to.known_as,
        why=why or _("handed over by %(name)s") % {"name": by.name},
    )
    if to.pk != by.pk:
        tell(to, _("%(by)s handed you: %(case)s") % {"by": by.name, "case": case}, about=case.about, kind="assigned", at=now)


def see(case: Case, *, by: Employee, now: datetime) -> bool:
    """The owner has opened it; True the first time. Drives no clock and no promise."""
    if case.owner_id != by.pk or case.owner_saw_at is not None:
        return False
    case.owner_saw_at = now
    case.save(update_fields=["owner_saw_at"])
    record(case.about, Happened.SEEN_BY_OWNER, at=now, by=by)
    return True


def hand_on_what_they_own(gone: Employee, *, by: Employee, now: datetime) -> int:
    """Every open case of somebody who leaves has another owner. Returns how many."""
    heir = stand_in_for(gone, at=now)
    if heir is None or heir.pk == gone.pk:
        heir = gone.stand_in or gone.manager or (gone.team.manager if gone.team else None)
    cases = list(Case.objects.open().filter(owner=gone))
    if cases and heir is None:
        raise Refusal(_("Say first who takes over what %(name)s owns.") % {"name": gone.name})
    for case in cases:
        assert heir is not None  # noqa: S101 - refused above
        assign(case, to=heir, by=by, now=now, why=_("%(name)s has left") % {"name": gone.name})
    return len(cases)
