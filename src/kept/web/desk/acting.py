"""What can be done with a case beside replying; each is a POST that leads back to the case."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kept.cases.assigning import assign
from kept.cases.confirming import confirm
from kept.cases.minding import classify as call_it
from kept.cases.minding import do_duty, note
from kept.cases.models import Case, Duty, Participant
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.outcomes.asking import ask
from kept.outcomes.hearing import give_up_reaching, hear, hear_not_yet, pass_on
from kept.people.models import Employee
from kept.promises.making import promise
from kept.recognition.nothing_else import end_if_only_praise
from kept.replies.linking import revoke_page_links
from kept.replies.on_paper import TO_ACKNOWLEDGE, TO_POST, no_longer_needed
from kept.web.desk.case import find, show_case
from kept.web.desk.going_back import way_back
from kept.web.desk.reading_back import employee_with, in_zone
from kept.web.desk.workroom import desk, worker

Act = Callable[[HttpRequest, Case], None]


def on_a_case(form: str) -> Callable[[Act], Callable[..., HttpResponse]]:
    """A view for one action on one case: done, it leads back; refused, the page shows `form` again with everything typed."""

    def as_view(act: Act) -> Callable[..., HttpResponse]:
        @desk
        @require_POST
        @wraps(act)
        def view(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
            case = find(request, case_id)
            try:
                act(request, case)
            except Refusal as refusal:
                return show_case(request, case, status=409, refusal=refusal, refused_form=form, typed=request.POST)
            return HttpResponseRedirect(way_back(request) or reverse("case", args=[case.public_id]))

        return view

    return as_view


@on_a_case("note")
def add_note(request: HttpRequest, case: Case) -> None:
    """A note, only for us."""
    note(case, request.POST.get("text", ""), by=worker(request), now=now())


@on_a_case("owner")
def hand_over(request: HttpRequest, case: Case) -> None:
    """Somebody else has it; without a name the worker takes it. It can be taken back by handing it to who had it."""
    me, before = worker(request), case.owner
    chosen = request.POST.get("to") or request.GET.get("to")
    to = get_object_or_404(Employee, public_id=chosen) if chosen else me
    assign(case, to=to, by=me, now=now())
    says = _("It is yours now.") if to.pk == me.pk else _("It is with %(name)s now, who has been told.") % {"name": to.name}
    undo = f"{reverse('case_owner', args=[case.public_id])}?to={before.public_id}" if before.pk != to.pk else ""
    messages.success(request, says, extra_tags=undo)


@on_a_case("ask")
def ask_if_solved(request: HttpRequest, case: Case) -> None:
    """“Is it solved?” is on its way."""
    ask(case, by=worker(request), now=now())
    messages.success(request, _("They are asked whether it is solved. Only they can end it."))


@on_a_case("promise")
def add_promise(request: HttpRequest, case: Case) -> None:
    """A word given outside a reply stands in the ledger."""
    me = worker(request)
    due_at = in_zone(request.POST.get("due", ""), case.policy.calendar.zone)
    keeper = employee_with(request.POST.get("by", "")) or me
    promise(case, request.POST.get("what", ""), by=keeper, due_at=due_at, now=now())
    messages.success(request, _("The promise is in the ledger."))


@on_a_case("kind")
def classify(request: HttpRequest, case: Case) -> None:
    """A person says what kind of matter it is."""
    call_it(case, request.POST.get("kind", ""), by=worker(request), now=now())


@on_a_case("verdict")
def write_down_verdict(request: HttpRequest, case: Case) -> None:
    """The customer said how it ended, by voice or letter; their words are needed."""
    me, said, words = worker(request), request.POST.get("said", ""), request.POST.get("words", "")
    if said == "passed_on":
        if not end_if_only_praise(case, by=me, now=now(), says_so=True):
            pass_on(case, by=me, now=now())
    elif said == "no_way_back":
        give_up_reaching(case, by=me, now=now())
    elif said == "no":
        if not words.strip():
            raise Refusal(_("Write down their words."))
        hear_not_yet(case, now=now(), confirmed_by=me, words=words)
    else:
        hear(case, said, now=now(), confirmed_by=me, words=words)


@desk
@require_POST
def finish_duty(request: HttpRequest, case_id: uuid.UUID, duty_id: int) -> HttpResponse:
    """Something to do by hand is done."""
    case = find(request, case_id)
    duty = get_object_or_404(Duty.objects.select_related("case"), case=case, pk=duty_id)
    if duty.kind == TO_POST:
        return show_case(request, case, status=409, refusal=Refusal(_("Say on which day the letter was posted; that does it.")))
    do_duty(duty, by=worker(request), now=now())
    if duty.kind == TO_ACKNOWLEDGE:
        no_longer_needed(case)
    messages.success(request, _("Done: %(what)s") % {"what": duty.says})
    return HttpResponseRedirect(way_back(request) or reverse("case", args=[case.public_id]))


@desk
@require_POST
def confirm_participant(request: HttpRequest, case_id: uuid.UUID, participant_id: int) -> HttpResponse:
    """Somebody who wrote by an address of this case belongs to it: answers may go to them."""
    case = find(request, case_id)
    participants = Participant.objects.select_related("case", "customer")
    participant = get_object_or_404(participants, case=case, pk=participant_id)
    confirm(participant, by=worker(request), now=now())
    messages.success(request, _("%(name)s is part of this now.") % {"name": participant.customer.known_as})
    return HttpResponseRedirect(reverse("case", args=[case.public_id]))


@on_a_case("links")
def revoke_links(request: HttpRequest, case: Case) -> None:
    """Every link to their page that we mailed so far leads nowhere."""
    me = worker(request)
    if not (me.answers or me.leads_others):
        raise Refusal(_("Only somebody who answers customers, or leads those who do, can do this."))
    revoke_page_links(case, by=me, now=now())
    messages.success(request, _("The older links lead nowhere now. What we mail from here on carries a new one."))
