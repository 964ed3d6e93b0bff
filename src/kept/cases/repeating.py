"""The third cold pizza is noticed as the third: the case says so, its manager is told, the earlier ones stand beside it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from kept.cases.models import Case, CaseQuerySet, Message
from kept.cases.wording import nth
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.people.presence import house, manager_of
from kept.people.telling import tell
from kept.text.again import how_often
from kept.text.themes import theme_of
from kept.text.trouble import speaks_of_trouble
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

WITHIN = timedelta(days=90)
TOLD_FROM = 3
"""From this time on the manager is told, and the acknowledgement owns up to it."""
APART = timedelta(hours=12)
"""Nearer than this and unanswered, it is the same mishap told twice, by another way or with another subject."""
MOST = 20
"""So many earlier ones are looked at; who has more was heard of long ago."""


@transaction.atomic(savepoint=False)
def notice_repeat(message: Message, *, now: datetime) -> None:
    """The case says what it is about and the how-manieth time it is: as far as we know, or by the customer's own words.

    Looks at the first words of a matter only. It proposes (R12): a person can say that it is no repeat.
    """
    case = message.case
    if not message.is_theirs or not _began_with(case, now=now) or case.kind == "praise":
        return
    words = f"{message.subject}\n\n{message.text}"
    case.theme = theme_of(words)
    if not speaks_of_trouble(words):
        return
    before = earlier(case)
    case.repeats = max(times_we_know(before), how_often(words))
    case.repeats_of = before[0] if before else None
    if case.theme or case.repeats > 1:
        case.save(update_fields=["theme", "repeats", "repeats_of"])
    if case.repeats > 1:
        record(case.about, Happened.REPEATED, at=now, times=case.repeats, known=times_we_know(before))
    if case.repeats >= TOLD_FROM:
        _tell_the_manager(case, now=now)


def _began_with(case: Case, *, now: datetime) -> bool:
    """Nothing was said on it before, as far as the case itself shows: no look at its other messages is needed."""
    return case.opened_at == now and " " not in case.media and not case.theme and case.repeats == 1


def earlier(case: Case) -> list[Case]:
    """The same customer's cases of the last 90 days with the same touchpoint or theme, newest first; one query."""
    found = alike(case)
    return [] if found is None else list(found)


def alike(case: Case) -> CaseQuerySet | None:
    """The question for them, at most 20; None when nothing can be found.

    What this one follows, or was linked to, counts whenever it was. Praise is no mishap, nor is what was set aside, nor what was
    told twice.
    """
    same = Q()
    if case.theme:
        same |= Q(theme=case.theme)
    if case.touchpoint_id:
        same |= Q(touchpoint=case.touchpoint_id)
    apart = Q(opened_at__lte=case.opened_at - APART) | Q(first_answered_at__isnull=False)
    which = Q(same, apart, opened_at__gte=case.opened_at - WITHIN) if same else Q(pk__in=[])
    linked = [pk for pk in (case.follows_id, case.repeats_of_id) if pk]
    if not same and not linked:
        return None
    cases = Case.objects.filter(which | Q(pk__in=linked), customer=case.customer_id, opened_at__lte=case.opened_at)
    cases = cases.exclude(pk=case.pk).exclude(kind="praise")
    return cases.filter(joined_into__isnull=True, set_aside_at__isnull=True).order_by("-opened_at", "-id")[:MOST]


def times_we_know(before: list[Case]) -> int:
    """The how-manieth time it is after these, of which the newest may itself have been the second or third."""
    return 1 + max(len(before), before[0].repeats) if before else 1


def _tell_the_manager(case: Case, *, now: datetime) -> None:
    manager = manager_of(case.owner, of_house=house(), at=now)
    if manager is not None:
        says = _("The %(nth)s time for %(customer)s: %(case)s") % {
            "nth": nth(case.repeats),
            "customer": case.customer.known_as,
            "case": case,
        }
        tell(manager, says, about=case.about, kind="repeat", at=now)


@transaction.atomic
def unlink_repeat(case: Case, *, by: Employee, now: datetime) -> None:
    """A person says that it is not the same thing again: the case counts as the first, and is linked to none."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if case.repeats == 1:
        raise Refusal(_("Nothing says that it is a repeat."))
    was, case.repeats, case.repeats_of = case.repeats, 1, None
    case.save(update_fields=["repeats", "repeats_of"])
    record(case.about, Happened.NOT_A_REPEAT, at=now, by=by, times=was)
