"""A list of who met us, tried first: what would become of each row; then taken in, each row as if a program had told it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kept.people.models import Employee, Identity
from kept.places.models import Touchpoint
from kept.surveys.admitting import UNSENT_FOR, ours_among, reasons, why_for
from kept.surveys.models import Invitation, InvitationState, Survey
from kept.surveys.reading_lists import Line
from kept.surveys.touching import NO_SURVEY, Met, Standing, met, occasion_at, surveys_at
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@dataclass(frozen=True, slots=True)
class Became:
    """What became of one row, or would. `standing` None: the row cannot be used. `is_new` False: it was in line before."""

    line: Line
    standing: Standing | None
    is_new: bool = True

    @property
    def waits(self) -> bool:
        """They are in line through this list."""
        return self.is_new and self.standing is not None and self.standing.state == InvitationState.WAITING


def try_list(touchpoint: Touchpoint, lines: Sequence[Line], *, now: datetime) -> list[Became]:
    """What would become of each row; nothing changes. A few queries however long it is."""
    return _Tried(touchpoint, lines, now=now).became()


class _Tried:
    """What is known before a list is looked at, read once for all its rows."""

    def __init__(self, touchpoint: Touchpoint, lines: Sequence[Line], *, now: datetime) -> None:
        self.touchpoint, self.lines, self.now = touchpoint, lines, now
        self.surveys = surveys_at(touchpoint)
        addresses = [handle.value for line in lines if line.told for handle in line.told.handles if handle.kind == "email"]
        found = Identity.objects.filter(kind="email", value__in=addresses).select_related("customer")
        self.people = {identity.value: identity.customer for identity in found}
        self.of_persons = reasons(set(self.people.values()), now=now)
        self.ours = ours_among(addresses)
        self.in_line = self._in_line()

    def _in_line(self) -> dict[str, Standing]:
        keys = [occasion_at(self.touchpoint, line.told.event_id) for line in self.lines if line.told is not None]
        rows = Invitation.objects.filter(survey__in=self.surveys, occasion_key__in=keys).order_by("state", "pk")
        return {row.occasion_key: Standing(row.state, row.why) for row in rows}

    def became(self) -> list[Became]:
        return [Became(line, None) if line.told is None else self._would(line, line.told) for line in self.lines]

    def _would(self, line: Line, told: Met) -> Became:
        if not self.surveys:
            return Became(line, NO_SURVEY)
        before = self.in_line.get(occasion_at(self.touchpoint, told.event_id))
        if before is not None:
            return Became(line, before, is_new=False)
        whys = [self._why(survey, told) for survey in self.surveys]
        why = "" if "" in whys else whys[0]
        return Became(line, Standing(InvitationState.NOT_ASKED if why else InvitationState.WAITING, why))

    def _why(self, survey: Survey, told: Met) -> str:
        address = next(handle.value for handle in told.handles if handle.kind == "email")
        customer = self.people.get(address)
        if customer is not None:
            why = why_for(survey, customer, self.of_persons, now=self.now)
        else:
            why = "staff" if address in self.ours else ""
        return why or ("too_late" if survey.eligible_at(told.at) + UNSENT_FOR <= self.now else "")


def take_list(touchpoint: Touchpoint, lines: Sequence[Line], *, by: Employee, now: datetime) -> list[Became]:
    """Each usable row is told like an event of a program, in a transaction of its own: nobody else waits for a long list."""
    before = {one.line.number: one for one in try_list(touchpoint, lines, now=now)}
    became = []
    for line in lines:
        if line.told is None:
            became.append(Became(line, None))
            continue
        standing = met(touchpoint, line.told, now=now)
        became.append(Became(line, standing, is_new=before[line.number].is_new))
    with transaction.atomic():
        waiting = sum(one.waits for one in became)
        record(touchpoint, Happened.LIST_TAKEN_IN, at=now, by=by, touchpoint=touchpoint.name, rows=len(lines), waiting=waiting)
    return became
