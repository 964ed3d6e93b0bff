"""`/story`: a customer tells a story of their own. Plain HTML, no script, no cookie; kept before we say thank you."""

from __future__ import annotations

import json
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kept.accounts.opening import account_of_kind
from kept.accounts.translating import channel_named
from kept.channels.base import Raw
from kept.intake.accepting import Busy, accept
from kept.intake.awaiting import file_within
from kept.lib.clock import now
from kept.lib.links import make_form_token, page_token
from kept.people.presence import house
from kept.places.models import Brand
from kept.stories.asking_consent import answer
from kept.stories.coming_in import who_reads
from kept.stories.models import Consent, Story
from kept.stories.sharing import last_word
from kept.web.customer.opening import Opened, open_link
from kept.web.customer.showing import shown
from kept.web.customer.speaking import language_for
from kept.web.customer.through_link import discreet
from kept.web.public.embedding import embeddable
from kept.web.public.once import this_sending
from kept.web.public.telling_a_story import ENDINGS, FAR, Telling

KIND = FORM = "own_story"


@embeddable
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def own_story(request: HttpRequest) -> HttpResponse:
    """GET asks for it, `?from=` from one's own page; POST keeps it. For strangers where the house wishes it."""
    opened = _own_page(request.GET.get("from", ""))
    if opened is None and not house().stories_are_public:
        raise Http404
    brand = opened.brand if opened else Brand.objects.order_by("pk").first()
    with translation.override(language_for(request, brand)):
        typed = Telling(request.POST) if request.method == "POST" else Telling(initial={"place": request.GET.get("at", "")})
        typed.ask_where()
        if typed.is_bound:
            return discreet(_take(request, opened, brand, typed))
        return discreet(_show(request, opened, brand, typed))


def _own_page(token: str) -> Opened | None:
    """Their page, where this one was opened from it: their address is known."""
    opened = open_link(token) if token else None
    return opened if opened is not None and opened.case is not None and opened.shows_words else None


def _take(request: HttpRequest, opened: Opened | None, brand: Brand | None, typed: Telling) -> HttpResponse:
    if not typed.is_valid():
        return _show(request, opened, brand, typed, status=422)
    said = typed.cleaned_data
    told = {name: str(said[name]) for name in ("words", "ending", "different", "wish", "far", "name", "email")}
    told |= {"on": said["on"].isoformat() if said["on"] else "", "named": "yes" if said["named"] else ""}
    told["place"] = said["place"].slug if said.get("place") else ""
    proven = opened.identity.value if opened and opened.identity else ""
    try:
        token = _keep(request, told, proven=proven, now=now())
    except Busy:
        says = _("We could not store your words just now. They are still here: please send them again.")
        return _show(request, opened, brand, typed, status=503, refusal=says)
    return HttpResponseRedirect(reverse("own_story_thanks", args=[token]), status=303)


def _keep(request: HttpRequest, told: dict[str, str], *, proven: str, now: datetime) -> str:
    """The words are committed and, if it can be done at once, filed. Returns the token of their receipt. Raises Busy."""
    body = json.dumps(told).encode()
    envelope = {
        **{"content-type": "application/json", "form-nonce": this_sending(request, FORM)},
        **{"trap": request.POST.get("website", "")[:200], "proven-email": proven},
    }
    account = account_of_kind(KIND, now=now)
    key = channel_named(KIND)(account.settings).dedupe_key(Raw(body, envelope, now))
    receipt = accept(account, body, envelope, key=key, reached_us_at=now)
    file_within(receipt.arrival_id, now=now)
    return page_token("receipt", receipt.receipt)


def _show(
    request: HttpRequest, opened: Opened | None, brand: Brand | None, typed: Telling, *, status: int = 200, refusal: str = ""
) -> HttpResponse:
    context = {
        "brand": brand,
        "form": typed,
        "form_token": request.POST.get("form_token") or make_form_token(FORM, now()),
        "is_known": opened is not None,
        "endings": ENDINGS,
        "far": FAR,
        "refusal": refusal,
    }
    return render(request, "public/own_story.html", context, status=status)


@embeddable
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """Who has it, or who reads it; and how far it may go. POST: they take it back, and nobody else reads it."""
    opened = open_link(token)
    if opened.arrival is None or opened.arrival.account.kind != KIND:
        raise Http404
    story = Story.objects.select_related("place__manager").filter(source_key=f"arrival:{opened.arrival.pk}").first()
    with translation.override(language_for(request, opened.brand)):
        if request.method == "POST" and story is not None:
            asked = Consent.objects.filter(story=story, asked_at__isnull=False).order_by("id").first()
            if asked is not None:
                answer(asked, scope="", with_name=False, now=now())
            return HttpResponseRedirect(reverse("own_story_thanks", args=[token]), status=303)
        context = {
            **shown(opened, now=now()),
            "story": story,
            "said": last_word(story) if story else None,
            "reader": who_reads(story.place) if story else None,
            "house_shows": house().stories_are_public,
        }
        return discreet(render(request, "public/own_story_thanks.html", context))
