"""Writing to the customer: the draft as typed, the read-back, sending, taking back."""

from __future__ import annotations

import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kept.cases.models import Case, Message, MessageKind
from kept.channels.base import Attachment
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.replies.checking import read_back
from kept.replies.drafting import save_draft
from kept.replies.sending import Reply, Said
from kept.replies.sending import reply as send_reply
from kept.replies.taking_back import take_back
from kept.web.desk.case import find, show_case
from kept.web.desk.workroom import desk, worker


@desk
@require_POST
def reply(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """On its way, or the same page with everything typed and what to look at first."""
    found, me = find(request, case_id), worker(request)
    said = _as_typed(request, found)
    _keep_draft(request, found, said)
    despite = frozenset({"all"}) if "as-is" in request.POST else frozenset(request.POST.getlist("despite"))
    try:
        message = send_reply(found, said, by=me, now=now(), despite=despite)
    except Refusal as refusal:
        checked = read_back(found, said.text, by=me, kind=said.kind, now=now(), has_files=bool(said.files))
        return show_case(request, found, status=409, refusal=refusal, doubts=refusal.doubts, readback=checked)
    back = reverse("message_take_back", args=[message.public_id])
    if message.is_held:
        says = _("Goes to %(name)s in 20 seconds.") % {"name": found.customer.known_as}
        messages.success(request, says, extra_tags=back)
    return HttpResponseRedirect(reverse("case", args=[found.public_id]))


def _as_typed(request: HttpRequest, case: Case) -> Reply:
    typed = request.POST
    kind = typed.get("kind", MessageKind.ANSWER)
    saw = Message.objects.filter(case=case, is_theirs=True, public_id=_uuid(typed.get("saw_up_to", ""))).first()
    ours = typed.get("saw_ours_up_to", "")
    return Reply(
        text=typed.get("text", "").replace("\r\n", "\n"),
        kind=kind,
        saw_up_to=saw,
        saw_ours_up_to=int(ours) if ours.isdecimal() and len(ours) < 18 else None,
        medium=typed.get("medium", ""),
        promises=_confirmed(request, case) if "promises_shown" in typed else None,
        files=tuple(_attachment(file) for file in request.FILES.getlist("files")),
    )


def _attachment(file: UploadedFile) -> Attachment:
    return Attachment(file.name or "file", file.content_type or "application/octet-stream", file.read())


def _confirmed(request: HttpRequest, case: Case) -> tuple[Said, ...]:
    """The promises that stayed ticked beside the text, with who and by when as the writer left them."""
    zone = ZoneInfo(case.policy.calendar.zone)
    said = []
    for index in request.POST.getlist("promise"):
        field = {name: request.POST.get(f"promise_{name}_{index}", "") for name in ("what", "due", "by", "quote")}
        try:
            due_at = datetime.fromisoformat(field["due"]).replace(tzinfo=zone)
        except ValueError:
            raise Refusal(_("Say by when you will keep: %(what)s") % {"what": field["what"]}) from None
        keeper = Employee.objects.filter(public_id=_uuid(field["by"]), is_active=True).first()
        said.append(Said(what=field["what"], due_at=due_at, by=keeper, quote=field["quote"]))
    return tuple(said)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _keep_draft(request: HttpRequest, case: Case, said: Reply) -> None:
    save_draft(
        case,
        said.text,
        by=worker(request),
        now=now(),
        kind=said.kind,
        medium=said.medium,
        saw_up_to=said.saw_up_to,
        saw_ours_up_to=said.saw_ours_up_to or 0,
    )


@desk
@require_POST
def draft(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The words as typed are kept, and come back read: questions left open, gaps, promises."""
    found = find(request, case_id)
    said = _as_typed(request, found)
    _keep_draft(request, found, said)
    checked = read_back(found, said.text, by=worker(request), kind=said.kind, now=now(), has_files=bool(said.files))
    if not request.headers.get("HX-Request"):
        return show_case(request, found, readback=checked)
    colleagues = list(Employee.objects.filter(is_active=True, answers=True).order_by("name"))
    context = {
        "readback": checked,
        "case": found,
        "zone": found.policy.calendar.zone,
        "colleagues": colleagues,
        "me": worker(request),
    }
    return render(request, "parts/readback.html", context)


@desk
@require_POST
def take_message_back(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """Within 20 seconds nothing goes out, and the words are a draft again."""
    me = worker(request)
    cases = Case.objects.visible_to(me)
    message = get_object_or_404(Message.objects.select_related("case").filter(case__in=cases), public_id=message_id)
    take_back(message, by=me, now=now())
    messages.success(request, _("Nothing went out. Your words are below, as you wrote them."))
    return HttpResponseRedirect(reverse("case", args=[message.case.public_id]) + "#reply")
