"""The question that stands on the page where they just said yes: asked at once, never mailed later (KEPT.md 1.9)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kept.cases.models import Case, Outcome
from kept.outcomes.models import Reason
from kept.people.models import Customer
from kept.surveys.admitting import admit, occasion_of
from kept.surveys.models import Invitation, InvitationState, Occasion, Survey
from kept.surveys.occasions import about, scores_it_began_with
from kept.surveys.releasing import standing
from kept.timeline.happenings import Happened
from kept.timeline.recording import record


@transaction.atomic
def ask_on_their_page(case: Case, *, now: datetime) -> Invitation | None:
    """Their page asks how it was, as far as anybody may be asked and somebody could answer. The same end asks once.

    A matter that a score began is asked about in the question that it began with: did it get better?
    """
    case.refresh_from_db(fields=["outcome", "outcome_reason", "ended_at"])
    if (case.outcome, case.outcome_reason) != (Outcome.WHITE, Reason.SAID):
        return None
    scores = scores_it_began_with(case.pk, opened_at=case.opened_at).select_related("survey__account__brand")
    began = scores.order_by("first_at", "id").first()
    survey = began.survey if began is not None else _survey_of_endings(case)
    if survey is None or not has_room(survey, now=now):
        return None
    invitation = admit(
        survey,
        case.customer,
        occasion_key=occasion_of(case, asks_again=began is not None),
        about=about(case),
        at=now,
        now=now,
        case=case,
        touchpoint=case.touchpoint,
        product=began.product if began is not None else "",
        by_mail=False,
    )
    return _set_out(invitation, case, now=now) if invitation.state == InvitationState.WAITING else None


def _set_out(invitation: Invitation, case: Case, *, now: datetime) -> Invitation:
    """It stands there from now on, and counts as asked like any other."""
    version = invitation.survey.versions.order_by("-number").first()
    waits = Invitation.objects.filter(pk=invitation.pk, state=InvitationState.WAITING)
    if not waits.update(state=InvitationState.SENT, identity=None, version=version, sent_at=now, next_try_at=None, why=""):
        return invitation
    Customer.objects.filter(pk=invitation.customer_id).update(last_asked_at=now)
    record(case.about, Happened.INVITED, at=now, survey=invitation.survey.name, invitation=invitation.pk)
    invitation.refresh_from_db()
    return invitation


def _survey_of_endings(case: Case) -> Survey | None:
    """The first survey that asks after an ending like this one."""
    surveys = Survey.objects.filter(occasion=Occasion.ENDING, opened_at__lte=case.ended_at, closed_at__isnull=True)
    fits = surveys.filter(account__brand=case.account.brand_id).select_related("account__brand", "touchpoint")
    return next((one for one in fits.order_by("pk") if one.touchpoint_id in (None, case.touchpoint_id)), None)


def has_room(survey: Survey, *, now: datetime) -> bool:
    """One more may be asked, and whoever they would be answered by has the time (R9)."""
    return standing(survey, now).allowed > 0


def question_on(case: Case) -> Invitation | None:
    """What stands on the page of this matter and has no answer yet."""
    asked = Invitation.objects.filter(case=case, identity__isnull=True, state=InvitationState.SENT)
    return asked.select_related("survey", "version__survey").order_by("-id").first()
