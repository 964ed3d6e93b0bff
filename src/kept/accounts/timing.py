"""When the house is open, and how soon each way in is answered; what customers were told before stays as it was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.accounts.models import Calendar, SlaPolicy
from kept.accounts.policies import day_and_night, default_calendar
from kept.lib.hours import BusinessHours
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def change_hours(
    calendar: Calendar,
    *,
    zone: str,
    week: Mapping[str, Sequence[Sequence[str]]],
    country: str,
    closed_on: Sequence[str],
    by: Employee,
    now: datetime,
) -> None:
    """The house is open at these hours from now on. Refuses a zone, country or week that cannot be."""
    if not week:
        raise Refusal(_("The house never opens: give at least one day of the week an opening time."))
    try:
        BusinessHours.of(zone, week, country=country, closed_on=tuple(closed_on))
    except ValueError as trouble:
        raise Refusal(str(trouble)) from None
    calendar.zone, calendar.country = zone, country
    calendar.week = {day: [list(span) for span in spans] for day, spans in week.items()}
    calendar.closed_on = list(closed_on)
    calendar.save(update_fields=["zone", "week", "country", "closed_on"])
    record(calendar, Happened.HOUSE_CHANGED, at=now, by=by, what=_("opening hours"))


@transaction.atomic
def change_policy(
    policy: SlaPolicy,
    *,
    first_answer_minutes: int,
    next_answer_minutes: int,
    update_every_minutes: int,
    began_with: str = "",
    never_rests: bool | None = None,
    by: Employee,
    now: datetime,
) -> None:
    """Whoever writes from now on is told an hour worked out with these times; the story that began them stands with them.

    `never_rests`: day and night, or as the house is open; None leaves that as it is.
    """
    if min(first_answer_minutes, next_answer_minutes, update_every_minutes) <= 0:
        raise Refusal(_("An answer takes some time; write at least one minute."))
    policy.first_answer_minutes = first_answer_minutes
    policy.next_answer_minutes = next_answer_minutes
    policy.update_every_minutes = update_every_minutes
    policy.began_with = began_with
    if never_rests is not None:
        policy.calendar = day_and_night() if never_rests else default_calendar()
    policy.save(update_fields=["calendar", "first_answer_minutes", "next_answer_minutes", "update_every_minutes", "began_with"])
    record(policy, Happened.HOUSE_CHANGED, at=now, by=by, what=_("answer times: %(name)s") % {"name": policy.name})
