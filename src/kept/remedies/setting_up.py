"""A manager says what may be given without asking, up to which limits, and who is asked beyond them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.remedies.models import Remedy
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

CODE = re.compile(r"[A-Z]{3}")
LONGEST = 60 * 24 * 365
"""Minutes; further ahead nothing is promised."""


@dataclass(frozen=True, slots=True)
class Terms:
    """All that a manager says about one remedy. A limit of None is none; of 0: it is always asked for."""

    name: str
    asks: Employee
    currency: str = ""
    limit_per_case: Decimal | None = None
    limit_per_employee: Decimal | None = None
    limit_per_week: Decimal | None = None
    answer_within_minutes: int = 240
    done_within_minutes: int = 2400
    began_with: str = ""
    """The story that began this rule, as "story:3"."""

    @property
    def limits(self) -> list[Decimal]:
        """Those that are set."""
        return [one for one in (self.limit_per_case, self.limit_per_employee, self.limit_per_week) if one is not None]


@transaction.atomic
def add_remedy(terms: Terms, *, by: Employee, now: datetime) -> Remedy:
    """Whoever answers customers may give it from now on, within its limits."""
    _refuse_what_cannot_be(terms, by=by)
    remedy = Remedy.objects.create(**_columns(terms))
    record(remedy, Happened.REMEDY_ADDED, at=now, by=by, name=remedy.name)
    return remedy


@transaction.atomic
def change_remedy(remedy: Remedy, terms: Terms, *, by: Employee, now: datetime) -> None:
    """It is given on these terms from now on; what was given before stays as it was said."""
    _refuse_what_cannot_be(terms, by=by)
    if terms.currency != remedy.currency and remedy.gifts.exists():
        raise Refusal(_("It was given already, so what it counts in stays. Retire it and add another."))
    wanted = _columns(terms)
    changed = [name for name, value in wanted.items() if getattr(remedy, name) != value]
    for name in changed:
        setattr(remedy, name, wanted[name])
    if changed:
        remedy.save(update_fields=changed)
        record(remedy, Happened.REMEDY_CHANGED, at=now, by=by, name=remedy.name, what=", ".join(changed))


@transaction.atomic
def retire(remedy: Remedy, *, by: Employee, now: datetime) -> None:
    """Nobody may give it any more; what was given with it is still owed."""
    _set(remedy, now, by=by, now=now, what="retired")


@transaction.atomic
def use_again(remedy: Remedy, *, by: Employee, now: datetime) -> None:
    """It may be given again."""
    _set(remedy, None, by=by, now=now, what="in use again")


def _set(remedy: Remedy, retired_at: datetime | None, *, by: Employee, now: datetime, what: str) -> None:
    if not by.leads_others:
        raise Refusal(_("Only a manager says what may be given."))
    if (remedy.retired_at is None) == (retired_at is None):
        return
    remedy.retired_at = retired_at
    remedy.save(update_fields=["retired_at"])
    record(remedy, Happened.REMEDY_CHANGED, at=now, by=by, name=remedy.name, what=what)


def _columns(terms: Terms) -> dict[str, object]:
    return {**{name: getattr(terms, name) for name in terms.__slots__}, "name": terms.name.strip()}


def _refuse_what_cannot_be(terms: Terms, *, by: Employee) -> None:
    if not by.leads_others:
        raise Refusal(_("Only a manager says what may be given."))
    if not terms.name.strip():
        raise Refusal(_("Say what is given, as the customer reads it: “your money back”."))
    if terms.currency and not CODE.fullmatch(terms.currency):
        raise Refusal(_("A currency has three capital letters, such as GBP; leave it empty for things that are counted."))
    if not terms.limits:
        raise Refusal(_("Set at least one limit: beyond it somebody is asked."))
    if min(terms.limits) < 0:
        raise Refusal(_("A limit is nothing or more; with 0 it is always asked for."))
    if not terms.currency and any(one != one.to_integral_value() for one in terms.limits):
        raise Refusal(_("Things are counted in whole pieces; write the limits without a comma."))
    if not (terms.asks.is_active and terms.asks.leads_others):
        raise Refusal(_("Choose a manager who is asked beyond the limits."))
    if not (0 < terms.answer_within_minutes <= LONGEST and 0 < terms.done_within_minutes <= LONGEST):
        raise Refusal(_("An answer takes some time; write at least one minute."))
