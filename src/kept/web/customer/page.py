"""The customer's page (L0): who has it, since when, what was promised, what happened, and "is it solved?". A GET changes nothing."""

from __future__ import annotations

import json
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from kept.accounts.opening import account_of_kind
from kept.cases.minding import give_duty
from kept.intake.accepting import accept
from kept.intake.filing import file_now
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.outcomes.hearing import hear
from kept.people.identifying import prove
from kept.replies.linking import mail_the_link
from kept.web.customer.opening import Opened, open_link
from kept.web.customer.showing import shown


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows it. POST is their verdict: solved=yes, no, unsolved or leave, with words if they like. The link itself is the key, so no cookie."""
    opened = open_link(token)
    if request.method != "POST":
        return _show(request, opened)
    try:
        _decide(opened, request.POST.get("solved", ""), request.POST.get("say", "")[:50_000])
    except Refusal as refusal:
        return _show(request, opened, status=409, says=str(refusal))
    return _back(token)


def _decide(opened: Opened, said: str, words: str) -> None:
    _prove(opened)
    if opened.case is None or not opened.shows_words:
        raise Refusal(_("This link does not show that it is you. Ask for the link by mail, and answer there."))
    if said == "no":
        _take_words(opened, words.strip() or _("No, not yet."), verdict="no")
    else:
        hear(opened.case, said, now=now(), words=words)


def _prove(opened: Opened) -> None:
    """Whoever presses a button on a mailed link reads that mailbox."""
    if opened.identity is not None:
        prove(opened.identity, at=now())


def _take_words(opened: Opened, text: str, *, verdict: str = "") -> None:
    """Words from the page are a contact like any other: stored first, then filed on this case."""
    assert opened.case is not None  # noqa: S101 - the callers saw to it
    moment = now()
    body = json.dumps({"medium": "form", "text": text}).encode()
    envelope = {"content-type": "application/json", "case-key": str(opened.case.public_id), "verdict": verdict}
    receipt = accept(account_of_kind("by_hand", now=moment), body, envelope, key="", reached_us_at=moment)
    file_now(receipt.arrival_id, now=moment)


@never_cache
@csrf_exempt
@require_POST
def add(request: HttpRequest, token: str) -> HttpResponse:
    """Something they forgot is on their case."""
    opened = open_link(token)
    text = request.POST.get("text", "").strip()[:50_000]
    if not text:
        return _show(request, opened, status=422, says=_("Write what you want to add."))
    if opened.case is None:
        return _show(
            request,
            opened,
            status=409,
            says=_("Your first words are just being given to somebody. Please try again in a minute."),
        )
    _prove(opened)
    _take_words(opened, text)
    return _back(token)


@never_cache
@csrf_exempt
@require_POST
def show(request: HttpRequest, token: str) -> HttpResponse:
    """They pressed the button on a mailed link: the address is proven, and the page shows their words."""
    _prove(open_link(token))
    return _back(token)


@never_cache
@csrf_exempt
@require_POST
def send_link(request: HttpRequest, token: str) -> HttpResponse:
    """A fresh link is mailed to the address we have; the page does not say which, nor whether there is one."""
    opened = open_link(token)
    if opened.case is not None:
        mail_the_link(opened.case, now=now())
    return _show(request, opened, says=_("If we know your e-mail address, a link is on its way there."))


@never_cache
@csrf_exempt
@require_POST
def forget(request: HttpRequest, token: str) -> HttpResponse:
    """Their wish to be deleted is a duty of the owner, with a due time of a month (GDPR Art. 12)."""
    opened = open_link(token)
    if opened.case is not None and opened.was_mailed:
        _prove(opened)
        give_duty(
            opened.case, "erase", _("They ask us to delete what we keep about them"), due_at=now() + timedelta(days=28), now=now()
        )
        return _show(request, opened, says=_("We have your wish. A person sees to it within four weeks and tells you."))
    return _show(request, opened, says=_("Ask for the link by mail first, so that nobody else can ask this for you."))


def _back(token: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("page", args=[token]), status=303)


def _show(request: HttpRequest, opened: Opened, *, status: int = 200, says: str = "") -> HttpResponse:
    brand = opened.case.account.brand if opened.case else opened.arrival.account.brand if opened.arrival else None
    language = brand.language if brand else "en"
    with translation.override(language):
        template = "customer/page.html" if opened.shows_words else "customer/receipt.html"
        response = render(request, template, {**shown(opened, now=now()), "brand": brand, "says": says}, status=status)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
