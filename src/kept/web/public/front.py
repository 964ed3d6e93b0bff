"""The front door: where to write to us."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kept.accounts.models import ChannelAccount
from kept.people.presence import house
from kept.places.models import Brand


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Every open form, and the way in for those who work here."""
    forms = ChannelAccount.objects.filter(kind="webform", closed_at__isnull=True, opened_at__isnull=False).order_by("pk")
    return render(request, "public/front.html", {"forms": forms, "brand": Brand.objects.order_by("pk").first(), "house": house()})
