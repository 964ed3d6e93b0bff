"""Whoever a figure counts, met one by one: who it was, what they said, where to read on. Some at a time, read together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from kept.cases.models import Case, Message
from kept.numbers.members import Kind, Member
from kept.observations.models import Observation
from kept.people.models import Customer, Employee
from kept.promises.models import Promise
from kept.recognition.models import Recognition
from kept.surveys.behind import looks_after, may_know_who, may_read
from kept.surveys.models import Response

SHOWN: Final = 20
LONGEST: Final = 600


@dataclass(frozen=True, slots=True)
class Person:
    """One of them. `words` None: kept for who looks after it. `case`: the matter this reader may open."""

    member: Member
    who: str
    words: str | None
    about: str = ""
    case: Case | None = None

    @property
    def key(self) -> str:
        """As a page or a program names it."""
        return f"{self.member.kind}:{self.member.key}"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the page before ended."""

    at: datetime
    key: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.key}"

    @classmethod
    def read(cls, written: str) -> Spot:
        """The spot as it was written. Raises ValueError for what is none."""
        at, _dash, key = written.partition("_")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise ValueError(written)
        return cls(moment, int(key))


def some_of(members: Sequence[Member], *, after: Spot | None = None, most: int = SHOWN) -> tuple[list[Member], Spot | None]:
    """The next ones, and where they end if there are more. `members` stand the newest first, by moment and key."""
    left = [one for one in members if after is None or (one.at, one.key) < (after.at, after.key)]
    shown = left[:most]
    return shown, Spot(shown[-1].at, shown[-1].key) if len(left) > most else None


def meet(members: Iterable[Member], reader: Employee | None) -> list[Person]:
    """Each of them, in order, as far as this reader may know; a program that speaks for nobody: what is for everybody here."""
    members = list(members)
    by_kind: dict[Kind, list[Member]] = defaultdict(list)
    for one in members:
        by_kind[one.kind].append(one)
    known: dict[tuple[Kind, int], Person] = {}
    for kind, some in by_kind.items():
        known |= {(kind, person.member.key): person for person in MEETING[kind](some, reader)}
    return [known[one.kind, one.key] for one in members if (one.kind, one.key) in known]


def _cases(members: list[Member], reader: Employee | None) -> list[Person]:
    found = with_first_words(_open_to(reader)).select_related("customer", "owner").filter(pk__in=[one.key for one in members])
    cases = {case.pk: case for case in found}
    return [_on_case(one, cases[one.key], said_first(cases[one.key])) for one in members if one.key in cases]


def _open_to(reader: Employee | None) -> QuerySet[Case]:
    """The matters this reader may open."""
    return Case.objects.all() if reader is None else Case.objects.visible_to(reader)


def with_first_words(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The same, each with what they wrote first."""
    theirs = Message.objects.filter(case=OuterRef("pk"), is_theirs=True).order_by("id")
    return cases.annotate(said_first=Subquery(theirs.values("text")[:1]))


def said_first(case: Case) -> str:
    """What `with_first_words` found."""
    return getattr(case, "said_first", None) or ""


def _words(members: list[Member], reader: Employee | None) -> list[Person]:
    found = Message.objects.filter(pk__in=[one.key for one in members], case__in=_open_to(reader))
    rows = {row.pk: row for row in found.select_related("case__customer", "case__owner")}
    return [_on_case(one, rows[one.key].case, rows[one.key].text) for one in members if one.key in rows]


def _promises(members: list[Member], reader: Employee | None) -> list[Person]:
    found = Promise.objects.filter(pk__in=[one.key for one in members], case__in=_open_to(reader))
    rows = {row.pk: row for row in found.select_related("case__customer", "case__owner")}
    return [_promised(one, rows[one.key]) for one in members if one.key in rows]


def _promised(member: Member, made: Promise) -> Person:
    return Person(member, made.case.customer.known_as, shortened(made.quote or made.what), made.what, made.case)


def _on_case(member: Member, case: Case, words: str) -> Person:
    return Person(member, case.customer.known_as, shortened(words), case.subject, case)


def _responses(members: list[Member], reader: Employee | None) -> list[Person]:
    rows = Response.objects.select_related("customer", "owner", "case__owner", "case__customer").in_bulk(
        [one.key for one in members]
    )
    return [_answered(one, rows[one.key], reader) for one in members if one.key in rows]


def _answered(member: Member, row: Response, reader: Employee | None) -> Person:
    knows = may_know_who(row, reader)
    who = _nameless() if row.customer is None else row.customer.known_as if knows else _kept_back()
    opens = row.case if row.consent == "name" or (reader is not None and looks_after(row, reader)) else None
    words = shortened(row.words) if may_read(row, reader) or not row.words else None
    return Person(member, who, words, f"{row.score}", opens)


def _praise(members: list[Member], reader: Employee | None) -> list[Person]:
    keys = [one.key for one in members]
    rows = {row.pk: row for row in Recognition.objects.filter(pk__in=keys).select_related("employee", "customer", "case__owner")}
    return [_praised(one, rows[one.key], reader) for one in members if one.key in rows]


def _praised(member: Member, row: Recognition, reader: Employee | None) -> Person:
    theirs = reader is not None and reader.pk in (row.employee_id, row.manager_id, row.added_by_id)
    reads = theirs or row.consent in ("name", "anon") or (row.state == "looking" and reader is not None)
    who = (row.said_by or _nameless()) if theirs or row.consent == "name" else _kept_back()
    return Person(member, who, shortened(row.words) if reads else None, row.employee.known_as if row.employee else "")


def _seen(members: list[Member], reader: Employee | None) -> list[Person]:
    found = Observation.objects.all() if reader is None else Observation.objects.visible_to(reader)
    rows = found.select_related("by", "customer", "owner").in_bulk([one.key for one in members])
    return [
        Person(one, _who_saw(rows[one.key]), shortened(rows[one.key].says), rows[one.key].became)
        for one in members
        if one.key in rows
    ]


def _who_saw(row: Observation) -> str:
    return row.by.known_as if row.by else row.customer.known_as if row.customer else _nameless()


def _customers(members: list[Member], reader: Employee | None) -> list[Person]:
    keys = [one.key for one in members]
    people = Customer.objects.in_bulk(keys)
    cases = with_first_words(_open_to(reader)).filter(customer__in=keys, set_aside_at__isnull=True).order_by("pk")
    last = {case.customer_id: case for case in cases}
    return [_customer(one, people[one.key], last.get(one.key)) for one in members if one.key in people]


def _customer(member: Member, customer: Customer, case: Case | None) -> Person:
    words = shortened(said_first(case)) if case is not None else ""
    return Person(member, customer.known_as, words, case.subject if case is not None else "", case)


def shortened(words: str) -> str:
    """As much as a list can hold."""
    words = words.strip()
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]} …"


def _nameless() -> str:
    return _("Somebody without a name")


def _kept_back() -> str:
    return _("Name kept back at their wish")


MEETING: Final[dict[Kind, Callable[[list[Member], Employee | None], list[Person]]]] = {
    Kind.CASE: _cases,
    Kind.WORD: _words,
    Kind.PROMISE: _promises,
    Kind.RESPONSE: _responses,
    Kind.PRAISE: _praise,
    Kind.SEEN: _seen,
    Kind.CUSTOMER: _customers,
}
