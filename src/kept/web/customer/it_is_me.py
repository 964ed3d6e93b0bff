"""“Is this mailbox yours?”: the page behind that mail. Opening it changes nothing; only the button there says yes."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kept.cases.models import Message, MessageKind
from kept.lib.clock import now
from kept.lib.links import page_token, read_page_token
from kept.lib.refusal import Refusal
from kept.replies.whose_address import is_valid, it_is_me, known_there
from kept.web.customer.speaking import language_for
from kept.web.customer.through_link import discreet


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def same(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks. POST: they are one person from now on, and their page opens."""
    asked = _behind(token)
    with translation.override(language_for(request, asked.case.account.brand)):
        if request.method != "POST":
            return discreet(_page(request, asked, token))
        try:
            it_is_me(asked, now=now())
        except Refusal as refusal:
            return discreet(_page(request, asked, token, status=409, refusal=str(refusal)))
        link = page_token("message", asked.public_id, asked.case.page_version)
        return discreet(HttpResponseRedirect(reverse("page", args=[link]), status=303))


def _behind(token: str) -> Message:
    """The mail that asked. Raises Http404 for what we did not write, or made invalid since."""
    read = read_page_token("same", token)
    asked = Message.objects.filter(public_id=read[0], kind=MessageKind.IS_IT_YOU) if read else Message.objects.none()
    found = asked.select_related("identity__customer", "case__customer", "case__account__brand", "case__owner").first()
    if found is None or read is None or found.case.page_version != read[1]:
        raise Http404
    return found


def _page(request: HttpRequest, asked: Message, token: str, *, status: int = 200, refusal: str = "") -> HttpResponse:
    context = {
        "token": token,
        "brand": asked.case.account.brand,
        "handle": known_there(asked.case),
        "owner": asked.case.owner,
        "is_valid": is_valid(asked, now=now()),
        "refusal": refusal,
    }
    return render(request, "customer/it_is_me.html", context, status=status)
