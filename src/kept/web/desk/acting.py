"""What can be done with a case beside replying; each is a POST that leads back to the case."""

from __future__ import annotations

import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kept.cases.assigning import assign
from kept.cases.minding import classify as call_it
from kept.cases.minding import do_duty, note
from kept.cases.models import Case, Duty, Message
from kept.cases.resting import rest, wake
from kept.intake.setting_aside import set_aside
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.outcomes.asking import ask
from kept.outcomes.hearing import give_up_reaching, hear, hear_not_yet, pass_on
from kept.people.models import Employee
from kept.promises.making import promise
from kept.web.desk.case import find
from kept.web.desk.workroom import desk, worker


def _back(case: Case) -> HttpResponse:
    return HttpResponseRedirect(reverse("case", args=[case.public_id]))


@desk
@require_POST
def add_note(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """A note, only for us."""
    case = find(request, case_id)
    note(case, request.POST.get("text", ""), by=worker(request), now=now())
    return _back(case)


@desk
@require_POST
def hand_over(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Somebody else has it; without a name the worker takes it."""
    case, me = find(request, case_id), worker(request)
    chosen = request.POST.get("to", "")
    to = get_object_or_404(Employee, public_id=chosen) if chosen else me
    assign(case, to=to, by=me, now=now())
    says = _("It is yours now.") if to.pk == me.pk else _("It is with %(name)s now, who has been told.") % {"name": to.name}
    messages.success(request, says)
    return _back(case)


@desk
@require_POST
def ask_if_solved(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """“Is it solved?” is on its way."""
    case = find(request, case_id)
    ask(case, by=worker(request), now=now())
    messages.success(request, _("They are asked whether it is solved. Only they can end it."))
    return _back(case)


@desk
@require_POST
def add_promise(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """A word given outside a reply stands in the ledger."""
    case, me = find(request, case_id), worker(request)
    try:
        due_at = datetime.fromisoformat(request.POST.get("due", "")).replace(tzinfo=ZoneInfo(case.policy.calendar.zone))
    except ValueError:
        raise Refusal(_("Say by when.")) from None
    keeper = Employee.objects.filter(public_id=request.POST.get("by") or me.public_id, is_active=True).first() or me
    promise(case, request.POST.get("what", ""), by=keeper, due_at=due_at, now=now())
    return _back(case)


@desk
@require_POST
def put_to_rest(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """These words need no answer, for this reason."""
    message = _word(request, message_id)
    rest(message, by=worker(request), because=request.POST.get("because", ""), now=now())
    return _back(message.case)


@desk
@require_POST
def wake_up(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """They need an answer after all."""
    message = _word(request, message_id)
    wake(message, by=worker(request), now=now())
    return _back(message.case)


@desk
@require_POST
def put_aside(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """These are no customer's words."""
    message = _word(request, message_id)
    set_aside(message, by=worker(request), because=request.POST.get("because", ""), now=now())
    messages.success(request, _("Set aside. Nothing is deleted; you find it under “Set aside”."))
    return HttpResponseRedirect(reverse("inbox"))


def _word(request: HttpRequest, message_id: uuid.UUID) -> Message:
    cases = Case.objects.visible_to(worker(request))
    return get_object_or_404(Message.objects.select_related("case").filter(case__in=cases, is_theirs=True), public_id=message_id)


@desk
@require_POST
def classify(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """A person says what kind of matter it is."""
    case = find(request, case_id)
    call_it(case, request.POST.get("kind", ""), by=worker(request), now=now())
    return _back(case)


@desk
@require_POST
def write_down_verdict(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The customer said how it ended, by voice or letter; their words are needed."""
    case, me = find(request, case_id), worker(request)
    said, words = request.POST.get("said", ""), request.POST.get("words", "")
    if said == "passed_on":
        pass_on(case, by=me, now=now())
    elif said == "no_way_back":
        give_up_reaching(case, by=me, now=now())
    elif said == "no":
        if not words.strip():
            raise Refusal(_("Write down their words."))
        hear_not_yet(case, now=now(), confirmed_by=me, words=words)
    else:
        hear(case, said, now=now(), confirmed_by=me, words=words)
    return _back(case)


@desk
@require_POST
def finish_duty(request: HttpRequest, case_id: uuid.UUID, duty_id: int) -> HttpResponse:
    """Something to do by hand is done."""
    case = find(request, case_id)
    duty = get_object_or_404(Duty.objects.select_related("case"), case=case, pk=duty_id)
    do_duty(duty, by=worker(request), now=now())
    return _back(case)
