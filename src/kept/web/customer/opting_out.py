"""“Don't ask me again”: the page behind that link, and the one click in a mail program. Opening it changes nothing."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kept.lib.clock import now
from kept.lib.links import read_page_token
from kept.surveys.models import Invitation
from kept.surveys.opting_out import OPT_OUT, ask_again, opt_out
from kept.web.customer.speaking import language_for
from kept.web.customer.through_link import discreet

ONE_CLICK = "One-Click"
"""What a mail program posts in List-Unsubscribe (RFC 8058); it follows no redirect and has no cookie."""


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks whether they mean it. POST: no survey asks them any more; with again=1 they take that back."""
    invitation = _behind(token)
    with translation.override(language_for(request, invitation.survey.account.brand)):
        if request.method == "POST":
            return discreet(_decided(request, invitation, token))
        return discreet(_page(request, invitation, token))


def _behind(token: str) -> Invitation:
    read = read_page_token("survey", token)
    found = _invited(read[0]) if read else None
    if found is None:
        raise Http404
    return found


def _invited(public_id: UUID) -> Invitation | None:
    related = Invitation.objects.select_related("customer", "survey__account__brand")
    return related.filter(public_id=public_id).first()


def _decided(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    if request.POST.get("List-Unsubscribe") == ONE_CLICK:
        opt_out(invitation.customer, at=now(), through="one_click")
        return HttpResponse("", content_type="text/plain; charset=utf-8")
    if request.POST.get("again"):
        ask_again(invitation.customer, at=now())
    else:
        opt_out(invitation.customer, at=now(), through="page")
    return HttpResponseRedirect(reverse("survey_stop", args=[token]), status=303)


def _page(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    customer = invitation.customer
    context = {
        "token": token,
        "brand": invitation.survey.account.brand,
        "name": customer.name.split()[0] if customer.name.strip() else "",
        "has_stopped": customer.not_asked_since is not None,
        "can_go_back": customer.not_asked_why == OPT_OUT,
    }
    return render(request, "customer/stop.html", context)
