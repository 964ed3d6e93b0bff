"""Recognition: the wall of good words by month, and "who was it?", where a person says who was meant (R10, R12)."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kept.accounts.policies import default_calendar
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.people.models import Employee
from kept.places.models import Place
from kept.recognition.giving import it_was, no_praise
from kept.recognition.models import Recognition
from kept.recognition.wall import AT_ONCE, Month, is_theirs, looking_for, month_named, month_of, on_the_wall, told_of
from kept.web.desk.reading_back import employee_with
from kept.web.desk.workroom import desk, show, worker

LOOKING_ON_THE_WALL = 3
MOST_LOOKING = 50
CANDIDATES = 3
MONTHS_BACK = 3


@desk
@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """A month of good words: this one, or `?month=2026-05`; of one place with `?at=`."""
    me, zone = worker(request), default_calendar().zone
    this = month_of(now(), zone)
    month = month_named(request.GET.get("month", ""), zone) or this
    place = Place.objects.filter(slug=request.GET.get("at", "")[:60]).first() if request.GET.get("at") else None
    after = _after(request, me)
    rows = on_the_wall(month, me, place=place, after=after)
    looking = [] if place or after or month != this else _looking(me, LOOKING_ON_THE_WALL)
    context = {
        **_frame(me, month, this, zone),
        "place": place,
        "praises": rows[:AT_ONCE],
        "further": rows[AT_ONCE - 1] if len(rows) > AT_ONCE else None,
        "theirs": {praise.pk for praise in rows if is_theirs(praise, me)},
        "looking": looking,
        "only_looking": False,
    }
    return show(request, "desk/recognition.html", context, here="recognition")


@desk
@require_safe
def who_was_it(request: HttpRequest) -> HttpResponse:
    """Everything that waits for a name."""
    return _show_looking(request)


def _show_looking(request: HttpRequest, *, status: int = 200, **more: object) -> HttpResponse:
    me, zone = worker(request), default_calendar().zone
    this = month_of(now(), zone)
    context = {
        **_frame(me, this, this, zone),
        "place": None,
        "praises": [],
        "further": None,
        "theirs": set(),
        "looking": _looking(me, MOST_LOOKING),
        "only_looking": True,
        **more,
    }
    return show(request, "desk/recognition.html", context, here="recognition", status=status)


def _frame(me: Employee, month: Month, this: Month, zone: str) -> dict[str, object]:
    months = [this]
    while len(months) <= MONTHS_BACK:
        months.append(months[-1].before())
    return {
        "month": month,
        "is_this_month": month == this,
        "months": months if month in months else [*months, month],
        "sum": told_of(month, me),
        "zone": zone,
        "everybody": list(Employee.objects.filter(is_active=True).order_by("name")),
    }


def _after(request: HttpRequest, me: Employee) -> Recognition | None:
    try:
        wanted = uuid.UUID(request.GET.get("after", ""))
    except ValueError:
        return None
    return Recognition.objects.visible_to(me).filter(public_id=wanted).first()


def _looking(me: Employee, most: int) -> list[tuple[Recognition, list[Employee]]]:
    """What waits, each with whom it could be, the likeliest first; two queries for all."""
    rows = looking_for().visible_to(me).select_related("customer", "place", "case", "added_by")
    return [(praise, _candidates(praise)) for praise in rows.prefetch_related("candidates__employee")[:most]]


def _candidates(praise: Recognition) -> list[Employee]:
    likely = sorted(praise.candidates.all(), key=lambda one: (-one.likely, one.pk))
    return [one.employee for one in likely if one.employee.is_active][:CANDIDATES]


@desk
@require_POST
def say_who(request: HttpRequest, praise_id: uuid.UUID) -> HttpResponse:
    """A person says who was meant: it is passed on to them and their manager, now."""
    me, praise = worker(request), _found(request, praise_id)
    try:
        person = employee_with(request.POST.get("who", ""))
        if person is None:
            raise Refusal(_("Choose who it was."))
        it_was(praise, person, by=me, now=now(), nothing_else="nothing_else" in request.POST)
    except Refusal as refusal:
        return _show_looking(request, status=409, refusal=refusal)
    messages.success(request, _("Passed on to %(name)s.") % {"name": person.name})
    return HttpResponseRedirect(reverse("recognition_looking"))


@desk
@require_POST
def is_no_praise(request: HttpRequest, praise_id: uuid.UUID) -> HttpResponse:
    """A person says that this is no good word about one of us, and why."""
    praise = _found(request, praise_id)
    why = request.POST.get("why", "")
    try:
        no_praise(praise, by=worker(request), now=now(), why=why)
    except Refusal as refusal:
        return _show_looking(request, status=409, refusal=refusal, typed_why={praise.pk: why})
    messages.success(request, _("It waits no longer."))
    return HttpResponseRedirect(reverse("recognition_looking"))


def _found(request: HttpRequest, praise_id: uuid.UUID) -> Recognition:
    return get_object_or_404(Recognition.objects.visible_to(worker(request)), public_id=praise_id)
