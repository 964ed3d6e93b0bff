"""What the customer says about the end: yes; no, not yet; over unsolved; they leave. Pressed by them, or told to one of us."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kept.cases.assigning import assign
from kept.cases.locking import locked
from kept.cases.minding import give_duty
from kept.cases.models import Case, Outcome
from kept.lib.hours import add_working
from kept.lib.refusal import Refusal
from kept.outcomes.ending import end
from kept.outcomes.making_sure import make_sure
from kept.outcomes.models import Reason, Verdict
from kept.people.models import Employee
from kept.people.presence import house, manager_of
from kept.people.telling import tell
from kept.promises.models import Promise
from kept.timeline.happenings import Happened
from kept.timeline.recording import record

ENDINGS = {
    "yes": (Outcome.WHITE, Reason.SAID),
    "unsolved": (Outcome.BLACK, Reason.SAID),
    "leave": (Outcome.BLACK, Reason.LEFT),
}
MANAGER_OWNS_AFTER = 2
"""After this many "no, not yet" the manager owns it."""


@transaction.atomic
def hear(  # no event: end records it, make_sure what it asks
    case: Case, said: str, *, now: datetime, confirmed_by: Employee | None = None, words: str = ""
) -> Verdict:
    """The case ended as they said: "yes", "unsolved" or "leave". Without `confirmed_by` they pressed the button themselves."""
    if said not in ENDINGS:
        raise Refusal(_("They can say yes, not yet, that it is over unsolved, or that they leave."))
    if confirmed_by is not None and not words.strip():
        raise Refusal(_("Write down their words: a spoken yes needs them."))
    case = locked(case.pk)
    outcome, reason = ENDINGS[said]
    verdict = Verdict.objects.create(
        case=case,
        outcome=outcome,
        reason=reason,
        said_at=now,
        by_customer=confirmed_by is None,
        confirmed_by=confirmed_by,
        words=words,
    )
    end(case, verdict=verdict, now=now)
    if confirmed_by is not None and outcome == Outcome.WHITE:
        make_sure(verdict, now=now)
    return verdict


@transaction.atomic
def hear_not_yet(case: Case, *, now: datetime, confirmed_by: Employee | None = None, words: str = "") -> None:
    """It goes on, one rung higher: the manager is told; after the second no she owns it.

    What they wrote stands on the case as any other word; what they told one of us is a duty of the owner until we answer.
    """
    if confirmed_by is not None and not words.strip():
        raise Refusal(_("Write down their words: a spoken no needs them too."))
    case = locked(case.pk)
    if not case.is_open:
        raise Refusal(_("It has ended. Write down what they said, and it goes on."))
    case.noes += 1
    case.went_wrong = True
    case.asked_at = case.asking_due_at = None
    case.save(update_fields=["noes", "went_wrong", "asked_at", "asking_due_at"])
    verdict = Verdict.objects.create(
        case=case, said_at=now, by_customer=confirmed_by is None, confirmed_by=confirmed_by, words=words
    )
    record(
        case.about,
        Happened.SAID_NOT_YET,
        at=now,
        by=confirmed_by or case.customer,
        verdict=verdict.pk,
        customer=case.customer.known_as,
    )
    if confirmed_by is not None and case.silent_since is None:
        says = _("They say it is not solved yet: “%(words)s”") % {"words": words.strip()[:180]}
        within = case.policy.answer_within(is_first=False)
        give_duty(case, "go_on", says, due_at=add_working(case.policy.calendar.hours, now, within), now=now)
    _one_rung_higher(case, now=now)


def _one_rung_higher(case: Case, *, now: datetime) -> None:
    manager = manager_of(case.owner, of_house=house(), at=now)
    if manager is None:
        return
    if case.noes == MANAGER_OWNS_AFTER and manager.answers and case.is_open:
        assign(case, to=manager, by=case.owner, now=now, why=_("after the second “not yet”"))
    else:
        says = _("%(name)s says it is not solved yet: %(case)s") % {"name": case.customer.known_as, "case": case}
        tell(manager, says, about=case.about, kind="not_yet", at=now)


@transaction.atomic
def pass_on(case: Case, *, by: Employee, now: datetime) -> Verdict:  # no event: end records it
    """Praise that was passed on, and whose writer was told, is over: white, outside every share."""
    if case.kind != "praise":
        raise Refusal(_("Only praise is passed on; say first that this is praise."))
    if case.wish or case.silent_since is not None or Promise.objects.owed().filter(case=case).exists():
        raise Refusal(_("They still wait for something from us; answer first."))
    verdict = Verdict.objects.create(case=case, outcome=Outcome.WHITE, reason=Reason.PASSED_ON, said_at=now, confirmed_by=by)
    end(case, verdict=verdict, now=now)
    return verdict


@transaction.atomic
def give_up_reaching(case: Case, *, by: Employee, now: datetime) -> Verdict:  # no event: end records it
    """Somebody without a way back: a manager looked, and it ends without a word."""
    if not by.leads_others:
        raise Refusal(_("A manager has to look at this first."))
    if case.customer.identities.filter(dead_at__isnull=True, kind__in=["email", "phone", "handle", "address"]).exists():
        raise Refusal(_("There is a way to reach them."))
    verdict = Verdict.objects.create(case=case, outcome=Outcome.NO_WORD, reason=Reason.NO_WAY_BACK, said_at=now, confirmed_by=by)
    end(case, verdict=verdict, now=now)
    return verdict
