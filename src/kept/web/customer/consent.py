"""“May others read what you said?”: the page behind that mail. Opening it changes nothing; the yes can be taken back here."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kept.lib.clock import now
from kept.lib.links import read_page_token
from kept.lib.refusal import Refusal
from kept.places.models import Brand
from kept.stories.asking_consent import answer
from kept.stories.models import Consent, Scope
from kept.stories.sharing import last_word
from kept.web.customer.speaking import language_for
from kept.web.customer.through_link import discreet


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the words and what they said last. POST: far=inside, team_mail, public, or no; named=1 with their first name."""
    asked = _behind(token)
    brand = asked.story.case.account.brand if asked.story.case else None
    with translation.override(language_for(request, brand)):
        if request.method == "POST":
            return discreet(_decided(request, asked, token, brand))
        return discreet(_page(request, asked, token, brand))


def _behind(token: str) -> Consent:
    read = read_page_token("consent", token)
    found = _asked(read[0]) if read else None
    if found is None:
        raise Http404
    return found


def _asked(public_id: UUID) -> Consent | None:
    rows = Consent.objects.select_related("story__case__account__brand", "story__customer", "identity", "asked_by")
    return rows.filter(public_id=public_id, asked_at__isnull=False).first()


def _decided(request: HttpRequest, asked: Consent, token: str, brand: Brand | None) -> HttpResponse:
    far, named = request.POST.get("far", ""), bool(request.POST.get("named"))
    try:
        if not far:
            raise Refusal(_("Choose how far your words may go, or that nobody else reads them."))
        answer(asked, scope="" if far == "no" else far, with_name=named, now=now())
    except Refusal as refusal:
        return _page(request, asked, token, brand, status=422, refusal=str(refusal), far=far, named=named)
    return HttpResponseRedirect(reverse("story_consent", args=[token]), status=303)


def _page(
    request: HttpRequest, asked: Consent, token: str, brand: Brand | None, *, status: int = 200, **typed: object
) -> HttpResponse:
    said, name = last_word(asked.story), asked.story.customer.name.strip() if asked.story.customer else ""
    context = {
        "token": token,
        "brand": brand,
        "words": asked.words_shown,
        "said": said,
        "scopes": Scope,
        "name": name.split()[0] if name else "",
        "far": (said.scope or "no") if said else "",
        "named": said.with_name if said else False,
        **typed,
    }
    return render(request, "customer/consent.html", context, status=status)
