"""The page behind an invitation's link: one question, and everything else if they like. A GET changes nothing, no score."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from kept.lib.clock import now
from kept.lib.links import read_page_token
from kept.surveys.asked import asked_by_page
from kept.surveys.looking import LOOKS
from kept.surveys.models import Invitation, Response
from kept.web.customer.answering import Question, chosen_in, show, take
from kept.web.customer.speaking import language_for
from kept.web.customer.survey_thanks import thank
from kept.web.customer.through_link import discreet

ON_A_PAGE = "ending"


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the question, with `?score=` chosen; POST keeps the answer, or the score alone once it was looked at."""
    question = _question(token)
    with translation.override(language_for(request, question.survey.account.brand)):
        if request.method == "POST":
            return discreet(take(request, question))
        chosen = chosen_in(request, question.survey)
        LOOKS.note(question.number, score=chosen, is_head=request.method == "HEAD", at=now())
        return discreet(show(request, question, question.typed(), chosen=chosen))


@never_cache
@require_safe
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """Who has it and by when they hear, or simply thank you; the same offers to everybody, whatever they said."""
    question = _question(token)
    with translation.override(language_for(request, question.survey.account.brand)):
        return discreet(thank(request, question))


def _question(token: str) -> Question:
    invitation = behind(token)
    survey = invitation.survey
    version = invitation.version or survey.versions.order_by("-number")[0]
    return Question(
        survey=survey,
        version=version,
        here=reverse("survey_page", args=[token]),
        thanks=lambda _key: reverse("survey_page_thanks", args=[token]),
        token=token,
        came_by="email" if invitation.identity_id else ON_A_PAGE,
        invitation=invitation,
        answered=Response.objects.select_related("case").filter(invitation=invitation).first(),
    )


def behind(token: str) -> Invitation:
    """The invitation behind this link. Raises Http404 where we did not make it."""
    read = read_page_token("survey", token)
    found = asked_by_page(read[0]) if read else None
    if found is None:
        raise Http404
    return found
