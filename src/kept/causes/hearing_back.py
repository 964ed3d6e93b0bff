"""Who has really heard that it is mended: the mail reached them, came back, or one of us told them by hand."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kept.cases.minding import do_duty
from kept.cases.models import Duty, Message
from kept.causes.models import Cause, CauseState, Gathered
from kept.causes.opening import refuse_others
from kept.causes.telling_customers import BY_HAND
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.promises.keeping import keep
from kept.promises.unsaying import unkeep
from kept.replies.taking_back import call_back
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

log = logging.getLogger(__name__)
BATCH = 200
MAY_COME_BACK_FOR = timedelta(days=14)
"""A mail that was accepted comes back within days, if at all."""


def see_who_was_told(now: datetime) -> int:  # no event: heard and unheard record what happens
    """Whoever a mail has reached counts as told, and our word to them as kept; whom it did not reach does not."""
    over = Q(told_in__delivered_at__isnull=False) | Q(told_in__failed_at__isnull=False) | Q(told_in__taken_back_at__isnull=False)
    on_their_way = Gathered.objects.filter(over, told_in__isnull=False, told_at__isnull=True)
    came_back = Gathered.objects.filter(told_at__gte=now - MAY_COME_BACK_FOR, told_in__failed_at__isnull=False)
    return sum(_settle(rows, now=now) for rows in (on_their_way, came_back))


def _settle(rows: QuerySet[Gathered], *, now: datetime) -> int:
    settled = 0
    for gathered in rows.select_related("told_in", "promise", "cause", "case")[:BATCH]:
        told_in = gathered.told_in
        try:
            if told_in is not None and told_in.delivered_at is not None and told_in.failed_at is None:
                heard(gathered, at=told_in.delivered_at)
            else:
                unheard(gathered, now=now)
            settled += 1
        except Exception:
            log.exception("Whether gathered %s was told could not be written down.", gathered.pk)
    return settled


@transaction.atomic
def heard(gathered: Gathered, *, at: datetime, by: Employee | None = None) -> None:
    """They know that it is mended, since `at`; if we had promised to tell them, that is kept."""
    gathered.told_at = at
    gathered.save(update_fields=["told_at"])
    if gathered.promise is not None and gathered.promise.kept_at is None and gathered.promise.taken_back_at is None:
        keep(gathered.promise, by=by, now=at)
    record(gathered.case.about, Happened.TOLD_FIXED, at=at, by=by, title=gathered.cause.title, cause=gathered.cause_id)


@transaction.atomic
def unheard(gathered: Gathered, *, now: datetime) -> None:  # no event: NOT_DELIVERED, BOUNCED or TAKEN_BACK told it
    """The mail did not reach them: they can be told again, and a promise that it had kept is open or broken as before."""
    promise, told_in = gathered.promise, gathered.told_in
    if promise is not None and told_in is not None and promise.kept_at is not None and promise.kept_at == told_in.delivered_at:
        unkeep(promise, now=now)
    gathered.told_in = gathered.told_at = None
    gathered.save(update_fields=["told_in", "told_at"])


@transaction.atomic
def tell_by_hand(gathered: Gathered, *, by: Employee, now: datetime) -> None:
    """`by` told them, by phone or letter or at the counter: they are not told again, and what was to be done is done."""
    rows = Gathered.objects.select_for_update(of=("self",)).select_related("cause", "case__customer", "promise", "told_in")
    gathered = rows.get(pk=gathered.pk)
    if gathered.cause.state not in {CauseState.WATCHED, CauseState.HELD}:
        raise Refusal(_("It is not mended yet."))
    if gathered.told_at is not None:
        return
    if gathered.told_in is not None and gathered.told_in.failed_at is None:
        raise Refusal(_("A mail is on its way to them."))
    same_person = Gathered.objects.taken().filter(cause=gathered.cause, case__customer=gathered.case.customer_id, told_at=None)
    for one in same_person.select_related("cause", "case", "promise"):
        heard(one, at=now, by=by)
        for duty in Duty.objects.filter(case=one.case, kind=BY_HAND, done_at__isnull=True).select_related("case"):
            do_duty(duty, by=by, now=now)


@transaction.atomic
def take_back_fix(cause: Cause, *, by: Employee, now: datetime) -> int:
    """It is not mended after all: every mail that has not left is stopped, and it is open again. Refuses once any has left."""
    cause = Cause.objects.select_for_update(of=("self",)).select_related("owner").get(pk=cause.pk)
    refuse_others(cause, by)
    if cause.state != CauseState.WATCHED:
        raise Refusal(_("It is not mended yet."))
    held = Message.objects.filter(pk__in=Gathered.objects.filter(cause=cause, told_in__isnull=False).values("told_in"))
    stopped = [call_back(message, by=by, now=now) for message in held.select_related("case").order_by("id")]
    Gathered.objects.filter(cause=cause, told_in__taken_back_at=now).update(told_in=None)
    duties = Duty.objects.filter(case__causes__cause=cause, kind=BY_HAND, done_at__isnull=True).select_related("case")
    for duty in duties.distinct():
        do_duty(duty, by=by, now=now)
    cause.state, cause.fixed_at, cause.check_due_at, cause.tell_next_at = CauseState.OPEN, None, None, None
    cause.save(update_fields=["state", "fixed_at", "check_due_at", "tell_next_at"])
    record(cause, Happened.FIX_TAKEN_BACK, at=now, by=by, title=cause.title)
    return len(stopped)
