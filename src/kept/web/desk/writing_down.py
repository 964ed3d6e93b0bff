"""A call, a letter, a fax or a visit, written down in ten seconds; its clock starts when it happened."""

from __future__ import annotations

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kept.accounts.opening import account_of_kind
from kept.accounts.policies import default_calendar
from kept.accounts.translating import channel_of
from kept.cases.models import Message
from kept.channels.base import Raw
from kept.intake.accepting import accept
from kept.intake.awaiting import file_within
from kept.lib.clock import now
from kept.lib.ids import new_id
from kept.web.desk.workroom import desk, show, worker

MEDIA = [
    ("phone", gettext_lazy("A call")),
    ("visit", gettext_lazy("A visit")),
    ("letter", gettext_lazy("A letter")),
    ("fax", gettext_lazy("A fax")),
    ("post", gettext_lazy("A public post")),
    ("sms", gettext_lazy("A text message")),
]


class Spoken(forms.Form):
    """Who said what, how and when."""

    medium = forms.ChoiceField(label=gettext_lazy("How"), choices=MEDIA)
    name = forms.CharField(label=gettext_lazy("Who"), required=False, max_length=200)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), required=False, max_length=40)
    text = forms.CharField(
        label=gettext_lazy("What they said"),
        widget=forms.Textarea,
        max_length=50_000,
        error_messages={"required": gettext_lazy("Write what they said, in their words as far as you remember")},
    )
    wish = forms.CharField(label=gettext_lazy("What would put it right?"), required=False, max_length=5_000)
    at = forms.DateTimeField(
        label=gettext_lazy("When"),
        help_text=gettext_lazy("Left empty: just now."),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    case = forms.UUIDField(required=False, widget=forms.HiddenInput)
    nonce = forms.UUIDField(required=False, widget=forms.HiddenInput)
    """Names this one page, so that pressing twice keeps one."""


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def write_down(request: HttpRequest) -> HttpResponse:
    """The form; on POST the words are kept as any other contact and lead to their case."""
    if request.method != "POST":
        fresh = Spoken(initial={"case": request.GET.get("case", ""), "nonce": new_id()})
        return show(request, "desk/write_down.html", {"form": fresh}, here="inbox")
    form = Spoken(request.POST)
    if not form.is_valid():
        return show(request, "desk/write_down.html", {"form": form}, here="inbox", status=422)
    moment = now()
    body, envelope = _as_contact(form.cleaned_data, request)
    account = account_of_kind("by_hand", now=moment)
    key = channel_of(account).dedupe_key(Raw(body, envelope, moment))
    receipt = accept(account, body, envelope, key=key, reached_us_at=moment)
    file_within(receipt.arrival_id, now=moment)
    word = Message.objects.filter(arrival_id=receipt.arrival_id).select_related("case").first()
    if word is None:
        messages.success(request, _("Their words are kept; they are given to somebody in a moment."))
        return HttpResponseRedirect(reverse("inbox"))
    return HttpResponseRedirect(reverse("case", args=[word.case.public_id]))


def _as_contact(said: dict[str, object], request: HttpRequest) -> tuple[bytes, dict[str, str]]:
    identities = [[kind, said[kind]] for kind in ("phone", "email") if said[kind]]
    contact: dict[str, object] = {
        "medium": said["medium"],
        "from": {"name": said["name"], "identities": identities},
        "text": said["text"],
        "wish": said["wish"],
        "spoke_with": worker(request).name,
    }
    if isinstance(said["at"], datetime):
        zone = ZoneInfo(default_calendar().zone)
        contact["at"] = said["at"].replace(tzinfo=zone).isoformat()
    nonce = str(said["nonce"] or "")
    envelope = {"content-type": "application/json", "written_by": str(worker(request).pk), "form-nonce": nonce}
    if said["case"]:
        envelope["case-key"] = str(said["case"])
    return json.dumps(contact).encode(), envelope
