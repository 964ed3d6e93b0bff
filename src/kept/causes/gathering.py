"""Cases with one root stand together: by hand, by one key on a case, or because somebody said yes to a proposal (R12)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.cases.models import Case
from kept.causes.models import Cause, Gathered
from kept.causes.opening import named, open_cause
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

BY_HAND, STOOD_IN_MY_WAY = "by_hand", "stood_in_my_way"
WHYS = (BY_HAND, STOOD_IN_MY_WAY, "touchpoint", "product", "theme", "words")


@transaction.atomic
def gather(cause: Cause, case: Case, *, by: Employee, now: datetime, why: str = BY_HAND) -> Gathered:
    """This case has this root, says `by`. Saying it twice changes nothing."""
    if not cause.is_decided:
        raise Refusal(_("Say first whether this is one root."))
    if case.joined_into_id:
        raise Refusal(_("This was joined into another case; gather that one."))
    gathered, is_new = Gathered.objects.select_for_update().get_or_create(
        cause=cause, case=case, defaults={"by": by, "at": now, "why": why}
    )
    if not is_new:
        if gathered.by_id is not None and gathered.refused_at is None:
            return gathered
        gathered.by, gathered.at, gathered.refused_at = by, now, None
        gathered.why = gathered.why or why
        gathered.save(update_fields=["by", "at", "refused_at", "why"])
    record(case.about, Happened.GATHERED, at=now, by=by, title=cause.title, cause=cause.pk)
    return gathered


@transaction.atomic
def gather_many(cause: Cause, cases: Iterable[Case], *, by: Employee, now: datetime) -> int:
    """Each of them has this root. Returns how many were given."""
    return len([gather(cause, case, by=by, now=now) for case in cases])


@transaction.atomic
def say_what_stood_in_the_way(case: Case, title: str, *, by: Employee, now: datetime) -> Gathered:
    """The root of that name has this case; a new one begins with its touchpoint, place and theme, owned by who leads there."""
    cause = named(title) if title.strip() else None
    if cause is None:
        owner = _who_leads_there(case) or by
        cause = open_cause(
            title, owner=owner, by=by, now=now, touchpoint=case.touchpoint, place=case.place, theme=case.theme
        )  # fmt: skip
    return gather(cause, case, by=by, now=now, why=STOOD_IN_MY_WAY)


def _who_leads_there(case: Case) -> Employee | None:
    led = (case.touchpoint, case.place)
    managers = (there.manager for there in led if there is not None)
    return next((person for person in managers if person is not None and person.is_active), None)


@transaction.atomic
def let_go(gathered: Gathered, *, by: Employee, now: datetime) -> None:
    """This is not its root, says `by`; nobody proposes it again, and it can be gathered again by hand."""
    gathered = (
        Gathered.objects.select_for_update(of=("self",)).select_related("cause", "case__customer", "promise").get(pk=gathered.pk)
    )
    if gathered.refused_at is not None:
        return
    if gathered.promise is not None and gathered.promise.is_open:
        name = gathered.case.customer.known_as
        raise Refusal(_("%(name)s has our word to hear of it; keep that first.") % {"name": name})
    gathered.refused_at = now
    gathered.save(update_fields=["refused_at"])
    record(gathered.case.about, Happened.LET_GO, at=now, by=by, title=gathered.cause.title, cause=gathered.cause_id)


@transaction.atomic
def decide(cause: Cause, proposals: Iterable[Gathered], *, yes: bool, by: Employee, now: datetime) -> int:
    """Each proposal is taken, or not made again. Returns how many."""
    decided = 0
    for proposal in proposals:
        decided += 1
        if yes:
            gather(cause, proposal.case, by=by, now=now, why=proposal.why)
        else:
            let_go(proposal, by=by, now=now)
    return decided
