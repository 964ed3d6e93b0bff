"""The way from a public post to private words: a link that may stand where everybody reads it, for it shows and proves nothing.

Whoever follows it writes on that matter under an address of their own. Whether it is the one who wrote in public, a person says.
"""

from __future__ import annotations

import json

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kept.accounts.opening import account_of_kind
from kept.accounts.translating import channel_of
from kept.cases.models import Case
from kept.channels.base import Raw
from kept.channels.handles import email_address
from kept.intake.accepting import Busy, accept
from kept.intake.awaiting import file_within
from kept.lib.clock import now
from kept.lib.links import make_form_token, page_token, read_page_token
from kept.web.customer.speaking import language_for
from kept.web.customer.through_link import discreet
from kept.web.public.asking import Contact
from kept.web.public.once import this_sending


class InPrivate(forms.Form):
    """What they say, and where they hear from us: without an address nobody would know whose words these are."""

    message = Contact.base_fields["message"]
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("Where you hear from us."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Write your address, so that the answer reaches you"),
            "invalid": gettext_lazy("Write the address as in name@example.org"),
        },
    )
    name = Contact.base_fields["name"]
    form_token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_email(self) -> str:
        """An address that we can tell from others."""
        address = email_address(self.cleaned_data["email"])
        if not address:
            raise forms.ValidationError(_("Write the address as in name@example.org"))
        return address


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def go_on(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows an empty form and nothing of the matter; POST keeps the words and leads to their receipt."""
    case = _behind(token)
    with translation.override(language_for(request, case.account.brand)):
        typed = InPrivate(request.POST) if request.method == "POST" else InPrivate()
        if not typed.is_bound:
            return discreet(_show(request, case, typed, token))
        if not typed.is_valid():
            return discreet(_show(request, case, typed, token, status=422))
        try:
            receipt = _keep(request, case, typed.cleaned_data, token)
        except Busy:
            says = _("We could not store your words just now. They are still here: please send them again.")
            return discreet(_show(request, case, typed, token, status=503, refusal=says))
        return discreet(HttpResponseRedirect(reverse("page", args=[receipt]), status=303))


def _behind(token: str) -> Case:
    read = read_page_token("go-on", token)
    cases = Case.objects.select_related("account__brand", "owner")
    found = cases.filter(public_id=read[0], page_version=read[1]).first() if read else None
    if found is None:
        raise Http404
    return found


def _keep(request: HttpRequest, case: Case, said: dict[str, str], token: str) -> str:
    """The words are committed and, if it can be done at once, on that matter. Returns the token of their receipt."""
    moment = now()
    person = {"name": said["name"], "identities": [["email", said["email"]]]}
    body = json.dumps({"medium": "form", "from": person, "text": said["message"]}).encode()
    envelope = {"content-type": "application/json", "case-key": str(case.public_id)}
    envelope |= {"form-nonce": this_sending(request, f"go-on:{token}"), "trap": request.POST.get("website", "")[:200]}
    account = account_of_kind("by_hand", now=moment)
    key = channel_of(account).dedupe_key(Raw(body, envelope, moment))
    receipt = accept(account, body, envelope, key=key, reached_us_at=moment)
    file_within(receipt.arrival_id, now=moment)
    return page_token("receipt", receipt.receipt)


def _show(
    request: HttpRequest, case: Case, typed: InPrivate, token: str, *, status: int = 200, refusal: str = ""
) -> HttpResponse:
    context = {
        "form": typed,
        "asked": [typed[name] for name in ("message", "email", "name")],
        "form_token": typed["form_token"].value() or make_form_token(f"go-on:{token}", now()),
        "brand": case.account.brand,
        "owner": case.owner,
        "token": token,
        "refusal": refusal,
    }
    return render(request, "public/going_on.html", context, status=status)
