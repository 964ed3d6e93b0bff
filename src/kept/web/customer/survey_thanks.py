"""The page after an answer: who has it and by when, what happens if not, and the same offers to everybody (no gating)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kept.cases.models import Case, Message
from kept.lib.clock import now
from kept.lib.links import page_token
from kept.people.presence import house, manager_of
from kept.surveys.models import Invitation, Response
from kept.web.customer.answering import Question
from kept.web.customer.showing import was_told


def thank(request: HttpRequest, question: Question) -> HttpResponse:
    """What became of it by now, as far as it is true."""
    answered, moment = question.answered, now()
    case = _whole(answered) if answered is not None else None
    owner = case.owner if case else None
    invitation = question.invitation
    context = {
        "brand": question.survey.account.brand,
        "answered": answered,
        "case": case,
        "owner": owner,
        "manager": manager_of(owner, of_house=house(), at=moment) if owner else None,
        "hour": case.answer_due_at if case else None,
        "is_late": bool(case and case.is_late(moment)),
        "name": invitation.customer.name.split()[0] if invitation and invitation.customer.name.strip() else "",
        "was_told": bool(case and was_told(case)),
        "here": question.here,
        "is_theirs": invitation is not None,
        "page": page_of(case, invitation) if case else "",
        "zone": question.survey.account.policy.calendar.zone,
        "now": moment,
    }
    return render(request, "customer/survey_thanks.html", context)


def _whole(answered: Response) -> Case | None:
    cases = Case.objects.select_related("owner__team__manager", "owner__manager", "joined_into")
    case = cases.get(pk=answered.case_id) if answered.case_id is not None else None
    return cases.get(pk=case.joined_into_id) if case is not None and case.joined_into_id is not None else case


def page_of(case: Case, invitation: Invitation | None) -> str:
    """The token of their page. Whoever holds the link that we mailed to an address may open what we mailed there since."""
    ours = Message.objects.filter(case=case, is_theirs=False, taken_back_at__isnull=True, identity__isnull=False)
    at = invitation.identity_id if invitation is not None else None
    mailed = ours.filter(identity=at, identity__customer=case.customer_id).order_by("-id").first() if at else None
    if mailed is not None:
        return page_token("message", mailed.public_id, case.page_version)
    return page_token("case", case.public_id, case.page_version)
