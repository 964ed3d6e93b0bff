"""/heard: what people said and what we did about it, where the house has switched it on; and “me too”."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from django import forms
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from kept.accounts.models import ChannelAccount
from kept.accounts.policies import default_calendar
from kept.accounts.translating import channel_named
from kept.channels.base import Raw
from kept.intake.accepting import Busy, accept
from kept.intake.awaiting import file_within
from kept.lib.address import base_url
from kept.lib.clock import now
from kept.lib.links import make_form_token, page_token
from kept.people.presence import house
from kept.places.models import Brand
from kept.stories.hearing import join, shown_to_everybody
from kept.stories.models import Heard
from kept.web.customer.speaking import language_for
from kept.web.newest_first import newest_first
from kept.web.public.once import this_sending

AT_ONCE = 20


class MeToo(forms.Form):
    """Who else it happened to, and where we can tell them."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("We tell you there what we did. A link in our first mail shows that it is yours."),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Write your e-mail address, so that we can tell you"),
            "invalid": gettext_lazy("Write it like name@example.com"),
        },
    )
    name = forms.CharField(label=gettext_lazy("Your name"), required=False, max_length=120)
    words = forms.CharField(
        label=gettext_lazy("What happened to you?"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 4})
    )


@never_cache
@require_safe
def heard_by_us(request: HttpRequest) -> HttpResponse:
    """What was said and what we did, the newest first; before=<key> goes on."""
    _refuse_strangers()
    found, further = newest_first(shown_to_everybody().annotate(too=Count("me_too")), request, at_once=AT_ONCE)
    brand = Brand.objects.order_by("pk").first()
    context = {
        "found": found,
        "further": further,
        "brand": brand,
        "shows_stories": house().stories_are_public,
        "now": now(),
        "zone": default_calendar().zone,
    }
    with translation.override(language_for(request, brand)):
        return render(request, "public/heard.html", context)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def me_too(request: HttpRequest, heard_id: uuid.UUID) -> HttpResponse:
    """The form; POST makes it a matter of theirs with an owner, and they are told when we did it."""
    _refuse_strangers()
    heard = get_object_or_404(shown_to_everybody(), public_id=heard_id)
    account = _way_in()
    with translation.override(language_for(request, account.brand)):
        if request.method != "POST":
            return _form(request, heard, account, MeToo())
        typed = MeToo(request.POST)
        if not typed.is_valid():
            return _form(request, heard, account, typed, status=422)
        try:
            token = _keep(request, heard, account, typed)
        except Busy:
            says = _("We could not store your words just now. They are still here: please send them again.")
            return _form(request, heard, account, typed, status=503, refusal=says)
        return HttpResponseRedirect(reverse("thanks", args=[account.slug, token]), status=303)


def _refuse_strangers() -> None:
    if not house().heard_is_public:
        raise Http404


def _way_in() -> ChannelAccount:
    """The house's own form: whoever joins is answered like everybody who writes there."""
    forms_of_ours = ChannelAccount.objects.select_related("brand").filter(kind="webform", closed_at__isnull=True)
    found = forms_of_ours.order_by("pk").first()
    if found is None:
        raise Http404
    return found


def _keep(request: HttpRequest, heard: Heard, account: ChannelAccount, typed: MeToo) -> str:
    """Their words are committed as a contact, then they join. Returns the token of the receipt."""
    moment, said = now(), typed.cleaned_data
    # A story may be taken back: what is written on somebody else's matter only says where it stands.
    where = f"{base_url()}{reverse('heard')}#h-{heard.public_id}"
    said_there = where if heard.story_id else f"“{heard.said}”"
    told = _("The same happened to me: %(said)s") % {"said": said_there}
    fields = {"name": said["name"], "email": said["email"], "message": f"{told}\n\n{said['words']}".strip()}
    body = urlencode(fields).encode()
    envelope = {
        "content-type": "application/x-www-form-urlencoded",
        "form-nonce": this_sending(request, account.slug),
        "trap": request.POST.get("website", "")[:200],
    }
    key = channel_named(account.kind)(account.settings).dedupe_key(Raw(body, envelope, moment))
    receipt = accept(account, body, envelope, key=key, reached_us_at=moment)
    if not envelope["trap"]:
        join(heard, address=said["email"], name=said["name"], now=moment)
    file_within(receipt.arrival_id, now=moment)
    return page_token("receipt", receipt.receipt)


def _form(
    request: HttpRequest, heard: Heard, account: ChannelAccount, form: MeToo, *, status: int = 200, refusal: str = ""
) -> HttpResponse:
    token = request.POST.get("form_token", "") or make_form_token(account.slug, now())
    context = {"heard": heard, "brand": account.brand, "form": form, "form_token": token, "refusal": refusal}
    return render(request, "public/me_too.html", context, status=status)
