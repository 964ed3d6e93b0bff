"""The public form: plain HTML, no script, no cookie. What is typed is stored, as it was posted, before we say thank you."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from kept.accounts.models import ChannelAccount
from kept.accounts.translating import channel_named
from kept.channels.base import Raw
from kept.intake.accepting import CUT_SHORT, Busy, accept
from kept.intake.awaiting import file_within
from kept.lib.clock import now
from kept.lib.links import make_form_token, page_token
from kept.web.customer.opening import open_link
from kept.web.customer.showing import shown
from kept.web.customer.speaking import language_for
from kept.web.customer.through_link import discreet
from kept.web.public.asking import Contact
from kept.web.public.embedding import embeddable
from kept.web.public.once import this_sending

MB = 1024 * 1024


@embeddable
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, slug: str) -> HttpResponse:
    """GET shows the empty form; POST keeps the words and leads to the thank-you page, or comes back with everything typed."""
    account = ChannelAccount.objects.select_related("brand").filter(slug=slug, kind="webform", closed_at__isnull=True).first()
    if account is None:
        raise Http404
    with translation.override(language_for(request, account.brand)):
        response = _take(request, account) if request.method == "POST" else _show(request, account, Contact())
        response["Content-Language"] = translation.get_language() or "en"
        return response


def _take(request: HttpRequest, account: ChannelAccount) -> HttpResponse:
    if request.META.get(CUT_SHORT) or int(request.META.get("CONTENT_LENGTH") or 0) > settings.MAX_CONTACT_BYTES:
        limit = settings.MAX_CONTACT_BYTES // MB
        says = _("That is larger than the %(limit)d MB we can take at once. Send it in smaller parts; nothing of it was kept.")
        return _show(request, account, Contact(request.POST), status=413, refusal=says % {"limit": limit})
    body = request.body  # before the fields are read from it: what we keep is what was posted
    typed = Contact(request.POST)
    if not typed.is_valid():
        return _show(request, account, typed, status=422)
    try:
        token = _keep(request, account, body)
    except Busy:
        says = _("We could not store your words just now. They are still here: please send them again.")
        return _show(request, account, typed, status=503, refusal=says)
    return HttpResponseRedirect(reverse("thanks", args=[account.slug, token]), status=303)


def _show(request: HttpRequest, account: ChannelAccount, typed: Contact, *, status: int = 200, refusal: str = "") -> HttpResponse:
    context = {
        "account": account,
        "brand": account.brand,
        "form": typed,
        "form_token": typed["form_token"].value() or make_form_token(account.slug, now()),
        "asked": typed.asked_by(account),
        "refusal": refusal,
        "had_files": bool(request.FILES or request.META.get(CUT_SHORT)),
    }
    return render(request, "public/form.html", context, status=status)


def _keep(request: HttpRequest, account: ChannelAccount, body: bytes) -> str:
    """The bytes are committed and, if it can be done at once, filed. Returns the token of their receipt."""
    moment = now()
    envelope = {
        "content-type": request.META.get("CONTENT_TYPE", ""),
        "form-nonce": this_sending(request, account.slug),
        "trap": request.POST.get("website", "")[:200],
    }
    key = channel_named(account.kind)(account.settings).dedupe_key(Raw(body, envelope, moment))
    receipt = accept(account, body, envelope, key=key, reached_us_at=moment)
    file_within(receipt.arrival_id, now=moment)
    return page_token("receipt", receipt.receipt)


@embeddable
@never_cache
@require_safe
def thanks(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Who has it, by when they hear, when it was received, and their private page."""
    opened = open_link(token)
    if opened.arrival is None or opened.arrival.account.slug != slug:
        raise Http404
    with translation.override(language_for(request, opened.brand)):
        return discreet(render(request, "customer/thanks.html", shown(opened, now=now())))
