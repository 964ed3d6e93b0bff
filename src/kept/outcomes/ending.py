"""The only folder that ends a case; and only for one of the reasons R8 names. There is no `end(case, by=employee)`."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kept.cases.models import Case, Message, Outcome
from kept.cases.silence import recount
from kept.lib.refusal import Refusal
from kept.outcomes.models import Reason, Verdict
from kept.promises.keeping import hear_the_next_word, withdraw_the_next_word
from kept.promises.models import Promise
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

QUIET_FOR = timedelta(days=14)


def ends(verdict: Verdict, case: Case) -> bool:
    """The one table of endings: who must have said what for a case to be over."""
    theirs = verdict.by_customer or (verdict.confirmed_by_id is not None and bool(verdict.words.strip()))
    owed = case.silent_since is not None or Promise.objects.owed().filter(case=case).exists()
    asked_long_ago = case.asked_at is not None and verdict.said_at - case.asked_at >= QUIET_FOR
    allowed: dict[tuple[str, str], bool] = {
        (Reason.SAID, Outcome.WHITE): theirs,
        (Reason.SAID, Outcome.BLACK): theirs,
        (Reason.LEFT, Outcome.BLACK): theirs,
        (Reason.NO_WORD, Outcome.NO_WORD): asked_long_ago and not owed,
        (Reason.PASSED_ON, Outcome.WHITE): _is_mere_praise(case) and verdict.confirmed_by_id is not None and not owed,
        (Reason.NO_WAY_BACK, Outcome.NO_WORD): verdict.confirmed_by is not None and verdict.confirmed_by.leads_others,
    }
    return allowed.get((verdict.reason, verdict.outcome), False)


def _is_mere_praise(case: Case) -> bool:
    return case.kind == "praise" and not case.wish


@transaction.atomic
def end(case: Case, *, verdict: Verdict, now: datetime) -> None:
    """The case is over; every word on it is settled by its answer or by the customer's own ending."""
    if not case.is_open:
        raise Refusal(_("It has ended already."))
    if not ends(verdict, case):
        raise Refusal(_("Only the customer can end this."))
    last = Message.objects.filter(case=case, is_theirs=True).aggregate(last=Max("id"))["last"] or 0
    if verdict.outcome == Outcome.WHITE and verdict.reason == Reason.SAID:
        case.yes_up_to = last
    else:
        case.ended_up_to = last
    case.is_open, case.ended_at = False, verdict.said_at
    case.outcome, case.outcome_reason = verdict.outcome, verdict.reason
    case.asked_at = case.asking_due_at = None
    case.rung_due_at, case.rung_level = None, 0
    case.save(
        update_fields=[
            *("is_open", "ended_at", "outcome", "outcome_reason", "yes_up_to", "ended_up_to"),
            *("asked_at", "asking_due_at", "rung_due_at", "rung_level"),
        ]
    )
    record(
        case.about, Happened.ENDED, at=now, by=verdict.confirmed_by or (case.customer if verdict.by_customer else None),
        reason=str(Reason(verdict.reason).label), outcome=verdict.outcome, verdict=verdict.pk,
    )  # fmt: skip
    if verdict.outcome == Outcome.WHITE:
        hear_the_next_word(case, now=now)
    else:
        withdraw_the_next_word(case, now=now)
    recount(case, now=now)
