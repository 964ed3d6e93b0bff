"""What becomes of a promise: kept, broken, or renegotiated before it is due (R7)."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kept.cases.escalating import next_rung, step_onto, whom_to_tell
from kept.cases.models import Case, Message
from kept.lib.ready import ready
from kept.lib.refusal import Refusal
from kept.people.models import Employee, House
from kept.people.presence import house
from kept.people.telling import tell
from kept.promises.binding import remind
from kept.promises.making import promise
from kept.promises.models import Promise, PromiseKind
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

log = logging.getLogger(__name__)
BATCH = 200


@transaction.atomic
def keep(made: Promise, *, by: Employee | None, now: datetime) -> None:
    """The promise is kept, late if its hour was broken before; the ledger shows by how much."""
    made = _locked(made)
    if made.kept_at is not None:
        return
    if not (made.is_open or made.broken_at) or made.is_held:
        raise Refusal(_("This promise is no longer open."))
    made.kept_at, made.is_open, made.rung_due_at = now, False, None
    if made.due_at is not None and now < made.due_at:
        made.broken_at = None  # a letter was in the post before the hour, and we were told only after it
    made.save(update_fields=["kept_at", "is_open", "rung_due_at", "broken_at"])
    record(made.case.about, Happened.KEPT, at=now, by=by, what=made.what, promise=made.pk, seconds_early=_early(made, now))
    remind(made.case)


@ready
def _as_it_stands(pk: int) -> QuerySet[Promise]:
    rows = Promise.objects.select_for_update(of=("self",)).select_related("case__policy__calendar", "case__owner", "by")
    return rows.select_related("said_in__answers_up_to").filter(pk=pk)


def _locked(made: Promise) -> Promise:
    return _as_it_stands.one(pk=made.pk)


def _early(made: Promise, now: datetime) -> int:
    return int((made.due_at - now).total_seconds()) if made.due_at else 0


@transaction.atomic
def break_(made: Promise, *, now: datetime) -> bool:
    """Its hour is gone: it is broken, and stays in the ledger until it is kept late. True the first time."""
    made = _locked(made)
    if made.broken_at is not None or not made.is_open or made.is_held or not made.is_past(now):
        return False
    if made.is_next_word and _rests(made):
        withdraw_the_next_word(made.case, now=now)
        return False
    made.broken_at = now
    made.save(update_fields=["broken_at"])
    Case.objects.filter(pk=made.case_id).update(went_wrong=True)
    made.case.went_wrong = True
    record(made.case.about, Happened.BROKEN, at=now, what=made.what, promise=made.pk, by_whom=made.by.known_as)
    remind(made.case)
    return True


def _rests(made: Promise) -> bool:
    """The words that it was to answer were put to rest or set aside by a person, and nothing else waits."""
    answered = made.said_in.answers_up_to if made.said_in else None
    return made.case.silent_since is None and answered is not None and answered.rested_at is not None


@transaction.atomic
def renegotiate(
    made: Promise, *, due_at: datetime, by: Employee, now: datetime, told_in: Message | None, what: str = ""
) -> Promise:
    """A new promise stands in the place of this one, and the customer is told in `told_in`. Only before it is due."""
    made = _locked(made)
    if not made.is_open or made.is_held:
        raise Refusal(_("This promise is no longer open."))
    if made.is_past(now):
        raise Refusal(_("Its hour has passed: it is broken. Write to the customer and make good."))
    if told_in is None:
        raise Refusal(_("Tell the customer first: a new hour that nobody heard of changes nothing."))
    made.renegotiated_at, made.is_open, made.rung_due_at = now, False, None
    made.replaced_by = promise(
        made.case,
        what or made.what,
        by=made.by,
        due_at=due_at,
        now=now,
        said_in=told_in,
        quote=made.quote,
        kind=made.kind,
        is_next_word=made.is_next_word,
        standing=made.standing,
    )
    made.save(update_fields=["renegotiated_at", "is_open", "rung_due_at", "replaced_by"])
    record(made.case.about, Happened.RENEGOTIATED, at=now, by=by, what=made.what, promise=made.pk, due_at=due_at.isoformat())
    remind(made.case)
    return made.replaced_by


@transaction.atomic
def firm_up(made: Promise, *, due_at: datetime, by: Employee, now: datetime) -> None:
    """What a conditional promise waited for is here: it is firm and due."""
    made = _locked(made)
    if made.kind != PromiseKind.CONDITIONAL or not made.is_open:
        raise Refusal(_("Only a promise that waits for the customer can become firm."))
    if due_at <= now:
        raise Refusal(_("A promise cannot be due in the past."))
    made.kind, made.due_at, made.made_at, made.rung_level, made.rung_due_at = PromiseKind.FIRM, due_at, now, 80, now
    made.save(update_fields=["kind", "due_at", "made_at", "rung_level", "rung_due_at"])
    record(made.case.about, Happened.FIRMED, at=now, by=by, what=made.what, promise=made.pk)
    remind(made.case)


def break_promises_past_due(now: datetime) -> int:  # no event: break_ and climb record what happens
    """Whatever was due by now and is not kept is broken; each rung of each promise's own ladder is climbed once."""
    due = Promise.objects.open().filter(due_at__lte=now, broken_at__isnull=True).order_by("due_at", "id").only("id")
    broken = sum(_break_or_report(made, now=now) for made in due[:BATCH])
    if not Promise.objects.filter(rung_due_at__lte=now).exists():
        return broken  # asked every five seconds, and mostly so
    rungs = Promise.objects.filter(rung_due_at__lte=now).select_related(
        "case__policy__calendar", "case__owner", "by__team__manager", "by__manager", "by__stand_in"
    )
    of_house: House | None = None
    for made in rungs.order_by("rung_due_at", "id")[:BATCH]:
        of_house = of_house or house()
        try:
            climb(made, of_house=of_house, now=now)
        except Exception:
            log.exception("The ladder of promise %s could not be climbed; it is tried again in an hour.", made.pk)
            Promise.objects.filter(pk=made.pk).update(rung_due_at=now + timedelta(hours=1))
    return broken


def _break_or_report(made: Promise, *, now: datetime) -> bool:
    try:
        return break_(made, now=now)
    except Exception:
        log.exception("Promise %s is past its hour and could not be called broken.", made.pk)
        return False


@transaction.atomic
def climb(made: Promise, *, of_house: House, now: datetime) -> None:
    """Every due rung of this promise's ladder is a row, everybody it names was told once, the next has its moment."""
    if made.due_at is None or made.rung_due_at is None or not made.is_open:
        return
    hours, clock = made.case.policy.calendar.hours, f"promise:{made.pk}"
    who = made.by if made.by.is_active else made.case.owner
    level, moment, highest, told = made.rung_level, made.rung_due_at, 0, dict[int, Employee]()
    while moment <= now:
        if step_onto(made.case, clock, since=made.made_at, level=level, now=now):
            highest = level
            told.update({person.pk: person for person in whom_to_tell(who, level, of_house=of_house, at=now)})
        level, moment = next_rung(level, hours=hours, since=made.made_at, due_at=made.due_at)
    made.rung_level, made.rung_due_at = level, moment
    made.save(update_fields=["rung_level", "rung_due_at"])
    if not highest:
        return
    says = _("Due soon: %(what)s") if highest < 100 else _("The hour has passed: %(what)s")
    for person in told.values():
        tell(person, says % {"what": f"{made.what} ({made.case})"}, about=made.case.about, kind="rung", at=now)
    names = ", ".join(person.known_as for person in told.values())
    record(made.case.about, Happened.CLIMBED, at=now, level=highest, told=names, promise=made.pk)


@ready
def _open_next_words(case: int) -> QuerySet[Promise]:
    return Promise.objects.open().filter(case=case, is_next_word=True)


@transaction.atomic
def hear_the_next_word(case: Case, *, now: datetime) -> None:
    """An answer of ours reached the customer: every "you hear from me by" that was still open is kept."""
    for made in _open_next_words.all(case=case.pk):
        keep(made, by=None, now=now)


@transaction.atomic
def withdraw_the_next_word(case: Case, *, now: datetime) -> None:  # no event: RESTED, SET_ASIDE or ENDED tells why
    """Nobody waits for a next word any more: the words were put to rest or set aside by a person, or the customer ended it."""
    words = Promise.objects.open().filter(case=case, is_next_word=True, broken_at__isnull=True)
    words.update(taken_back_at=now, is_open=False, rung_due_at=None)
    remind(case)


@transaction.atomic
def move_the_next_word(case: Case, *, to: datetime, by: Employee, said_in: Message, now: datetime) -> Promise:
    """A sign of life reached the customer: the next word is due at `to`. The silence clock and its ladder do not move."""
    open_words = Promise.objects.open().filter(case=case, is_next_word=True).exclude(said_in=said_in).order_by("id")
    made: Promise | None = None
    for earlier in open_words:
        if earlier.is_past(now):
            keep(earlier, by=by, now=now)
        elif made is None:
            made = renegotiate(earlier, due_at=to, by=by, now=now, told_in=said_in)
    return made or promise(case, _("the next word"), by=by, due_at=to, now=now, said_in=said_in, is_next_word=True)
