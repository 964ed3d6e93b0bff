"""A card for a table, a receipt, a counter: one question, and a code that leads to it. For a survey that anybody may answer."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe
from markupsafe import Markup

from kept.lib.address import base_url
from kept.places.models import Place
from kept.surveys.measures import wording_of
from kept.surveys.models import Occasion, Survey
from kept.web.desk.workroom import desk, show
from kept.web.qr import qr


@desk
@require_safe
def survey_card(request: HttpRequest, survey_id: uuid.UUID) -> HttpResponse:
    """The card to print, in the language of the brand; `?at=` a place, so that what is said there is counted there."""
    surveys = Survey.objects.select_related("account__brand").filter(occasion=Occasion.LINK)
    survey = get_object_or_404(surveys, public_id=survey_id)
    place = get_object_or_404(Place, slug=request.GET["at"]) if request.GET.get("at") else survey.account.place
    version = survey.versions.select_related("survey").latest("number")
    brand = survey.account.brand
    with translation.override(brand.language):
        drawn = {
            "brand": brand,
            "place": place,
            "question": wording_of(version, brand.language).question,
            "link": link_to(survey, place),
            "qr": qr,
        }
        card = Markup(render_to_string("cards/survey.html", drawn))  # noqa: S704 - our own template, escaped there
    context = {"card": card, "kind": "survey", "back": reverse("survey", args=[survey.public_id]), "praise": None}
    return show(request, "desk/card.html", context, here="surveys")


def link_to(survey: Survey, place: Place | None) -> str:
    """Where the code leads."""
    at = f"&at={place.slug}" if place is not None and place.slug else ""
    return f"{base_url()}{reverse('survey_at', args=[survey.slug])}?via=qr{at}"
