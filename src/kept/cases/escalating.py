"""The ladder (R6): who is told when an answer does not come. Each rung is a row and is climbed once."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kept.cases.models import Case, Rung
from kept.cases.silence import LEVELS, rung_moment, save_due_times
from kept.lib.hours import BusinessHours, add_working_days
from kept.people.models import Employee, House
from kept.people.presence import house, manager_of, stand_in_for
from kept.people.telling import tell
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

log = logging.getLogger(__name__)
BATCH = 200
LAST = LEVELS[-1]


def escalate_the_overdue(now: datetime) -> int:
    """Every rung due by now is climbed, once. One bad case is pushed ahead and reported; it stalls nobody else."""
    due = Case.objects.filter(rung_due_at__lte=now).select_related("policy__calendar", "owner__team__manager", "owner__manager")
    climbed = 0
    of_house: House | None = None
    for case in due.order_by("rung_due_at", "id")[:BATCH]:
        of_house = of_house or house()
        try:
            climbed += climb(case, of_house=of_house, now=now)
        except Exception:
            log.exception("The ladder of %s could not be climbed; it is tried again in an hour.", case.about)
            Case.objects.filter(pk=case.pk).update(rung_due_at=now + timedelta(hours=1))
    return climbed


@transaction.atomic
def climb(case: Case, *, of_house: House, now: datetime) -> int:
    """All rungs that are due stand as rows, everybody they name was told once, and the next one has its moment."""
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
    save_due_times(case, "went_wrong")
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
    if level < LAST:
        following = LEVELS[LEVELS.index(level) + 1]
        return following, rung_moment(hours, since=since, due_at=due_at, level=following)
    days = level - LAST + 1
    return level + 1, add_working_days(hours, rung_moment(hours, since=since, due_at=due_at, level=LAST), days)


def whom_to_tell(owner: Employee, level: int, *, of_house: House, at: datetime) -> list[Employee]:
    """80 %: owner; 100 %: owner, stand-in and the manager named to the customer; 150 %: duty manager; beyond: the head of the house."""
    if level < 100:
        people: list[Employee | None] = [owner]
    elif level < 150:
        people = [owner, owner.stand_in, manager_of(owner, of_house=of_house, at=at)]
    elif level < LAST:
        people = [of_house.duty_manager]
    else:
        people = [of_house.head]
    there = [stand_in_for(person, at=at) or person for person in people if person is not None]
    return list({person.pk: person for person in there}.values())


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
