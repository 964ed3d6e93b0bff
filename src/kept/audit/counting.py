"""Is anybody unanswered? The sum that anyone can add up (KEPT.md 1.14). Unit: one contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Min, Q, Sum

from kept.cases.models import Case, Message, Settled
from kept.intake.models import Arrival, ArrivalState, Fate, Filed
from kept.intake.setting_aside import SET_ASIDE

ARRIVAL_IN_TIME = timedelta(hours=1)
"""A contact that is kept but not filed yet counts as late after this."""
CONTACTS = (Fate.MESSAGE, Fate.DUPLICATE, Fate.SET_ASIDE)


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
    arrivals = Arrival.objects.aggregate(
        filed=Count("id", filter=Q(state=ArrivalState.FILED)),
        quarantined=Count("id", filter=Q(state=ArrivalState.QUARANTINED)),
        waiting=Count("id", filter=Q(state=ArrivalState.WAITING)),
        late=Count("id", filter=Q(state=ArrivalState.WAITING, reached_us_at__lte=now - ARRIVAL_IN_TIME)),
        oldest=Min("reached_us_at", filter=Q(state=ArrivalState.WAITING)),
        again=Sum(F("seen") - 1),
    )
    fates = Filed.objects.aggregate(
        known=Count("arrival_id", distinct=True),
        contacts=Count("id", filter=Q(fate__in=CONTACTS)),
        duplicates=Count("id", filter=Q(fate=Fate.DUPLICATE)),
        set_aside=Count("id", filter=Q(fate=Fate.SET_ASIDE)),
    )
    words = _words()
    late = _late_words(now)
    waiting = words[Settled.WAITING] + words[Settled.ASKED_BACK]
    again = arrivals["again"] or 0
    lost = arrivals["filed"] - fates["known"]
    return Audit(
        received=fates["contacts"] + lost + arrivals["waiting"] + arrivals["quarantined"] + again,
        answered=words[Settled.ANSWERED],
        waiting_in_time=waiting - late + arrivals["waiting"] - arrivals["late"],
        waiting_late=late + arrivals["late"],
        nothing_to_answer=words[Settled.RESTED] + words[Settled.ENDED],
        set_aside=fates["set_aside"] + arrivals["quarantined"],
        duplicates=fates["duplicates"] + again,
        oldest_wait_seconds=_oldest(arrivals["oldest"], now),
        as_of=now,
    )


def _words() -> dict[str, int]:
    """How many filed words have which fate; what was set aside is counted by its own."""
    words = Message.objects.filter(is_theirs=True, arrival_id__isnull=False).exclude(rested_because__startswith=SET_ASIDE)
    return dict.fromkeys(Settled.values, 0) | dict(words.values_list("settled").annotate(Count("id")).order_by())


def _late_words(now: datetime) -> int:
    late = Case.objects.open().filter(answer_due_at__lte=now)
    return Message.objects.filter(is_theirs=True, settled=Settled.WAITING, arrival_id__isnull=False, case__in=late).count()


def _oldest(arrival: datetime | None, now: datetime) -> int:
    silent = Case.objects.filter(silent_since__isnull=False).aggregate(first=Min("silent_since"))["first"]
    first = min((moment for moment in (arrival, silent) if moment is not None), default=now)
    return max(0, int((now - first).total_seconds()))
