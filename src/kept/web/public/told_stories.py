"""/stories: what customers let anybody read, where the house has switched it on. Gone the moment it is taken back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kept.accounts.policies import default_calendar
from kept.lib.clock import now
from kept.people.presence import house
from kept.places.models import Brand
from kept.stories.models import Story
from kept.web.customer.speaking import language_for
from kept.web.newest_first import newest_first

AT_ONCE = 20


@never_cache
@require_safe
def told_stories(request: HttpRequest) -> HttpResponse:
    """The newest first; before=<key> goes on."""
    if not house().stories_are_public:
        raise Http404
    found, further = newest_first(Story.objects.public().select_related("place", "touchpoint"), request, at_once=AT_ONCE)
    brand = Brand.objects.order_by("pk").first()
    context = {
        "found": found,
        "further": further,
        "brand": brand,
        "shows_heard": house().heard_is_public,
        "now": now(),
        "zone": default_calendar().zone,
    }
    with translation.override(language_for(request, brand)):
        return render(request, "public/told_stories.html", context)
