"""The read-back beside the text: what to mend, and each promise with who keeps it and by when, as far as the writer chose."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from kept.cases.models import Case
from kept.lib.clock import now
from kept.lib.refusal import Doubt, Refusal
from kept.people.models import Employee
from kept.replies.addressing import SPOKEN
from kept.replies.checking import read_back
from kept.replies.sending import Reply, Said
from kept.text.promises import FoundPromise
from kept.web.desk.workroom import worker


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One promise as the form shows it. `due` is what the field holds, on the house's wall clock."""

    what: str
    quote: str
    due: str
    by: str
    is_ticked: bool
    is_certain: bool
    is_vague: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """What parts/readback.html shows."""

    doubts: tuple[Doubt, ...]
    promises: tuple[PromiseRow, ...]

    @property
    def to_mend(self) -> int:
        """How many things are left to look at before it goes."""
        return len(self.doubts)


def check(request: HttpRequest, case: Case, said: Reply) -> Checked:
    """The words read back; what the writer already chose for a promise stays chosen as long as its words stand."""
    me, zone = worker(request), ZoneInfo(case.policy.calendar.zone)
    has_files = bool(said.files) or request.POST.get("has_files") == "yes"
    found = read_back(
        case, said.text, kind=said.kind, now=now(), has_files=has_files, up_to=said.saw_up_to,
        is_spoken=said.medium in SPOKEN,
    )  # fmt: skip
    chosen = {row.quote: row for row in rows_posted(request.POST)}
    colleagues = list(Employee.objects.filter(is_active=True)) if any(one.who for one in found.promises) else []
    rows = (chosen.get(one.quote) or _proposed(one, me, colleagues, zone) for one in found.promises)
    return Checked(tuple(doubt for doubt in found.doubts if doubt.code != "empty"), tuple(rows))


def _proposed(found: FoundPromise, me: Employee, colleagues: list[Employee], zone: ZoneInfo) -> PromiseRow:
    keeper = next((one for one in colleagues if found.who and found.who.casefold() == one.first_name.casefold()), me)
    is_certain = found.kind == "firm" and found.due_at is not None
    due = found.due_at.astimezone(zone).strftime("%Y-%m-%dT%H:%M") if found.due_at else ""
    return PromiseRow(found.what, found.quote, due, str(keeper.public_id), is_certain, is_certain, found.is_vague)


def rows_posted(typed: QueryDict) -> list[PromiseRow]:
    """The promises as they stood in the form that was posted."""
    ticked = set(typed.getlist("promise"))
    return [
        PromiseRow(
            what=typed.get(f"promise_what_{index}", ""),
            quote=typed.get(f"promise_quote_{index}", ""),
            due=typed.get(f"promise_due_{index}", ""),
            by=typed.get(f"promise_by_{index}", ""),
            is_ticked=index in ticked,
            is_certain=f"promise_certain_{index}" in typed,
            is_vague=f"promise_vague_{index}" in typed,
        )
        for index in typed.getlist("promise_index")
    ]


def confirmed(typed: QueryDict, *, zone: str) -> tuple[Said, ...]:
    """The promises that stayed ticked, with who and by when as the writer left them. Refuses one without an hour."""
    return tuple(_said(row, zone) for row in rows_posted(typed) if row.is_ticked)


def _said(row: PromiseRow, zone: str) -> Said:
    due_at = in_zone(row.due, zone, or_else=_("Say by when you will keep: %(what)s") % {"what": row.what})
    return Said(what=row.what, due_at=due_at, by=employee_with(row.by), quote=row.quote)


def in_zone(typed: str, zone: str, *, or_else: str = "") -> datetime:
    """The moment of a datetime-local field on that zone's wall clock. Refuses what is none, in the words of `or_else`."""
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        raise Refusal(or_else or _("Say by when.")) from None


def employee_with(public_id: str) -> Employee | None:
    """The colleague behind an id out of a form; None where there is none."""
    try:
        return Employee.objects.filter(public_id=uuid.UUID(public_id), is_active=True).first()
    except ValueError:
        return None
