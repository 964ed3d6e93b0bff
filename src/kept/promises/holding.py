"""A word given to everybody is held against one case: a person says what became of it, or its hour is watched (R7)."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from kept.cases.locking import locked
from kept.cases.models import Case
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.promises.keeping import break_
from kept.promises.making import promise
from kept.promises.models import Promise, StandingPromise, StandingPromiseQuerySet
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

Became = Literal["open", "kept", "broken"]


def holding_for(case: Case) -> StandingPromiseQuerySet:
    """Those that held when this matter began, at its place and for its kind."""
    began_on = case.opened_at.astimezone(ZoneInfo(case.policy.calendar.zone)).date()
    here = Q(place__isnull=True) | Q(place=case.place_id)
    return StandingPromise.objects.standing(began_on).filter(here, kind__in=["", case.kind]).order_by("said_in", "id")


def hour_of(standing: StandingPromise, case: Case) -> datetime | None:
    """When it falls due on this case; None where it names no hour."""
    return case.opened_at + standing.within if standing.within else None


@transaction.atomic
def hold(case: Case, standing: StandingPromise, *, became: Became, by: Employee, now: datetime) -> Promise:
    """The ledger holds it: kept or broken as `by` says; "open": until its hour, when the clock breaks what nobody has kept.

    A broken one is owed until it is made good, like every promise.
    """
    case = locked(case.pk)
    due_at = hour_of(standing, case)
    _refuse_what_cannot_be(case, standing, became=became, due_at=due_at, now=now)
    if became == "open":
        made = promise(case, standing.says, by=case.owner, due_at=due_at, now=now, quote=standing.says, standing=standing)
        record(case.about, Happened.HELD_TO, at=now, by=by, what=standing.says, promise=made.pk)
        return made
    falls = min(due_at or now, now) if became == "broken" else due_at or now
    made = Promise.objects.create(
        case=case,
        what=standing.says,
        quote=standing.says,
        by=case.owner,
        due_at=falls,
        made_at=case.opened_at,
        standing=standing,
    )
    record(case.about, Happened.HELD_TO, at=now, by=by, what=standing.says, promise=made.pk)
    if became == "broken":
        break_(made, now=now)
    else:
        _was_kept(made, by=by, now=now)
    made.refresh_from_db()
    return made


def _was_kept(made: Promise, *, by: Employee, now: datetime) -> None:
    """Kept now, or by its hour where that has passed: nobody knows by how much sooner."""
    assert made.due_at is not None  # noqa: S101 - the caller saw to it
    made.kept_at, made.is_open = min(now, made.due_at), False
    made.save(update_fields=["kept_at", "is_open"])
    early = int((made.due_at - made.kept_at).total_seconds())
    record(made.case.about, Happened.KEPT, at=now, by=by, what=made.what, promise=made.pk, seconds_early=early)


def _refuse_what_cannot_be(
    case: Case, standing: StandingPromise, *, became: Became, due_at: datetime | None, now: datetime
) -> None:
    if not case.is_open:
        raise Refusal(_("It has ended; what was promised is looked at while it is open."))
    if not holding_for(case).filter(pk=standing.pk).exists():
        raise Refusal(_("This did not hold for this matter when it began."))
    if Promise.objects.binding().filter(case=case, standing=standing, renegotiated_at__isnull=True).exists():
        raise Refusal(_("It stands in the ledger of this matter already."))
    if became == "open" and due_at is None:
        raise Refusal(_("It names no hour: say whether it was kept or broken."))
    if became == "open" and due_at is not None and due_at <= now:
        raise Refusal(_("Its hour has passed: say whether it was kept or broken."))
