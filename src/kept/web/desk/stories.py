"""The stories: a library to look through, one story with both its sides, and its card to print."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from markupsafe import Markup

from kept.accounts.policies import default_calendar
from kept.lib.clock import now
from kept.lib.picture import png_of
from kept.lib.refusal import Refusal
from kept.places.models import Brand, Touchpoint
from kept.stories.covering import pieces_of, why
from kept.stories.library import LONGEST_SEARCH, Wanted, look_for
from kept.stories.models import Consent, Evidence, Scope, Story, StoryState
from kept.stories.picturing import WIDE, story_as_svg
from kept.stories.redacting import marked_in
from kept.stories.sharing import last_word
from kept.web.desk.workroom import desk, show, worker

OUTCOMES = [
    ("white", gettext_lazy("ended happy")),
    ("black", gettext_lazy("ended not happy")),
    ("no_word", gettext_lazy("ended without a word")),
    ("small", gettext_lazy("a small thing")),
    ("kept", gettext_lazy("a promise beaten")),
]
MOST_TOUCHPOINTS = 40
PICTURES = {"svg": "image/svg+xml", "png": "image/png"}


@desk
@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    """The library: q, outcome and at narrow it; prepared=1 shows what waits for a yes."""
    wanted = Wanted(
        words=request.GET.get("q", "")[:LONGEST_SEARCH].strip(),
        outcome=request.GET.get("outcome", ""),
        touchpoint=request.GET.get("at", ""),
        being_prepared=request.GET.get("prepared") == "1",
    )
    before = request.GET.get("before", "")
    found, further = look_for(
        wanted, reader=worker(request), before=int(before) if before.isdecimal() and len(before) < 19 else 0
    )
    context = {
        "wanted": wanted,
        "found": found,
        "further": further,
        "outcomes": OUTCOMES,
        "touchpoints": list(Touchpoint.objects.order_by("name")[:MOST_TOUCHPOINTS]),
        "zone": default_calendar().zone,
    }
    return show(request, "desk/stories.html", context, here="stories")


def find_story(request: HttpRequest, story_id: uuid.UUID) -> Story:
    """The story, as far as this employee may read it. Raises Http404: also for what was taken back."""
    related = ("case__customer", "customer", "touchpoint", "place", "chosen_by", "redacted_by")
    return get_object_or_404(Story.objects.visible_to(worker(request)).select_related(*related), public_id=story_id)


@desk
@require_safe
def story(request: HttpRequest, story_id: uuid.UUID) -> HttpResponse:
    """One story with both its sides."""
    return show_story(request, find_story(request, story_id))


def show_story(request: HttpRequest, found: Story, *, status: int = 200, **more: object) -> HttpResponse:
    """The page of one story, with whatever a refused action adds to it."""
    may_change = found.may_change(worker(request))
    context = {
        "story": found,
        "may_change": may_change,
        "still": marked_in(found.words, case=found.case, customer=found.customer) if may_change else [],
        "pieces": pieces_of(found) if may_change and found.state == StoryState.CHOSEN else [],
        "why": why(),
        "said": last_word(found) if may_change and not found.is_shared else None,
        "asked": Consent.objects.filter(story=found, asked_at__isnull=False).order_by("-id").first() if may_change else None,
        "evidence": list(Evidence.objects.filter(story=found).select_related("theory").order_by("id")[:20]),
        "scopes": Scope.choices,
        "outcomes": dict(OUTCOMES),
        "zone": default_calendar().zone,
        "typed": {},
        **more,
    }
    return show(request, "desk/story.html", context, here="stories", status=status)


def _shared(request: HttpRequest, story_id: uuid.UUID) -> Story:
    """The story, if its customer lets others read it just now. Raises Http404."""
    found = find_story(request, story_id)
    if not found.is_shared:
        raise Http404
    return found


@desk
@never_cache
@require_safe
def picture(request: HttpRequest, story_id: uuid.UUID, form: str) -> HttpResponse:
    """The card as one picture, SVG or PNG, to take away; only while it is shared."""
    found, brand = _shared(request, story_id), Brand.objects.order_by("pk").first()
    if form not in PICTURES:
        raise Http404
    with translation.override(brand.language if brand else None):
        drawn = story_as_svg(found, by=brand.name if brand else "")
    try:
        content = drawn.encode() if form == "svg" else png_of(drawn, width=WIDE)
    except Refusal as refusal:
        return show_story(request, found, status=409, refusal=refusal)
    answer = HttpResponse(content, content_type=PICTURES[form])
    answer["Content-Disposition"] = f'attachment; filename="{slugify(found.title) or "story"}.{form}"'
    return answer


@desk
@require_safe
def card(request: HttpRequest, story_id: uuid.UUID) -> HttpResponse:
    """The story on a card to print; only while it is shared."""
    found = _shared(request, story_id)
    brand, zone = Brand.objects.order_by("pk").first(), default_calendar().zone
    with translation.override(brand.language if brand else None):
        drawn = render_to_string("cards/story.html", {"story": found, "brand": brand, "zone": zone, "now": now()})
    context = {"card": Markup(drawn), "kind": "story", "back": f"/desk/stories/{found.public_id}", "zone": zone}  # noqa: S704 - our own template, escaped there
    return show(request, "desk/card.html", context, here="stories")
