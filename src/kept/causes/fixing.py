"""A root is mended by somebody, by a day; then whoever it hurt is told, and it is watched for some weeks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kept.accounts.policies import default_calendar
from kept.cases.minding import give_duty
from kept.cases.models import Message
from kept.causes.models import Cause, CauseState, Gathered
from kept.causes.opening import refuse_others
from kept.causes.telling_customers import tell_customers
from kept.lib.hours import BusinessHours, next_opening
from kept.lib.opening_times import instant
from kept.lib.refusal import Refusal
from kept.lib.wording import date_in_words
from kept.people.models import Employee
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

MIDNIGHT = time()
FARTHEST = timedelta(days=730)
"""A day beyond this is no promise."""


@transaction.atomic
def promise_fix(cause: Cause, fix: str, *, on: date, by: Employee, now: datetime, why: str = "") -> None:
    """The fix is promised for that day. Another day needs a reason, and whoever had our word by the old one is written to."""
    cause = _locked(cause)
    refuse_others(cause, by)
    hours = default_calendar().hours
    if not cause.stands_in_our_way:
        raise Refusal(_("It is mended already, and being watched."))
    if not fix.strip():
        raise Refusal(_("Say what will be changed."))
    today = now.astimezone(hours.tz).date()
    if not today <= on <= today + FARTHEST:
        raise Refusal(_("That day is over; choose one to come.") if on < today else _("Choose a day within the next two years."))
    moves = cause.fix_due_on is not None and cause.fix_due_on != on
    if moves and not why.strip():
        raise Refusal(_("Say why the day moves."))
    before, cause.fix_due_on, cause.fix = cause.fix_due_on, on, fix.strip()
    cause.state, cause.fixed_at, cause.told_times = CauseState.OPEN, None, 0
    cause.tell_next_at = _day_after(hours, on)
    cause.save(update_fields=["fix_due_on", "fix", "state", "fixed_at", "told_times", "tell_next_at"])
    with translation.override(settings.LANGUAGE_CODE):
        facts = {"title": cause.title, "fix": cause.fix, "on": on.isoformat(), "day": date_in_words(on, now)}
    if moves:
        record(cause, Happened.FIX_MOVED, at=now, by=by, before=str(before), why=why.strip(), **facts)
        _write_to_whom_we_promised(cause, now=now)
    else:
        record(cause, Happened.FIX_PROMISED, at=now, by=by, **facts)


def _locked(cause: Cause) -> Cause:
    return Cause.objects.select_for_update(of=("self",)).select_related("owner").get(pk=cause.pk)


def _day_after(hours: BusinessHours, on: date) -> datetime:
    """When the house opens after that day."""
    return next_opening(hours, instant(on + timedelta(days=1), MIDNIGHT, hours.tz))


def _write_to_whom_we_promised(cause: Cause, *, now: datetime) -> None:
    """Whoever would hear too late now has to be told another hour before the old one (R7)."""
    rows = Gathered.objects.filter(cause=cause, promise__is_open=True, told_at__isnull=True)
    for gathered in rows.select_related("promise", "case__owner", "case__customer"):
        case, word = gathered.case, gathered.promise
        if word is None or word.due_at is None or word.due_at.date() >= (cause.fix_due_on or date.min):
            continue
        says = _("Tell %(name)s the new day: it is mended later than we promised") % {"name": case.customer.known_as}
        give_duty(case, "fix_moved", says, due_at=word.due_at, now=now)


@transaction.atomic
def fix(
    cause: Cause, *, told_text: str, by: Employee, now: datetime, untold: Collection[int] = ()
) -> list[Message]:  # fmt: skip
    """It is mended, says `by`: whoever wants it is told once, in the name of who looks after them, and it is watched from now on.

    `untold` are the keys of customers who are not told. The mails are held for 20 seconds.
    """
    cause = _locked(cause)
    refuse_others(cause, by)
    if not cause.stands_in_our_way:
        raise Refusal(_("It is mended already, and being watched."))
    if not cause.fix:
        raise Refusal(_("Say what was changed, so that whoever comes after knows."))
    cause.state, cause.fixed_at, cause.told_text = CauseState.WATCHED, now, told_text.strip()
    cause.check_due_at = cause.tell_next_at = now + timedelta(weeks=cause.watch_weeks)
    cause.told_times = 0
    cause.save(update_fields=["state", "fixed_at", "told_text", "check_due_at", "tell_next_at", "told_times"])
    told = tell_customers(cause, by=by, now=now, untold=untold)
    record(cause, Happened.FIXED, at=now, by=by, title=cause.title, fix=cause.fix, told=len(told))
    return told
