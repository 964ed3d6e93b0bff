"""The original of what arrived, and files that came with it: always a download, never shown in our page (S-2)."""

from __future__ import annotations

import uuid
from typing import TypeVar

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kept.cases.models import Attached, Case, Message
from kept.files import keeping
from kept.intake.models import Arrival, ArrivalState
from kept.lib.html import safe_html
from kept.web.desk.workroom import desk, worker

SANDBOX = "sandbox; default-src 'none'"
R = TypeVar("R", bound=HttpResponseBase)


def _message(request: HttpRequest, message_id: uuid.UUID) -> Message:
    cases = Case.objects.visible_to(worker(request))
    return get_object_or_404(Message.objects.filter(case__in=cases), public_id=message_id)


@desk
@require_safe
def original(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """The raw bytes as they reached us."""
    message = _message(request, message_id)
    arrival = get_object_or_404(Arrival, pk=message.arrival_id)
    name = f"{message.public_id}.{'eml' if message.medium == 'email' else 'txt'}"
    return _harmless(_download(arrival, name))


@desk
@require_safe
def locked_original(request: HttpRequest, receipt: uuid.UUID) -> HttpResponse:  # noqa: ARG001 - as Django calls it
    """The raw bytes of what failed its proof of origin: on no case yet, so that a person can judge it."""
    arrival = get_object_or_404(Arrival, receipt=receipt, state=ArrivalState.QUARANTINED)
    return _harmless(_download(arrival, f"{arrival.receipt}.txt"))


@desk
@require_safe
def file(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """A file of theirs or ours."""
    cases = Case.objects.visible_to(worker(request))
    attached = get_object_or_404(Attached.objects.filter(message__case__in=cases), pk=file_id)
    return _harmless(FileResponse(keeping.path_of(attached.content).open("rb"), as_attachment=True, filename=attached.name))


@desk
@require_safe
def as_html(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """Their mail as it was laid out: cleaned, without anything from outside, under a policy of its own."""
    message = _message(request, message_id)
    response = render(request, "desk/mail.html", {"message": message, "body": safe_html(message.html)})
    response["Content-Security-Policy"] = f"{SANDBOX}; style-src 'self'"
    return response


def _download(arrival: Arrival, name: str) -> HttpResponse:
    return HttpResponse(arrival.bytes, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _harmless(response: R) -> R:
    response["Content-Type"] = "application/octet-stream"
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response
