"""The audit for everybody, where the house has switched it on."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from kept.accounts.policies import default_calendar
from kept.audit.counting import count
from kept.audit.models import Statement
from kept.lib.clock import now
from kept.people.presence import house
from kept.places.models import Brand
from kept.web.customer.speaking import language_for


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """The sum as of now, and the days before; no names, no words."""
    if not house().audit_is_public:
        raise Http404
    days = Statement.objects.order_by("-day")[:30]
    brand = Brand.objects.order_by("pk").first()
    context = {"audit": count(now()), "statements": days, "brand": brand, "now": now(), "zone": default_calendar().zone}
    with translation.override(language_for(request, brand)):
        return render(request, "public/audit.html", context)
