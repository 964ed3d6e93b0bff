"""`/say-a-good-word`: as near and as easy as a complaint. Plain HTML, no script, no cookie; kept before we say thank you."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from kept.accounts.policies import default_calendar
from kept.intake.accepting import Busy
from kept.lib.clock import now
from kept.lib.links import make_form_token
from kept.places.models import Brand, Place
from kept.recognition.models import Recognition
from kept.recognition.showing import Met, chosen, people_met_by, people_of
from kept.web.customer.opening import Opened, open_link
from kept.web.customer.showing import shown
from kept.web.customer.speaking import language_for
from kept.web.customer.through_link import discreet
from kept.web.public.embedding import embeddable
from kept.web.public.keeping_good_words import KIND, keep_good_word, takes_good_words
from kept.web.public.once import this_sending
from kept.web.public.speaking_of_somebody import SHOWN, GoodWord

FORM = "good-word"
"""What the form's token is good for."""


@embeddable
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def good_word(request: HttpRequest) -> HttpResponse:
    """GET shows whom one may choose: `?at=` a place's people, `?from=` one's own page's. POST keeps it and says thank you."""
    if not takes_good_words():
        raise Http404
    opened = _own_page(request.GET.get("from", ""))
    brand = opened.brand if opened else Brand.objects.order_by("pk").first()
    with translation.override(language_for(request, brand)):
        response = _take(request, opened, brand) if request.method == "POST" else _show(request, opened, brand, GoodWord())
        return discreet(response)


def _own_page(token: str) -> Opened | None:
    """Their page, where this one was opened from it: whom they met is theirs to see, and their address is known."""
    opened = open_link(token) if token else None
    return opened if opened is not None and opened.case is not None and opened.shows_words else None


def _take(request: HttpRequest, opened: Opened | None, brand: Brand | None) -> HttpResponse:
    typed = GoodWord(request.POST)
    if not typed.is_valid():
        return _show(request, opened, brand, typed, status=422)
    place = _place(request)
    person = chosen(_choice(opened, place), typed.cleaned_data["who"])
    said = {
        **{name: str(typed.cleaned_data[name]) for name in ("words", "hint", "show", "name", "email")},
        "who": str(person.public_id) if person else "",
        "place": place.slug or "" if place else "",
    }
    try:
        token = keep_good_word(
            said,
            sending=this_sending(request, FORM),
            trap=request.POST.get("website", ""),
            proven=opened.identity.value if opened and opened.identity else "",
            now=now(),
        )
    except Busy:
        says = _("We could not store your words just now. They are still here: please send them again.")
        return _show(request, opened, brand, typed, status=503, refusal=says)
    return HttpResponseRedirect(reverse("good_word_thanks", args=[token]), status=303)


def _place(request: HttpRequest) -> Place | None:
    slug = request.GET.get("at", "")[:60]
    return Place.objects.filter(slug=slug).first() if slug else None


def _choice(opened: Opened | None, place: Place | None) -> list[Met]:
    if opened is not None and opened.case is not None:
        return people_met_by(opened.case.customer, now=now())
    return people_of(place)


def _show(
    request: HttpRequest, opened: Opened | None, brand: Brand | None, typed: GoodWord, *, status: int = 200, refusal: str = ""
) -> HttpResponse:
    place = _place(request)
    context: Mapping[str, object] = {
        "brand": brand,
        "form": typed,
        "form_token": request.POST.get("form_token") or make_form_token(FORM, now()),
        "place": place,
        "places": list(Place.objects.exclude(slug=None).order_by("name")[:24]) if place is None and opened is None else [],
        "people": _choice(opened, place),
        "is_known": opened is not None,
        "shown": SHOWN,
        "refusal": refusal,
        "now": now(),
        "zone": default_calendar().zone,
    }
    return render(request, "public/good_word.html", context, status=status)


@embeddable
@never_cache
@require_safe
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """What became of it by now, as far as it is true: passed on to whom, or who looks for whom it was."""
    opened = open_link(token)
    if opened.arrival is None or opened.arrival.account.kind != KIND:
        raise Http404
    with translation.override(language_for(request, opened.brand)):
        praise = (
            Recognition.objects.filter(case=opened.case).select_related("employee", "manager").first() if opened.case else None
        )
        context = {**shown(opened, now=now()), "praise": praise}
        return discreet(render(request, "public/good_word_thanks.html", context))
