"""Is anybody unanswered? The sum that anyone can add up (KEPT.md 1.14). Unit: one contact.

A page that people open: every question below is answered from an index, so that 100,000 contacts take some 20 ms.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Min, Q, Sum

from kept.cases.models import Case, Message, Settled
from kept.intake.models import Arrival, ArrivalState, Fate, Filed

ARRIVAL_IN_TIME = timedelta(hours=1)
"""A contact that is kept but not filed yet counts as late after this."""
CONTACTS = (Fate.MESSAGE, Fate.DUPLICATE, Fate.SET_ASIDE, Fate.SCORE, Fate.STORY)


@dataclass(frozen=True, slots=True)
class Audit:
    """received = answered + waiting_in_time + waiting_late + nothing_to_answer + set_aside + duplicates + unaccounted."""

    received: int
    answered: int
    waiting_in_time: int
    waiting_late: int
    nothing_to_answer: int
    set_aside: int
    duplicates: int
    oldest_wait_seconds: int
    as_of: datetime

    @property
    def unaccounted(self) -> int:
        """Must be 0."""
        settled = self.answered + self.waiting_in_time + self.waiting_late
        return self.received - settled - self.nothing_to_answer - self.set_aside - self.duplicates


def count(now: datetime) -> Audit:
    """The sum at this moment. `received` is counted from what arrived, every other term from what became of it."""
    waits = Arrival.objects.filter(state=ArrivalState.WAITING).aggregate(
        all=Count("id"), late=Count("id", filter=Q(reached_us_at__lte=now - ARRIVAL_IN_TIME)), oldest=Min("reached_us_at")
    )
    quarantined = Arrival.objects.filter(state=ArrivalState.QUARANTINED).count()
    again = Arrival.objects.filter(seen__gt=1).aggregate(n=Sum(F("seen") - 1))["n"] or 0
    fates, by_hand = _fates()
    became_nothing = Arrival.objects.count() - waits["all"] - quarantined - Filed.objects.filter(ordinal=0).count()
    words, late = _words(), _late_words(now)
    waiting = words[Settled.WAITING] + words[Settled.ASKED_BACK]
    return Audit(
        received=sum(fates[fate] for fate in CONTACTS) + became_nothing + waits["all"] + quarantined + again,
        answered=words[Settled.ANSWERED],
        waiting_in_time=waiting - late + waits["all"] - waits["late"],
        waiting_late=late + waits["late"],
        nothing_to_answer=words[Settled.RESTED] - by_hand + words[Settled.ENDED] + fates[Fate.SCORE] + fates[Fate.STORY],
        set_aside=fates[Fate.SET_ASIDE] + quarantined,
        duplicates=fates[Fate.DUPLICATE] + again,
        oldest_wait_seconds=_oldest(waits["oldest"], now),
        as_of=now,
    )


def _fates() -> tuple[dict[str, int], int]:
    """How many contacts became what, and how many of those set aside had been a message before: a person did that."""
    rows = list(Filed.objects.values_list("fate").annotate(Count("id"), Count("message_id")).order_by())
    fates = dict.fromkeys(Fate.values, 0) | {fate: n for fate, n, _messages in rows}
    return fates, sum(messages for fate, _n, messages in rows if fate == Fate.SET_ASIDE)


def _words() -> dict[str, int]:
    """How many words of theirs are settled how. What a person set aside rests too; it is counted by its own fate."""
    words = Message.objects.filter(is_theirs=True)
    return dict.fromkeys(Settled.values, 0) | dict(words.values_list("settled").annotate(Count("id")).order_by())


def _late_words(now: datetime) -> int:
    late = Case.objects.filter(silent_since__isnull=False, answer_due_at__lte=now)
    return Message.objects.filter(is_theirs=True, settled=Settled.WAITING, case__in=late).count()


def _oldest(arrival: datetime | None, now: datetime) -> int:
    silent = Case.objects.filter(silent_since__isnull=False).aggregate(first=Min("silent_since"))["first"]
    first = min((moment for moment in (arrival, silent) if moment is not None), default=now)
    return max(0, int((now - first).total_seconds()))
