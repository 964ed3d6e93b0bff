"""What becomes of one word of theirs without an answer: put to rest, woken again, set aside. Each can be taken back."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kept.cases.models import Case, Message
from kept.cases.resting import rest, wake
from kept.intake.bringing_back import bring_back
from kept.intake.models import Fate, Filed
from kept.intake.setting_aside import set_aside
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.web.desk.case import find, show_case
from kept.web.desk.workroom import desk, worker


@desk
@require_POST
def put_to_rest(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """These words need no answer, for this reason."""
    message = _word(request, message_id)
    try:
        rest(message, by=worker(request), because=request.POST.get("because", ""), now=now())
    except Refusal as refusal:
        return _refused(request, message, refusal)
    messages.success(
        request, _("Put to rest: these words need no answer."), extra_tags=reverse("message_wake", args=[message.public_id])
    )
    return _back(message.case)


@desk
@require_POST
def wake_up(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """They need an answer after all; what had been set aside is a customer's word again."""
    message = _word(request, message_id)
    aside = Filed.objects.filter(message=message, fate=Fate.SET_ASIDE).first()
    if aside is not None:
        bring_back(aside, by=worker(request), now=now())
    else:
        wake(message, by=worker(request), now=now())
    messages.success(request, _("These words wait for an answer again."))
    return _back(message.case)


@desk
@require_POST
def put_aside(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """These are no customer's words."""
    message = _word(request, message_id)
    try:
        set_aside(message, by=worker(request), because=request.POST.get("because", ""), now=now())
    except Refusal as refusal:
        return _refused(request, message, refusal)
    filed = Filed.objects.filter(message=message).order_by("id").first()
    messages.success(
        request,
        _("Set aside. Nothing is deleted; you find it under “Set aside”."),
        extra_tags=reverse("bring_back", args=[filed.pk]) if filed else "",
    )
    return HttpResponseRedirect(reverse("inbox"))


def _word(request: HttpRequest, message_id: uuid.UUID) -> Message:
    cases = Case.objects.visible_to(worker(request))
    return get_object_or_404(Message.objects.select_related("case").filter(case__in=cases, is_theirs=True), public_id=message_id)


def _refused(request: HttpRequest, message: Message, refusal: Refusal) -> HttpResponse:
    return show_case(request, find(request, message.case.public_id), status=409, refusal=refusal)


def _back(case: Case) -> HttpResponse:
    return HttpResponseRedirect(reverse("case", args=[case.public_id]))
