"""One's own page of good words: theirs and their manager's, and for nobody else there is no such page (R10)."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kept.accounts.policies import default_calendar
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.observations.remembering import noticed_by
from kept.people.models import Employee
from kept.recognition.answering import LONGEST, answer
from kept.recognition.leading import leaders_of, may_see_page_of
from kept.recognition.models import Recognition, RecognitionState
from kept.recognition.reading import read, show_that_it_was_read
from kept.recognition.remembering import AT_ONCE, kept_in, moments_of, said_about
from kept.recognition.wall import month_of
from kept.web.desk.workroom import desk, show, worker

MOST_NOTICED = 8


def page_of(request: HttpRequest, person_id: uuid.UUID) -> Employee:
    """Whose page it is. Raises Http404 for everybody but themself and who leads them."""
    employee = get_object_or_404(Employee.objects.select_related("manager", "team__manager", "place"), public_id=person_id)
    if not may_see_page_of(employee, worker(request), now=now()):
        raise Http404
    return employee


@desk
@require_safe
def person_page(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """The page. Showing it marks nothing as read: the button "I have it" posts that."""
    return _show(request, page_of(request, person_id))


def _show(request: HttpRequest, employee: Employee, *, status: int = 200, **more: object) -> HttpResponse:
    me, moment, zone = worker(request), now(), default_calendar().zone
    month = month_of(moment, zone)
    rows = said_about(employee, after=_after(request, employee))
    theirs = Recognition.objects.filter(employee=employee, state=RecognitionState.PASSED_ON)
    context = {
        "person": employee,
        "is_me": employee.pk == me.pk,
        "leaders": leaders_of(employee, now=moment),
        "praises": rows[:AT_ONCE],
        "further": rows[AT_ONCE - 1] if len(rows) > AT_ONCE else None,
        "unread": [praise for praise in rows[:AT_ONCE] if praise.seen_at is None],
        "this_month": theirs.filter(said_at__gte=month.begins).count(),
        "moments": moments_of(employee, me, now=moment),
        "noticed": list(noticed_by(employee)[:MOST_NOTICED]),
        "kept": kept_in(employee, begins=month.begins, ends=month.ends),
        "times": theirs.count(),
        "longest": LONGEST,
        "zone": zone,
        **more,
    }
    return show(request, "desk/person_page.html", context, here="recognition", status=status)


def _after(request: HttpRequest, employee: Employee) -> Recognition | None:
    try:
        wanted = uuid.UUID(request.GET.get("after", ""))
    except ValueError:
        return None
    return Recognition.objects.filter(employee=employee, public_id=wanted).first()


@desk
@require_POST
def seen(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """What stood on the page when it was opened is read by them; what came since is not."""
    employee, me, moment = page_of(request, person_id), worker(request), now()
    shown = [praise_id for praise_id in request.POST.getlist("praise") if _is_id(praise_id)]
    for praise in Recognition.objects.filter(employee=employee, public_id__in=shown[: AT_ONCE + 1]):
        read(praise, by=me, now=moment)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    return HttpResponseRedirect(reverse("person_praise", args=[employee.public_id]))


def _is_id(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


@desk
@require_POST
def say_back(request: HttpRequest, praise_id: uuid.UUID) -> HttpResponse:
    """Their one line stands with it, and goes to the customer if they wished for one."""
    praise = _mine(request, praise_id)
    line = request.POST.get("line", "")
    try:
        has_gone = answer(praise, line, by=worker(request), now=now())
    except Refusal as refusal:
        return _show(request, page_of(request, worker(request).public_id), status=409, refusal=refusal, typed={praise.pk: line})
    messages.success(request, _("Your line is on its way to them.") if has_gone else _("Your line stands beside their words."))
    return HttpResponseRedirect(reverse("person_praise", args=[worker(request).public_id]))


@desk
@require_POST
def show_read(request: HttpRequest, praise_id: uuid.UUID) -> HttpResponse:
    """The customer's page says that they read it, or no longer does."""
    praise, shows = _mine(request, praise_id), request.POST.get("shows") == "yes"
    show_that_it_was_read(praise, shows=shows, by=worker(request), now=now())
    messages.success(request, _("Their page says now that you read it.") if shows else _("Their page no longer says so."))
    return HttpResponseRedirect(reverse("person_praise", args=[worker(request).public_id]))


def _mine(request: HttpRequest, praise_id: uuid.UUID) -> Recognition:
    return get_object_or_404(Recognition, public_id=praise_id, employee=worker(request))
