"""Small things somebody saw: report one, see what is open, and one on a page with what came of it."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kept.accounts.policies import default_calendar
from kept.cases.models import Case, Message
from kept.files import keeping
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.observations.linking import may_have_come_of
from kept.observations.models import Observation, ObservationState
from kept.observations.photos import NO_PHOTO, keep_photo
from kept.observations.reporting import LONGEST, report
from kept.observations.settling import LONGEST as LONGEST_END
from kept.observations.settling import may_see_to
from kept.people.models import Employee
from kept.places.models import Place, Touchpoint
from kept.timeline.happenings import Audience
from kept.timeline.reading import history
from kept.web.desk.workroom import desk, show, worker
from kept.web.public.small_thing import PhotoInput

AT_ONCE = 20
MOST_CASES, MOST_PROPOSED = 100, 20
FIRST_WORDS = 240
ELSEWHERE = "elsewhere"
SANDBOX = "sandbox; default-src 'none'"


class SmallThing(forms.Form):
    """What was noticed, and where: a touchpoint, a place, or somewhere else."""

    says = forms.CharField(
        label=gettext_lazy("What did you notice?"),
        help_text=gettext_lazy("A stain, a sticking door, a word that confuses. Nothing is too small."),
        error_messages={"required": gettext_lazy("Say what you noticed")},
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3, "autofocus": True}),
    )
    where = forms.ChoiceField(
        label=gettext_lazy("Where is it?"),
        error_messages={"required": gettext_lazy("Choose where it is"), "invalid_choice": gettext_lazy("Choose where it is")},
    )
    photo = forms.FileField(
        label=gettext_lazy("A photo"),
        help_text=gettext_lazy("Where and when it was taken is removed from it."),
        required=False,
        widget=PhotoInput(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = {f"t{point.pk}": point for point in Touchpoint.objects.select_related("place", "manager").order_by("name")}
        self.places = {f"p{place.pk}": place for place in Place.objects.select_related("manager").order_by("name")}
        named = [(key, f"{point.name}, {point.place.name}" if point.place else point.name) for key, point in self.points.items()]
        groups = [
            (_("Touchpoints"), named),
            (_("Places"), [(key, place.name) for key, place in self.places.items()]),
        ]
        choices = [("", ""), *((title, rows) for title, rows in groups if rows), (ELSEWHERE, _("Somewhere else"))]
        self.fields["where"].choices = choices  # type: ignore[attr-defined]


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ten seconds: what, where, a photo if one likes. `?at=` says the touchpoint; else one's own place is chosen."""
    me = worker(request)
    if request.method != "POST":
        return _form(request, SmallThing(initial={"where": _where(request.GET.get("at", ""), me)}))
    typed = SmallThing(request.POST, request.FILES)
    if not typed.is_valid():
        return _form(request, typed, status=422)
    said, where = typed.cleaned_data, typed.cleaned_data["where"]
    try:
        kept = keep_photo(said["photo"].read()) if said["photo"] else NO_PHOTO
        point, place = typed.points.get(where), typed.places.get(where)
        seen = report(said["says"], by=me, touchpoint=point, place=place, photo=kept, now=now())
    except Refusal as refusal:
        return _form(request, typed, status=409, refusal=refusal)
    if seen.owner_id == me.pk:
        messages.success(request, _("Thank you. It is yours to see to."))
    else:
        messages.success(
            request, _("Thank you. %(name)s sees to it, and you hear what becomes of it.") % {"name": seen.owner.name}
        )
    return HttpResponseRedirect(reverse("small_thing", args=[seen.public_id]))


def _where(key: str, me: Employee) -> str:
    point = Touchpoint.objects.filter(key=key[:60]).values_list("pk", flat=True).first() if key else None
    if point is not None:
        return f"t{point}"
    return f"p{me.place_id}" if me.place_id else ""


def _form(request: HttpRequest, typed: SmallThing, *, status: int = 200, **more: object) -> HttpResponse:
    context = {"form": typed, "had_photo": bool(request.FILES), **more}
    return show(request, "desk/small_thing_new.html", context, here="small_things", status=status)


@desk
@require_safe
def small_things(request: HttpRequest) -> HttpResponse:
    """What is open, by its hour, late first; or what became of the rest, the newest first."""
    me, moment = worker(request), now()
    is_settled, is_mine = request.GET.get("state") == "settled", request.GET.get("whose") == "mine"
    rows = Observation.objects.visible_to(me).select_related("by", "owner", "touchpoint", "place", "settled_by")
    rows = rows.filter(owner=me) if is_mine else rows
    found = list((_settled if is_settled else _open)(rows, _after(request))[: AT_ONCE + 1])
    context = {
        "seen": found[:AT_ONCE],
        "further": found[AT_ONCE - 1] if len(found) > AT_ONCE else None,
        "late": {one.pk for one in found if one.is_late(moment)},
        "is_settled": is_settled,
        "is_mine": is_mine,
        "zone": default_calendar().zone,
    }
    return show(request, "desk/small_things.html", context, here="small_things")


def _open(rows: QuerySet[Observation], after: Observation | None) -> QuerySet[Observation]:
    if after is not None:
        rows = rows.filter(Q(due_at__gt=after.due_at) | Q(due_at=after.due_at, pk__gt=after.pk))
    return rows.filter(state=ObservationState.OPEN).order_by("due_at", "id")


def _settled(rows: QuerySet[Observation], after: Observation | None) -> QuerySet[Observation]:
    if after is not None:
        rows = rows.filter(Q(seen_at__lt=after.seen_at) | Q(seen_at=after.seen_at, pk__lt=after.pk))
    return rows.exclude(state=ObservationState.OPEN).order_by("-seen_at", "-id")


def _after(request: HttpRequest) -> Observation | None:
    try:
        wanted = uuid.UUID(request.GET.get("after", ""))
    except ValueError:
        return None
    return Observation.objects.filter(public_id=wanted).first()


def find_seen(request: HttpRequest, seen_id: uuid.UUID) -> Observation:
    """The small thing, as far as this employee may see it. Raises Http404."""
    rows = Observation.objects.visible_to(worker(request))
    return get_object_or_404(rows.select_related("by", "owner", "touchpoint", "place", "settled_by"), public_id=seen_id)


@desk
@require_safe
def small_thing(request: HttpRequest, seen_id: uuid.UUID) -> HttpResponse:
    """One of them: the photo, who sees to it, what became of it, and the customers who suffered it."""
    return show_small_thing(request, find_seen(request, seen_id))


def show_small_thing(request: HttpRequest, seen: Observation, *, status: int = 200, **more: object) -> HttpResponse:
    """The page of one, with whatever a refused action adds to it."""
    me, moment = worker(request), now()
    cases = Case.objects.visible_to(me).filter(observed__observation=seen, observed__is_so=True).order_by("opened_at", "id")
    employees = list(Employee.objects.order_by("name"))
    context = {
        "seen": seen,
        "is_late": seen.is_late(moment),
        "is_mine": seen.owner_id == me.pk,
        "told_on": Case.objects.visible_to(me).select_related("customer").filter(noticed=seen).first(),
        "may_see_to": may_see_to(seen, me),
        "cases": list(_with_words(cases)[:MOST_CASES]),
        "proposed": list(_with_words(may_have_come_of(seen, me))[:MOST_PROPOSED]),
        "colleagues": [one for one in employees if one.is_active and one.pk != seen.owner_id],
        "history": history(seen.about, audiences=_audiences(me), names={f"employee:{one.pk}": one.name for one in employees}),
        "longest": LONGEST_END,
        "zone": default_calendar().zone,
        "typed": {},
        **more,
    }
    return show(request, "desk/small_thing.html", context, here="small_things", status=status)


def _audiences(me: Employee) -> frozenset[Audience]:
    return frozenset({Audience.CUSTOMER, Audience.DESK, *([Audience.MANAGERS] if me.leads_others else [])})


def _with_words(cases: QuerySet[Case]) -> QuerySet[Case]:
    first = Message.objects.filter(case=OuterRef("pk"), is_theirs=True).order_by("id")
    words = Subquery(first.annotate(begin=Left("text", FIRST_WORDS)).values("begin")[:1])
    return cases.select_related("customer").annotate(words=words)


@desk
@require_safe
def photo(request: HttpRequest, seen_id: uuid.UUID) -> HttpResponseBase:
    """The picture as it was cleaned: one of three types that a browser shows and does not run."""
    seen = find_seen(request, seen_id)
    if not seen.photo:
        raise Http404
    response = FileResponse(keeping.path_of(seen.photo).open("rb"), content_type=seen.photo_type)
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response
