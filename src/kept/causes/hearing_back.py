"""Who has really heard that it is mended: the mail reached them, came back, or one of us told them by hand."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils.translation import gettext as _

from kept.accounts.policies import default_calendar
from kept.cases.minding import do_duty, give_duty
from kept.cases.models import Duty
from kept.causes.models import CauseState, Gathered
from kept.lib.hours import add_working_days
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.promises.keeping import keep
from kept.promises.unsaying import unkeep
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

log = logging.getLogger(__name__)
BATCH = 200
BY_HAND = "tell_fixed"
BY_HAND_WITHIN = 5
"""Working days to tell somebody whom no mail reaches."""
MAY_COME_BACK_FOR = timedelta(days=14)
"""A mail that was accepted comes back within days, if at all."""


def see_who_was_told(now: datetime) -> int:  # no event: heard and unheard record what happens
    """Whoever a mail or one of us has reached counts as told, and our word to them as kept; whom it did not reach does not."""
    _give_what_is_told_by_hand(now)
    over = Q(told_in__delivered_at__isnull=False) | Q(told_in__failed_at__isnull=False) | Q(told_in__taken_back_at__isnull=False)
    on_their_way = Gathered.objects.filter(over, told_in__isnull=False, told_at__isnull=True)
    came_back = Gathered.objects.filter(told_at__gte=now - MAY_COME_BACK_FOR, told_in__failed_at__isnull=False)
    return sum(_settle(rows, now=now) for rows in (on_their_way, came_back)) + _see_what_was_told_by_hand()


def _give_what_is_told_by_hand(now: datetime) -> None:  # no event: DUTY_GIVEN tells it
    """Whom no mail reaches is a duty of whoever looks after them, once it cannot be taken back any more."""
    rows = Gathered.objects.filter(by_hand_from__lte=now).select_related("cause", "case__customer", "case__owner")
    for gathered in rows[:BATCH]:
        case = gathered.case
        says = _("Tell %(name)s that it is mended: %(title)s") % {"name": case.customer.known_as, "title": gathered.cause.title}
        due_at = add_working_days(default_calendar().hours, now, BY_HAND_WITHIN)
        with transaction.atomic():
            give_duty(case, BY_HAND, says[:240], due_at=due_at, now=now)
            gathered.by_hand_from = None
            gathered.save(update_fields=["by_hand_from"])


def _see_what_was_told_by_hand() -> int:
    """Whoever did that duty on the case has told them."""
    done = Q(case__duties__kind=BY_HAND, case__duties__done_at__gte=F("cause__fixed_at"))
    rows = Gathered.objects.taken().filter(done, cause__state=CauseState.WATCHED, told_at__isnull=True, told_in__isnull=True)
    found = rows.annotate(done_at=Max("case__duties__done_at")).select_related("cause", "case", "promise")[:BATCH]
    for gathered in found:
        heard(gathered, at=vars(gathered)["done_at"])
    return len(found)


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
    gathered.told_at, gathered.by_hand_from = at, None
    gathered.save(update_fields=["told_at", "by_hand_from"])
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
