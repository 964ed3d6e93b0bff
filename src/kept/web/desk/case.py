"""One case on one screen: what they ask, the whole line, the reply, the clock, the promises, the person."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from kept.cases.assigning import see
from kept.cases.minding import KINDS
from kept.cases.models import Case, Duty, Message
from kept.lib.clock import now
from kept.people.models import Employee
from kept.people.telling import has_seen
from kept.promises.models import Promise
from kept.replies.addressing import BY_HAND, best_address
from kept.replies.checking import questions_asked
from kept.replies.models import Draft
from kept.web.desk.line import line_of
from kept.web.desk.rows import clock_face
from kept.web.desk.workroom import desk, show, worker


def find(request: HttpRequest, case_id: uuid.UUID) -> Case:
    """The case, as far as this employee may see it; a joined one leads to where it went. Raises Http404."""
    cases = Case.objects.visible_to(worker(request)).select_related(
        "customer", "owner__team__manager", "owner__manager", "account__brand", "policy__calendar", "place", "joined_into"
    )
    return get_object_or_404(cases, public_id=case_id)


@desk
@require_safe
def case(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The page. Showing it changes nothing; the button "I have it" posts that the owner has seen it."""
    return show_case(request, find(request, case_id))


def show_case(request: HttpRequest, found: Case, *, status: int = 200, **more: object) -> HttpResponse:
    """The case page, with whatever a refused action adds to it."""
    me, moment = worker(request), now()
    words = list(Message.objects.filter(case=found, is_theirs=True).order_by("-id")[:1])
    ours = Message.objects.filter(case=found, is_theirs=False).order_by("-id").values_list("id", flat=True)[:1]
    context = {
        "case": found,
        "clock": clock_face(found, now=moment),
        "zone": found.policy.calendar.zone,
        "line": line_of(found, zone=found.policy.calendar.zone, now=moment),
        "asks": questions_asked(found),
        "promises": list(
            Promise.objects.filter(case=found, taken_back_at__isnull=True).select_related("by").order_by("-made_at", "-id")
        ),
        "duties": list(Duty.objects.filter(case=found, done_at__isnull=True).order_by("due_at")),
        "draft": Draft.objects.filter(case=found, author=me).first(),
        "address": best_address(found),
        "by_hand": BY_HAND,
        "saw_up_to": words[0].public_id if words else "",
        "saw_ours_up_to": ours[0] if ours else 0,
        "past": list(
            Case.objects.visible_to(me).filter(customer=found.customer_id).exclude(pk=found.pk).order_by("-opened_at")[:5]
        ),
        "identities": list(found.customer.identities.order_by("id")),
        "colleagues": list(Employee.objects.filter(is_active=True, answers=True).order_by("name")),
        "kinds": KINDS,
        "is_mine": found.owner_id == me.pk,
        **more,
    }
    return show(request, "desk/case.html", context, here="inbox", status=status)


@desk
@require_POST
def seen(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The owner has opened it, and what they were told about it is read."""
    found, me = find(request, case_id), worker(request)
    see(found, by=me, now=now())
    has_seen(me, about=found.about, at=now())
    return HttpResponse(status=204) if request.headers.get("HX-Request") else show_case(request, found)
