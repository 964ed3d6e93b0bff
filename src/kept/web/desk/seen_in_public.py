"""“I saw this about us”: a link and the words, in ten seconds. The place is known by its link; a post is written down once."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kept.accounts.opening import account_of_kind
from kept.cases.models import Message
from kept.cases.reach import MOST
from kept.channels.public_place import key_of_post, name_of, public_link
from kept.intake.accepting import accept
from kept.intake.awaiting import file_within
from kept.lib.clock import now
from kept.lib.ids import new_id
from kept.web.desk.workroom import desk, show, worker

_NOBODY = {"status", "i", "reviews", "review", "posts", "p", "reel", "watch", "groups", "search", "share", "maps"}


class Sighting(forms.Form):
    """What is needed of a post, in the order of the keys: paste, tab, paste, Ctrl Enter."""

    link = forms.CharField(
        label=gettext_lazy("Its link"),
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"autofocus": True, "inputmode": "url", "autocomplete": "off"}),
    )
    text = forms.CharField(
        label=gettext_lazy("What it says"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write or paste what it says")},
    )
    views = forms.IntegerField(
        label=gettext_lazy("How many saw it, if it says so there"), required=False, min_value=0, max_value=MOST
    )
    who = forms.CharField(
        label=gettext_lazy("Who wrote it"),
        help_text=gettext_lazy("Left empty: as the link says."),
        required=False,
        max_length=200,
    )
    nonce = forms.UUIDField(required=False, widget=forms.HiddenInput)
    """Names this one page, so that pressing twice keeps one."""

    def clean_link(self) -> str:
        """A link that leads to a page, or none; https:// may be left out."""
        typed: str = self.cleaned_data["link"].strip()
        found = public_link(typed if "://" in typed or not typed else f"https://{typed}")
        if typed and (not found or "." not in (urlsplit(found).hostname or "")):
            raise forms.ValidationError(_("That is no link: copy it from the post itself, or leave it empty"))
        return found


def writer_in(link: str) -> str:
    """The handle of whoever wrote there, as their link names them: "@mary@x.com"; empty where it names nobody."""
    parts = urlsplit(link)
    first, *rest = [part for part in parts.path.split("/") if part] or [""]
    name = rest[0] if first == "profile" and rest else first if rest or first.startswith("@") else ""
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    is_name = name.removeprefix("@").replace("_", "").replace(".", "").replace("-", "").isalnum()
    return f"@{name.removeprefix('@').lower()}@{host}" if is_name and name.lower() not in _NOBODY else ""


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def seen_in_public(request: HttpRequest) -> HttpResponse:
    """The form; on POST the post is a contact like any other and leads to its case, also when it was written down before."""
    if request.method != "POST":
        return _show(request, Sighting(initial={"nonce": new_id(), "link": request.GET.get("link", "")[:1000]}))
    form = Sighting(request.POST)
    if not form.is_valid():
        return _show(request, form, status=422)
    said, moment = form.cleaned_data, now()
    place, link = name_of(said["link"]), said["link"]
    key = key_of_post(place=place, url=link) if link else f"key:{said['nonce']}" if said["nonce"] else ""
    account, envelope = account_of_kind("by_hand", now=moment), {"content-type": "application/json"}
    envelope["written_by"] = str(worker(request).pk)
    receipt = accept(account, _as_contact(said, place), envelope, key=key, reached_us_at=moment)
    file_within(receipt.arrival_id, now=moment)
    word = Message.objects.filter(arrival_id=receipt.arrival_id).select_related("case").first()
    if word is None:
        messages.success(request, _("It is kept; it is given to somebody in a moment."))
        return HttpResponseRedirect(reverse("said_in_public"))
    if not receipt.is_new and link:
        messages.info(request, _("This post was written down already: here it stands."))
    return HttpResponseRedirect(reverse("case", args=[word.case.public_id]))


def _as_contact(said: dict[str, object], place: str) -> bytes:
    link, typed = str(said["link"]), str(said["who"]).strip()
    handle = typed if typed.startswith("@") else writer_in(link)
    contact: dict[str, object] = {
        "medium": "post",
        "channel": place,
        "url": link,
        "external_id": link,
        "from": {"name": typed or handle, "identities": [["handle", handle]] if handle else []},
        "text": said["text"],
    }
    if said["views"] is not None:
        contact["views"] = said["views"]
    return json.dumps(contact).encode()


def _show(request: HttpRequest, form: Sighting, *, status: int = 200) -> HttpResponse:
    return show(request, "desk/seen_in_public.html", {"form": form}, here="said_in_public", status=status)
