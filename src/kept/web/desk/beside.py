"""What lies beside the words of a case: notes for us, and what its owner has to do by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Value

from kept.cases.models import Case, Duty, Note


@dataclass(frozen=True, slots=True)
class Beside:
    """One note (`at` it was written, by `author`) or one duty (`at` it is due, nobody's yet)."""

    sort: str
    pk: int
    says: str
    at: datetime
    author: int
    kind: str
    """Of a duty, which says what else can be done about it; empty for a note."""


def beside(case: Case) -> tuple[list[Beside], list[Beside]]:
    """The notes and the open duties, each in the order of their time; one query for both."""
    notes = Note.objects.filter(case=case).values_list(Value("note"), "pk", "text", "at", "author_id", Value(""))
    open_duties = Duty.objects.filter(case=case, done_at__isnull=True)
    duties = open_duties.values_list(Value("duty"), "pk", "says", "due_at", Value(0), "kind")
    found = sorted((Beside(*row) for row in notes.union(duties, all=True)), key=lambda one: (one.at, one.pk))
    return [one for one in found if one.sort == "note"], [one for one in found if one.sort == "duty"]
