"""The front door: where to write to us."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import translation
from django.views.decorators.http import require_safe

from kept.accounts.models import ChannelAccount
from kept.people.presence import house
from kept.places.models import Brand
from kept.web.customer.speaking import language_for


@require_safe
def icon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - every view gets it
    """For browsers that show what is no page of ours and names no icon: a download, an answer in JSON."""
    return HttpResponseRedirect(static("kept.svg"))


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Every open form, and the way in for those who work here."""
    brand = Brand.objects.order_by("pk").first()
    accounts = ChannelAccount.objects.filter(closed_at__isnull=True, opened_at__isnull=False).order_by("pk")
    context = {
        "forms": accounts.filter(kind="webform"),
        "takes_good_words": accounts.filter(kind="good_word").exists(),
        "addresses": accounts.filter(kind="email").exclude(address=""),
        "brand": brand,
        "house": house(),
    }
    with translation.override(language_for(request, brand)):
        return render(request, "public/front.html", context)
