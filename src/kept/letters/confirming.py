"""A person looks at the paper and says what it says: only then is an address somebody's, or a letter a known customer's (R2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kept.cases.confirming import one_person
from kept.cases.locking import locked
from kept.cases.models import Case
from kept.channels.cleaning import clean_line
from kept.channels.handles import handles
from kept.letters.models import LetterReading
from kept.lib.refusal import Refusal
from kept.people.identifying import LONGEST_NAME
from kept.people.locating import one_line, write_down_address
from kept.people.models import Customer, Employee, Identity
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

YES, NO = "yes", "no"
LONGEST = 320
NAMES: Final[dict[str, str | Lazy]] = {
    "name": gettext_lazy("Who wrote it"),
    "address": gettext_lazy("Postal address"),
    "phone": gettext_lazy("Phone"),
    "email": gettext_lazy("E-mail"),
    "order": gettext_lazy("Order or reference"),
    "date": gettext_lazy("Day on the letter"),
}


@transaction.atomic
def confirm_fact(reading: LetterReading, number: int, *, value: str, by: Employee, now: datetime) -> None:
    """The paper says so, says `by`, who may have mended it; what identifies its writer is theirs from now on."""
    reading, fact = _locked(reading, number)
    case = locked(reading.file.message.case_id)
    kept = _KEPT[fact["kind"]](case, clean_line(value, limit=LONGEST), by=by, now=now)
    _decide(reading, number, state=YES, said=kept, by=by.pk, at=now.isoformat())
    what = f"{NAMES[fact['kind']]}: {kept}"
    record(case.about, Happened.LETTER_FACT_CONFIRMED, at=now, by=by, what=what, message=reading.file.message_id)


@transaction.atomic
def turn_down_fact(reading: LetterReading, number: int, *, by: Employee, now: datetime) -> None:
    """The paper does not say so; nobody is asked about it again."""
    reading, fact = _locked(reading, number)
    _decide(reading, number, state=NO, by=by.pk, at=now.isoformat())
    message = reading.file.message
    what = f"{NAMES[fact['kind']]}: {fact['value']}"
    record(message.case.about, Happened.LETTER_FACT_TURNED_DOWN, at=now, by=by, what=what, message=message.pk)


def _locked(reading: LetterReading, number: int) -> tuple[LetterReading, dict[str, Any]]:
    """The reading as it stands now, and one thing on it that nobody has decided yet."""
    rows = LetterReading.objects.select_for_update(of=("self",)).select_related("file__message__case")
    reading = rows.get(pk=reading.pk)
    if not 0 <= number < len(reading.facts):
        raise Refusal(_("The letter was not found to say that."))
    if reading.facts[number]["state"]:
        raise Refusal(_("Somebody has looked at that already."))
    return reading, reading.facts[number]


def _decide(reading: LetterReading, number: int, **decided: object) -> None:  # no event: whoever calls it records it
    reading.facts[number] |= decided
    reading.save(update_fields=["facts"])


def _name(case: Case, value: str, *, by: Employee, now: datetime) -> str:  # noqa: ARG001  # no event: confirm_fact records it
    """A name identifies nobody: it is written down where none was."""
    if not value:
        raise Refusal(_("Write the name as it stands on the paper."))
    customer = case.customer
    if not customer.name:
        customer.name = value[:LONGEST_NAME]
        customer.save(update_fields=["name"])
    return value


def _address(case: Case, value: str, *, by: Employee, now: datetime) -> str:
    write_down_address(case.customer, value, by=by, now=now)
    return one_line(value)


def _identity(kind: str, mistake: str | Lazy) -> Callable[..., str]:
    def keep(case: Case, value: str, *, by: Employee, now: datetime) -> str:  # no event: confirm_fact records it
        found, _rest = handles([(kind, value)], region=case.account.settings.get("region", ""))
        if not found:
            raise Refusal(str(mistake))
        new = {"customer": case.customer, "first_seen_at": now}
        known, _is_new = Identity.objects.get_or_create(kind=kind, value=found[0].value, defaults=new)
        if known.customer_id != case.customer_id and not known.is_shared:
            one_person(case.customer, known.customer, by=by, now=now)
        return known.value

    return keep


def _order(case: Case, value: str, *, by: Employee, now: datetime) -> str:  # noqa: ARG001 - as every kind is called
    if not value:
        raise Refusal(_("Write the number as it stands on the paper."))
    return value


def _date(case: Case, value: str, *, by: Employee, now: datetime) -> str:  # noqa: ARG001 - as every kind is called
    """Only written down: the clock runs from when the letter came, never from the day on it (R5)."""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise Refusal(_("Write the day as 2026-06-01.")) from None


_KEPT: Final[dict[str, Callable[..., str]]] = {
    "name": _name,
    "address": _address,
    "phone": _identity("phone", gettext_lazy("This is no telephone number that can be dialled.")),
    "email": _identity("email", gettext_lazy("This is no e-mail address.")),
    "order": _order,
    "date": _date,
}


@dataclass(frozen=True, slots=True)
class Proposed:
    """One thing the letter may say, as the page shows it."""

    number: int
    kind: str
    value: str
    state: str
    whose: Customer | None
    """A customer whom we know by that very address, and who is not the one of this letter: confirming says that it is theirs."""

    @property
    def name(self) -> str:
        """What it is, in words."""
        return str(NAMES.get(self.kind, self.kind))


def proposed_in(readings: Sequence[LetterReading], *, of: Case) -> dict[int, list[Proposed]]:
    """What a person is asked, and what they have answered, by reading; one query for whose the addresses are."""
    wanted = {
        (fact["kind"], fact["value"]) for one in readings for fact in one.facts if fact["kind"] in {"email", "phone", "address"}
    }
    either = Q()
    for kind, value in wanted:
        either |= Q(kind=kind, value=value)
    others = Identity.objects.filter(either, is_shared=False).exclude(customer=of.customer_id).select_related("customer")
    whose = {(one.kind, one.value): one.customer for one in others} if wanted else {}
    return {
        one.pk: [
            Proposed(
                number, fact["kind"], fact.get("said") or fact["value"], fact["state"], whose.get((fact["kind"], fact["value"]))
            )
            for number, fact in enumerate(one.facts)
        ]
        for one in readings
    }
