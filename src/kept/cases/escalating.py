"""The ladder (R6): who is told when an answer does not come. Each rung is a row and is climbed once."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kept.cases.locking import locked
from kept.cases.models import Case, Rung
from kept.cases.silence import LAST, LEVELS, rung_moment
from kept.lib.hours import BusinessHours
from kept.people.models import Employee, House
from kept.people.presence import house, manager_of, stand_in_for
from kept.people.telling import tell
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

log = logging.getLogger(__name__)
BATCH = 200


def escalate_the_overdue(now: datetime) -> int:  # no event: climb records CLIMBED
    """Every rung due by now is climbed, once. One bad case is pushed ahead and reported; it stalls nobody else."""
    due = Case.objects.filter(rung_due_at__lte=now).order_by("rung_due_at", "id").values_list("pk", flat=True)
    climbed = 0
    of_house: House | None = None
    for pk in due[:BATCH]:
        of_house = of_house or house()
        try:
            climbed += climb(pk, of_house=of_house, now=now)
        except Exception:
            log.exception("The ladder of case:%s could not be climbed; it is tried again in an hour.", pk)
            Case.objects.filter(pk=pk).update(rung_due_at=now + timedelta(hours=1))
    return climbed


@transaction.atomic
def climb(pk: int, *, of_house: House, now: datetime) -> int:  # no event: _tell_all records CLIMBED
    """All rungs that are due stand as rows, everybody they name was told once, the next one has its moment. 1 if any was new."""
    case = locked(pk)
    if case.silent_since is None or case.answer_due_at is None or case.rung_due_at is None:
        return 0
    hours, since, due_at = case.policy.calendar.hours, case.silent_since, case.answer_due_at
    told: dict[int, Employee] = {}
    level, moment, highest = case.rung_level, case.rung_due_at, 0
    while moment <= now:
        if step_onto(case, "answer", since=since, level=level, now=now):
            highest = level
            told.update({person.pk: person for person in whom_to_tell(case.owner, level, of_house=of_house, at=now)})
        level, moment = next_rung(level, hours=hours, since=since, due_at=due_at)
    if highest >= 100:
        case.went_wrong = True
    case.rung_level, case.rung_due_at = level, moment
    case.save(update_fields=["rung_level", "rung_due_at", "went_wrong"])
    if highest:
        _tell_all(case, highest, told.values(), now)
    return 1 if highest else 0


def step_onto(
    case: Case, clock: str, *, since: datetime, level: int, now: datetime
) -> bool:  # no event: the climber records CLIMBED
    """True when nobody stood on this rung before."""
    try:
        with transaction.atomic():
            Rung.objects.create(case=case, clock=clock, since=since, level=level, at=now)
    except IntegrityError:
        return False
    return True


def next_rung(level: int, *, hours: BusinessHours, since: datetime, due_at: datetime) -> tuple[int, datetime]:
    """The rung after `level`, and when it is climbed: 80, 100, 150, 200 %, then each working day."""
    following = LEVELS[LEVELS.index(level) + 1] if level < LAST else level + 1
    return following, rung_moment(hours, since=since, due_at=due_at, level=following)


def whom_to_tell(owner: Employee, level: int, *, of_house: House, at: datetime) -> list[Employee]:
    """80 %: owner; 100 %: owner, stand-in and the manager named to the customer; 150 %: duty manager; beyond: the head."""
    people: list[Employee | None]
    if level < 100:
        people = [owner]
    elif level < 150:
        people = [owner, owner.stand_in, manager_of(owner, of_house=of_house, at=at)]
    elif level < LAST:
        people = [of_house.duty_manager]
    else:
        people = [of_house.head]
    there = [_somebody_there(person, of_house=of_house, at=at) for person in people if person is not None]
    return list({person.pk: person for person in there}.values())


def _somebody_there(person: Employee, *, of_house: House, at: datetime) -> Employee:
    """They themselves, who stands in for them, or whoever is above them; a telling that nobody hears is none."""
    return stand_in_for(person, at=at) or manager_of(person, of_house=of_house, at=at) or person


def _tell_all(case: Case, level: int, people: Iterable[Employee], now: datetime) -> None:
    says = (
        _("%(case)s: 80 %% of the time is gone") if level < 100 else _("%(case)s: the hour promised to the customer has passed")
    )
    if level >= 150:
        says = _("%(case)s: still no answer, long past the promised hour")
    names = []
    for person in people:
        names.append(person.known_as)
        tell(person, says % {"case": case}, about=case.about, kind="rung", at=now)
    record(case.about, Happened.CLIMBED, at=now, level=level, told=", ".join(names))
