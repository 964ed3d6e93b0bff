"""Writing to the customer: the draft as typed, the read-back, sending, taking back."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kept.accounts.models import ChannelAccount
from kept.cases.models import Case, Message, MessageKind
from kept.channels.base import Attachment
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.replies.addressing import sender_for
from kept.replies.drafting import save_draft
from kept.replies.on_paper import PAPER
from kept.replies.posting import public_way
from kept.replies.sending import Reply
from kept.replies.sending import reply as send_reply
from kept.replies.taking_back import take_back
from kept.web.desk.case import Written, find, show_case
from kept.web.desk.reading_back import check, confirmed
from kept.web.desk.workroom import desk, worker

OUT = "_out"
"""Said in the form for a letter or fax by their own hand, which is gone already."""
NO_ANSWER = "no_answer"
"""Said in the form for a call that reached nobody: a sign of life by phone."""


@desk
@require_POST
def reply(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """On its way, or the same page with everything typed and what to look at first."""
    found, me = find(request, case_id), worker(request)
    said = _as_typed(request, found)
    _keep_draft(request, found, said)
    despite = frozenset({"all"}) if "as-is" in request.POST else frozenset(request.POST.getlist("despite"))
    try:
        promises = confirmed(request.POST, zone=found.policy.calendar.zone) if "promises_shown" in request.POST else None
        message = send_reply(found, replace(said, promises=promises), by=me, now=now(), despite=despite)
    except Refusal as refusal:
        return _show_again(request, found, said, status=409, refusal=refusal, listening=_only_listens(found, said.medium))
    if message.medium in PAPER and message.is_held:
        messages.success(request, _("It lies ready: print it, post it, and say on which day."))
    elif message.is_held:
        says = _("Goes to %(name)s in 20 seconds.") % {"name": found.customer.known_as}
        messages.success(request, says, extra_tags=reverse("message_take_back", args=[message.public_id]))
    else:
        messages.success(request, _("Written down."))
    return HttpResponseRedirect(reverse("case", args=[found.public_id]) + f"#m-{message.public_id}")


def _only_listens(case: Case, medium: str) -> ChannelAccount | None:
    """The account that would send this but may not yet."""
    way = public_way(case, medium)
    account = way.account if way else sender_for(case.account)
    return account if account is not None and not account.is_open else None


def _as_typed(request: HttpRequest, case: Case) -> Reply:
    typed = request.POST
    medium, kind, text = typed.get("medium", ""), typed.get("kind", MessageKind.ANSWER), typed.get("text", "")
    if medium == NO_ANSWER:
        medium, kind, text = "phone", MessageKind.SIGN_OF_LIFE, text if text.strip() else _("Rang; nobody answered.")
    ours = typed.get("saw_ours_up_to", "")
    return Reply(
        text=text.replace("\r\n", "\n"),
        kind=kind,
        saw_up_to=_seen_word(case, typed.get("saw_up_to", "")),
        saw_ours_up_to=int(ours) if ours.isdecimal() and len(ours) < 18 else None,
        medium=medium.removesuffix(OUT),
        address=typed.get("address", ""),
        is_out=medium.endswith(OUT),
        files=tuple(_attachment(file) for file in request.FILES.getlist("files")),
    )


def _seen_word(case: Case, public_id: str) -> Message | None:
    try:
        return Message.objects.filter(case=case, is_theirs=True, public_id=uuid.UUID(public_id)).first()
    except ValueError:
        return None


def _attachment(file: UploadedFile[Any]) -> Attachment:
    return Attachment(file.name or "file", file.content_type or "application/octet-stream", file.read())


def _keep_draft(request: HttpRequest, case: Case, said: Reply) -> None:
    save_draft(
        case,
        request.POST.get("text", "").replace("\r\n", "\n"),
        by=worker(request),
        now=now(),
        kind=request.POST.get("kind", ""),
        medium=request.POST.get("medium", ""),
        saw_up_to=said.saw_up_to,
        saw_ours_up_to=said.saw_ours_up_to or 0,
    )


def _show_again(request: HttpRequest, case: Case, said: Reply, *, status: int = 200, **more: object) -> HttpResponse:
    """The page with every word still in its field, and read back."""
    written = Written(request.POST.get("text", ""), request.POST.get("kind", ""), request.POST.get("medium", ""))
    return show_case(
        request,
        case,
        status=status,
        typed_address=request.POST.get("address", ""),
        draft=written,
        checked=check(request, case, said),
        newer=[],
        **more,
    )


@desk
@require_POST
def draft(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The words as typed are kept, and come back read: questions left open, gaps, promises."""
    found = find(request, case_id)
    said = _as_typed(request, found)
    _keep_draft(request, found, said)
    if not request.headers.get("HX-Request"):
        return _show_again(request, found, said)
    context = {
        "checked": check(request, found, said),
        "case": found,
        "zone": found.policy.calendar.zone,
        "colleagues": list(Employee.objects.filter(is_active=True, answers=True).order_by("name")),
        "me": worker(request),
        "now": now(),
        "swap": True,
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
    return HttpResponseRedirect(reverse("case", args=[message.case.public_id]) + "#text")
