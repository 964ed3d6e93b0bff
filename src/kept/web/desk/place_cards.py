"""Cards that hang at a place or where it happens, with a QR code for whoever stands there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from kept.lib.address import base_url
from kept.observations.showing import seen_link
from kept.places.models import Place, Touchpoint
from kept.web.desk.cards import show_card
from kept.web.desk.workroom import for_admins


@for_admins
@require_safe
def place_card(request: HttpRequest, place_id: int) -> HttpResponse:
    """The card that hangs at a place: who did well by you here?"""
    place = get_object_or_404(Place, pk=place_id, slug__isnull=False)
    link = f"{base_url()}{reverse('good_word')}?at={place.slug}"
    return show_card(request, "place", back=reverse("places"), place=place, link=link)


@for_admins
@require_safe
def touchpoint_card(request: HttpRequest, touchpoint_id: int) -> HttpResponse:
    """The card that hangs where it happens: did you notice something? Good without signing in, for whoever holds it."""
    point = get_object_or_404(Touchpoint.objects.select_related("place"), pk=touchpoint_id)
    return show_card(request, "touchpoint", back=reverse("places"), point=point, link=seen_link(point))
