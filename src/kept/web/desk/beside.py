"""What lies beside the words of a case: notes for us, what its owner has to do by hand, and the files that came or went."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet, Value

from kept.cases.models import Attached, Case, Duty, Note


@dataclass(frozen=True, slots=True)
class Beside:
    """One note (`at` it was written, by `author`) or one duty (`at` it is due, nobody's yet)."""

    pk: int
    says: str
    at: datetime
    author: int
    kind: str
    """Of a duty, which says what else can be done about it; empty for a note."""


@dataclass(frozen=True, slots=True)
class File:
    """One file of one message, as the line names it."""

    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class AllBeside:
    """Notes and open duties, each in the order of their time; the files by the key of their message."""

    notes: list[Beside]
    duties: list[Beside]
    files: dict[int, list[File]]


def beside(case: Case) -> AllBeside:
    """All of it; one query."""
    lists: dict[str, list[Beside]] = {"note": [], "duty": []}
    files: dict[int, list[File]] = defaultdict(list)
    for sort, pk, says, at, whose, kind in sorted(_rows(case), key=lambda row: (row[3], row[1])):
        if sort == "file":
            files[whose].append(File(pk, says))
        else:
            lists[sort].append(Beside(pk, says, at, whose, kind))
    return AllBeside(lists["note"], lists["duty"], files)


def _rows(case: Case) -> QuerySet[Note, tuple[Any, ...]]:
    notes = Note.objects.filter(case=case).values_list(Value("note"), "pk", "text", "at", "author_id", Value(""))
    duties = Duty.objects.filter(case=case, done_at__isnull=True)
    files = Attached.objects.filter(message__case=case)
    return notes.union(
        duties.values_list(Value("duty"), "pk", "says", "due_at", Value(0), "kind"),
        files.values_list(Value("file"), "pk", "name", F("message__at"), "message_id", Value("")),
        all=True,
    )
