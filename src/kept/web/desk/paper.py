"""Bring letters: files from a scanner or a phone, the day they came, and for each what became of it. Works without script."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kept.accounts.models import ChannelAccount
from kept.accounts.opening import account_of_kind
from kept.accounts.policies import default_calendar
from kept.accounts.translating import channel_of
from kept.cases.models import Case
from kept.channels.base import Raw
from kept.intake.accepting import Busy, Receipt, accept
from kept.intake.awaiting import file_within
from kept.intake.models import Fate, Filed
from kept.letters.arriving import came_at, envelope_of
from kept.letters.finding import letter_named_in
from kept.lib.clock import now
from kept.lib.paper_programs import lacking
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.web.desk.workroom import desk, show, worker

MOST_FILES = 50
MB = 1024**2
ACCEPTED = "application/pdf,image/tiff,image/jpeg,image/png,image/webp,.pdf,.tif,.tiff,.jpg,.jpeg,.png,.webp"
MEDIA = [("letter", gettext_lazy("Letters")), ("fax", gettext_lazy("Faxes"))]
_CASE = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.I)


class Scans(forms.FileInput):
    """Takes several files at once, and on a phone the camera's, too."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__({"accept": ACCEPTED, "multiple": True})


class Files(forms.FileField):
    """Every file that was chosen, each looked at by itself later on."""

    def clean(self, data: object, initial: object = None) -> list[UploadedFile[Any]]:  # noqa: ARG002 - as Django calls it
        """At least one, and not more than can be filed while somebody waits."""
        found = [one for one in data if isinstance(one, UploadedFile)] if isinstance(data, list) else []
        if not found:
            raise forms.ValidationError(self.error_messages["required"])
        if len(found) > MOST_FILES:
            raise forms.ValidationError(_("Bring %(most)d at a time at most.") % {"most": MOST_FILES})
        return found


class Brought(forms.Form):
    """What came in the post: the files themselves are looked at one by one."""

    scans = Files(
        label=gettext_lazy("Scans or photos"),
        help_text=gettext_lazy("PDF, TIFF, JPEG or PNG; each file is one letter."),
        widget=Scans(),
        error_messages={"required": gettext_lazy("Choose at least one file")},
    )
    medium = forms.ChoiceField(label=gettext_lazy("What they are"), choices=MEDIA)
    came_on = forms.DateField(
        label=gettext_lazy("The day they came"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Say on which day they came"),
            "invalid": gettext_lazy("Write the day as 2026-06-01"),
        },
    )
    case = forms.CharField(
        label=gettext_lazy("The case they belong to"),
        help_text=gettext_lazy(
            "Its address in this desk, or the code at the foot of a letter of ours. Left empty: a new one each."
        ),
        required=False,
        max_length=400,
    )

    def __init__(self, *args: object, me: Employee, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._me = me

    def clean_came_on(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["came_on"]
        try:
            came_at(day, hours=default_calendar().hours, now=now())
        except Refusal as why:
            raise forms.ValidationError(str(why)) from None
        return day

    def clean_case(self) -> Case | None:
        """The case that the words name, as far as this employee may see it."""
        said = str(self.cleaned_data["case"]).strip()
        if not said:
            return None
        cases = Case.objects.visible_to(self._me)
        named, letter = _CASE.search(said), letter_named_in(said)
        by_id = cases.filter(public_id=uuid.UUID(named[0])).first() if named else None
        found = by_id or (cases.filter(pk=letter.message.case_id).first() if letter else None)
        if found is None:
            raise forms.ValidationError(_("There is no such case."))
        return found


@dataclass(frozen=True, slots=True)
class Became:
    """What became of one file: its case, or why there is none."""

    name: str
    case: Case | None = None
    is_new: bool = True
    mistake: str = ""


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest) -> HttpResponse:
    """GET: the form. POST: every file is kept by itself, and the page says of each who has it now."""
    me = worker(request)
    if request.method != "POST":
        today = now().astimezone(default_calendar().hours.tz).date()
        fresh = Brought(me=me, initial={"came_on": today, "medium": "letter", "case": request.GET.get("case", "")})
        return _show(request, fresh)
    form = Brought(request.POST, request.FILES, me=me)
    if not form.is_valid():
        return _show(request, form, status=422, had_files=bool(request.FILES))
    account = account_of_kind("paper", now=now())
    became = [_keep(one, account, form, me) for one in form.cleaned_data["scans"]]
    return _show(request, Brought(me=me, initial=_again(form)), became=became)


def _again(form: Brought) -> dict[str, object]:
    """What stays for the next pile: the day and what they are."""
    return {name: form.cleaned_data[name] for name in ("came_on", "medium")}


def _keep(file: UploadedFile[Any], account: ChannelAccount, form: Brought, me: Employee) -> Became:
    """Committed before anything else; then filed, as far as that takes no longer than a moment."""
    name, limit = file.name or "", settings.MAX_CONTACT_BYTES
    if not file.size:
        return Became(name, mistake=_("It is empty; nothing was kept."))
    if file.size > limit:
        return Became(name, mistake=_("It is larger than %(limit)d MB; nothing was kept.") % {"limit": limit // MB})
    moment, content, said = now(), file.read(), form.cleaned_data
    belongs_to = str(said["case"].public_id) if said["case"] else ""
    envelope = envelope_of(
        name=name,
        day=said["came_on"],
        hours=default_calendar().hours,
        now=moment,
        written_by=str(me.pk),
        medium=said["medium"],
        **{"case-key": belongs_to},
    )
    key = channel_of(account).dedupe_key(Raw(content, envelope, moment))
    try:
        receipt = accept(account, content, envelope, key=key, reached_us_at=moment)
    except Busy:
        return Became(name, mistake=_("It could not be kept just now. Bring it once more in a minute."))
    file_within(receipt.arrival_id, now=moment)
    return _became(name, receipt)


def _became(name: str, receipt: Receipt) -> Became:
    """The case it is on; that of the first copy, where the same file came before by whatever way."""
    filed = Filed.objects.filter(arrival_id=receipt.arrival_id).select_related("message__case__owner").first()
    if filed is None or filed.message is None:
        return Became(name, is_new=receipt.is_new)
    return Became(name, case=filed.message.case, is_new=receipt.is_new and filed.fate != Fate.DUPLICATE)


def _show(
    request: HttpRequest, form: Brought, *, became: list[Became] | None = None, had_files: bool = False, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "became": became,
        "had_files": had_files,
        "lacking": lacking(),
        "kept": sum(one.is_new and not one.mistake for one in became or ()),
        "zone": default_calendar().zone,
    }
    return show(request, "desk/paper.html", context, here="paper", status=status)
