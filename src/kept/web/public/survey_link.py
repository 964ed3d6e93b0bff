"""A survey by link, QR code, or in a frame of another page: nobody was invited, and nobody is asked who they are."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from kept.lib.links import page_token, read_page_token
from kept.surveys.models import Occasion, Response, Survey
from kept.web.customer.answering import Question, chosen_in, show, take
from kept.web.customer.speaking import language_for
from kept.web.customer.survey_thanks import thank
from kept.web.customer.through_link import discreet
from kept.web.public.embedding import embeddable

PURPOSE = "answered"
NOBODYS = UUID(int=0)
"""Of an answer that cannot be found again: its form was not one of ours."""
WAYS = frozenset({"qr", "link", "page"})


@embeddable
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def survey_at(request: HttpRequest, slug: str) -> HttpResponse:
    """GET shows the question of an open survey, POST keeps the answer. `?via=qr&at=mill-lane`: the code on a card there."""
    question = _question(request, slug)
    with translation.override(language_for(request, question.survey.account.brand)):
        if request.method == "POST":
            return discreet(take(request, question))
        return discreet(show(request, question, question.typed(), chosen=chosen_in(request, question.survey)))


@embeddable
@never_cache
@require_safe
def thanks_at(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Who has it, if it asked for somebody; else thank you. Opens only through the link that the answer led to."""
    read = read_page_token(PURPOSE, token)
    if read is None:
        raise Http404
    question = _question(request, slug, answered=read[0])
    with translation.override(language_for(request, question.survey.account.brand)):
        return discreet(thank(request, question))


def _question(request: HttpRequest, slug: str, *, answered: UUID | None = None) -> Question:
    surveys = Survey.objects.select_related("account__brand", "account__policy__calendar")
    survey = surveys.filter(slug=slug, occasion=Occasion.LINK, account__closed_at__isnull=True).first()
    if survey is None or not (survey.is_open or answered):
        raise Http404
    via = request.GET.get("via", "")
    came_by = "page" if request.headers.get("Sec-Fetch-Dest") == "iframe" else via if via in WAYS else "link"
    query = request.META.get("QUERY_STRING", "")
    here = reverse("survey_at", args=[slug])
    return Question(
        survey=survey,
        version=survey.versions.order_by("-number")[0],
        here=f"{here}?{query}" if query and answered is None else here,
        thanks=lambda key: reverse("survey_at_thanks", args=[slug, page_token(PURPOSE, UUID(key) if key else NOBODYS)]),
        token=slug,
        came_by=came_by,
        answered=Response.objects.select_related("case").filter(survey=survey, public_id=answered).first() if answered else None,
        place=request.GET.get("at", "")[:60],
    )
