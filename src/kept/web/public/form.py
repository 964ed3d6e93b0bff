"""The public form: plain HTML, no script, no cookie. What is typed is stored before we say thank you."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from kept.accounts.models import ChannelAccount
from kept.accounts.translating import channel_named
from kept.channels.base import Raw
from kept.intake.accepting import Busy, accept
from kept.intake.filing import file_now
from kept.lib.clock import now
from kept.lib.links import make_form_token, page_token, read_form_token
from kept.people.presence import house, manager_of
from kept.web.customer.opening import open_link
from kept.web.public.asking import Contact

FORM = "application/x-www-form-urlencoded"


@never_cache
@xframe_options_exempt
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, slug: str) -> HttpResponse:
    """GET shows the empty form; POST keeps the words and leads to the thank-you page, or comes back with everything typed."""
    account = ChannelAccount.objects.select_related("brand").filter(slug=slug, kind="webform", closed_at__isnull=True).first()
    if account is None:
        raise Http404
    if request.method != "POST":
        fresh = Contact(initial={"form_token": make_form_token(slug, now())})
        return _show(request, account, fresh)
    typed = Contact(request.POST, request.FILES)
    if not typed.is_valid():
        return _show(request, account, typed, status=422)
    try:
        token = _keep(request, account)
    except Busy:
        typed.add_error(None, _("We could not store your words just now. They are still here: please send them again."))
        return _show(request, account, typed, status=503)
    return HttpResponseRedirect(reverse("thanks", args=[slug, token]), status=303)


def _show(request: HttpRequest, account: ChannelAccount, typed: Contact, *, status: int = 200) -> HttpResponse:
    with translation.override(_language(request, account)):
        context = {"account": account, "brand": account.brand, "form": typed, "form_token": typed["form_token"].value()}
        return render(request, "public/form.html", context, status=status)


def _language(request: HttpRequest, account: ChannelAccount) -> str:
    return translation.get_language_from_request(request) if request.headers.get("Accept-Language") else account.brand.language


def _keep(request: HttpRequest, account: ChannelAccount) -> str:
    """The words are committed and, if it can be done at once, filed. Returns the token of their receipt."""
    moment = now()
    nonce = read_form_token(request.POST.get("form_token", ""), account.slug)
    envelope = {"content-type": FORM, "form-nonce": nonce[0] if nonce else "", "trap": request.POST.get("website", "")}
    raw = Raw(request.POST.urlencode().encode(), envelope, moment)
    key = channel_named(account.kind)(account.settings).dedupe_key(raw)
    receipt = accept(account, raw.body, envelope, key=key, reached_us_at=moment)
    file_now(receipt.arrival_id, now=moment)
    return page_token("receipt", receipt.receipt)


@never_cache
@xframe_options_exempt
@require_safe
def thanks(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Who has it, by when they hear, when it was received, and their private page."""
    opened = open_link(token)
    if opened.arrival is None or opened.arrival.account.slug != slug:
        raise Http404
    case = opened.case
    owner = case.owner if case else None
    context = {
        "brand": opened.arrival.account.brand,
        "account": opened.arrival.account,
        "case": case,
        "name": case.customer.name.split()[0] if case and case.customer.name else "",
        "owner": owner,
        "manager": manager_of(owner, of_house=house(), at=now()) if owner else None,
        "hour": case.answer_due_at if case else None,
        "zone": case.policy.calendar.zone if case else "UTC",
        "received_at": opened.arrival.reached_us_at,
        "page": reverse("page", args=[token]),
        "now": now(),
    }
    with translation.override(_language(request, opened.arrival.account)):
        return render(request, "customer/thanks.html", context)
