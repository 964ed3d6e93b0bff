"""Who owns it? Always somebody, and somebody who will be there (R3)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from kept.cases.models import Case
from kept.cases.thanking import who_leads_the_thanked
from kept.lib.hours import BusinessHours, add_working, next_opening
from kept.lib.refusal import Refusal
from kept.people.models import Customer, Employee, House
from kept.people.presence import stand_in_for
from kept.people.telling import tell
from kept.places.models import Place
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

GREETING = re.compile(
    r"^\s*(dear|hello|hi|hey|good (morning|day|evening)|liebe[r]?|hallo|guten (tag|morgen)|sehr geehrte[r]?)\b", re.I
)


def choose_owner(
    customer: Customer,
    *,
    of_house: House,
    words: str,
    hours: BusinessHours,
    now: datetime,
    within: timedelta = timedelta(0),
    language: str = "",
    place: Place | None = None,
) -> tuple[Employee, str, int]:
    """Who answers a new matter, why, and how many unanswered cases they have already.

    The person this customer deals with, if here before the answer is due (`within` working time from now); else the least loaded
    of those here when the house next opens, who have the place and speak the language first; else whoever is on duty. Never
    somebody whom the words name, unless nobody else is left; where they plainly thank one of us, whoever leads that person.
    """
    opens, due_at = next_opening(hours, now), add_working(hours, now, within)
    load = unanswered_by_owner()
    if led := who_leads_the_thanked(words, of_house=of_house, opens=opens, due_at=due_at):
        leader, thanked = led
        return leader, _("leads %(name)s, whom these words thank") % {"name": thanked.known_as}, load.get(leader.pk, 0)
    others = [person for person in _at_the_desk() if not is_named(person, words)]
    usual = next((person for person in others if person.pk == customer.usual_owner_id), None)
    if usual is not None and usual.is_here_between(opens, due_at):
        return usual, _("looks after this customer"), load.get(usual.pk, 0)
    there = [person for person in others if not person.is_away(opens)]
    if there:
        least = min(there, key=lambda who: (_far_from(place, who), not who.speaks(language), load.get(who.pk, 0), who.pk))
        return least, _("has the most room"), load.get(least.pk, 0)
    on_duty = _on_duty(of_house, words=words, at=opens)
    return on_duty, _("is on duty"), load.get(on_duty.pk, 0)


def _far_from(place: Place | None, who: Employee) -> int:
    """0 for whoever has the place or something it is part of, 1 for whoever has none of their own, 2 for the others."""
    if place is None or who.place_id is None:
        return 1
    return 0 if who.place_id in place.and_above else 2


def _at_the_desk() -> QuerySet[Employee]:
    return Employee.objects.filter(is_active=True, answers=True)


def _on_duty(of_house: House, *, words: str, at: datetime) -> Employee:
    """The duty owner, a stand-in, or who is above them; rather somebody who is here and whom the words do not name."""
    if of_house.duty_owner is None:
        raise Refusal(_("Nobody is here yet who could own a case: add an employee first."))
    duty = of_house.duty_owner
    people = [stand_in_for(duty, at=at), duty, of_house.duty_manager, of_house.head, *_at_the_desk()]
    can = [person for person in people if person is not None and person.is_active and person.answers]
    return min(can, key=lambda person: (is_named(person, words), person.is_away(at)), default=duty)


def unanswered_by_owner() -> dict[int, int]:
    """How many cases wait for each owner's answer."""
    rows = Case.objects.filter(silent_since__isnull=False).values_list("owner").annotate(Count("id")).order_by()
    return dict(rows)


def unanswered_of(owner_id: int) -> int:
    """How many cases wait for this owner's answer."""
    return Case.objects.filter(silent_since__isnull=False, owner_id=owner_id).count()


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
    if to.is_away(now) and to.pk != by.pk:
        raise Refusal(_("%(name)s is away; hand it to somebody who is here.") % {"name": to.name})
    _hand_over(case, to=to, by=by, now=now, why=why or _("handed over by %(name)s") % {"name": by.name})


def _hand_over(case: Case, *, to: Employee, by: Employee, now: datetime, why: str) -> None:
    case.owner = to
    case.owner_saw_at = now if to.pk == by.pk else None
    case.save(update_fields=["owner", "owner_saw_at"])
    record(case.about, Happened.ASSIGNED, at=now, by=by, owner=to.known_as, why=why)
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


def hand_on_what_they_own(gone: Employee, *, of_house: House, by: Employee, now: datetime, why: str) -> int:
    """Every open case of somebody who no longer answers has another owner. Returns how many."""
    cases = list(Case.objects.open().filter(owner=gone).select_for_update())
    if not cases:
        return 0
    heir = _heir_of(gone, of_house=of_house, at=now)
    if heir is None:
        raise Refusal(_("Say first who takes over what %(name)s owns.") % {"name": gone.name})
    for case in cases:
        _hand_over(case, to=heir, by=by, now=now, why=why)
    return len(cases)


def _heir_of(gone: Employee, *, of_house: House, at: datetime) -> Employee | None:
    """Who takes over: a stand-in, the manager, whoever is on duty; rather one who is here than one who is away."""
    team_manager = gone.team.manager if gone.team else None
    duty = of_house.duty_owner
    acting = stand_in_for(duty, at=at) if duty else None
    people = [stand_in_for(gone, at=at), gone.stand_in, gone.manager, team_manager, acting, duty]
    can = [person for person in people if person is not None and person.pk != gone.pk and person.is_active and person.answers]
    return min(can, key=lambda person: person.is_away(at), default=None)
