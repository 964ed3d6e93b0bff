"""What we promise to everybody: the list, one of them with its people, and what became of it on one case."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from typing import Final, Literal, get_args

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kept.accounts.policies import default_calendar
from kept.cases.models import Case
from kept.lib.clock import now
from kept.lib.refusal import Refusal
from kept.numbers.facts import Facts
from kept.numbers.lens import USUAL, lens_of
from kept.numbers.members import Member
from kept.numbers.people_behind import meet, some_of
from kept.numbers.standing_by_our_word import standing_promises
from kept.promises.holding import hold, holding_for, hour_of
from kept.promises.models import Promise, StandingPromise
from kept.promises.standing import add_standing, change_standing
from kept.web.desk.beginnings import stories_of
from kept.web.desk.chosen import spot_in
from kept.web.desk.standing_form import KINDS, StandingForm, known
from kept.web.desk.workroom import desk, for_admins, show, worker

Became = Literal["open", "kept", "broken"]
BECAME: Final = get_args(Became)


@desk
@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    """Every promise to everybody, those that stand first, with what became of it in the last 13 weeks."""
    today = now().date()
    facts = Facts(lens_of(USUAL, zone=default_calendar().zone, now=now()))
    of_each = {one.key: one.standing for one in facts.given if one.standing is not None}
    counted: dict[int | None, Counter[str]] = {}
    for member in _lately(standing_promises(facts), facts):
        counted.setdefault(of_each[member.key], Counter())[member.part] += 1
    rows = list(StandingPromise.objects.select_related("place").order_by("-since_on", "-id"))
    rows.sort(key=lambda row: row.until_on is not None and row.until_on < today)
    began = stories_of([row.began_with for row in rows], worker(request))
    context = {"rows": rows, "counted": counted, "kinds": KINDS, "began": began, "today": today}
    return show(request, "desk/standing.html", context, here="promises")


def _lately(members: Sequence[Member], facts: Facts) -> list[Member]:
    """The newest first, as a list of people is read on."""
    return sorted((one for one in members if facts.lens.holds(one.at)), key=lambda one: (one.at, one.key), reverse=True)


@desk
@require_safe
def one(request: HttpRequest, standing_id: uuid.UUID) -> HttpResponse:
    """One of them, and everybody against whose matter it was held in the last 52 weeks."""
    found = get_object_or_404(StandingPromise.objects.select_related("place"), public_id=standing_id)
    facts = Facts(lens_of("52", zone=default_calendar().zone, now=now()))
    members = _lately(standing_promises(facts, only=found.pk), facts)
    part = request.GET.get("part", "")
    chosen = [member for member in members if part in ("", member.part)]
    shown, following = some_of(chosen, after=spot_in(request))
    context = {
        "standing": found,
        "kinds": KINDS,
        "began": stories_of([found.began_with], worker(request)).get(found.began_with),
        "parts": Counter(member.part for member in members),
        "part": part,
        "people": meet(shown, worker(request)),
        "more": following,
        "zone": default_calendar().zone,
    }
    return show(request, "desk/standing_one.html", context, here="promises")


@for_admins
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """One more of them."""
    return _form(request, None)


@for_admins
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, standing_id: uuid.UUID) -> HttpResponse:
    """What it says, where, and from when until when."""
    return _form(request, get_object_or_404(StandingPromise, public_id=standing_id))


def _form(request: HttpRequest, found: StandingPromise | None) -> HttpResponse:
    me = worker(request)
    typed = request.POST if request.method == "POST" else None
    initial = known(found) if found else {"since_on": now().date()}
    form = StandingForm(typed, initial=initial, me=me, chosen=found.began_with if found else "")
    context: dict[str, object] = {"form": form, "standing": found}
    if typed is None:
        return show(request, "desk/standing_form.html", context, here="promises")
    if not form.is_valid():
        return show(request, "desk/standing_form.html", context, here="promises", status=422)
    try:
        if found is None:
            found = add_standing(form.terms, by=me, now=now())
        else:
            change_standing(found, form.terms, by=me, now=now())
    except Refusal as refusal:
        return show(request, "desk/standing_form.html", {**context, "refusal": refusal}, here="promises", status=409)
    messages.success(request, _("It stands in the list: %(what)s") % {"what": found.says})
    return HttpResponseRedirect(reverse("standing"))


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def on_a_case(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """What everybody was promised when this matter began; on POST a person says what became of one of them."""
    cases = Case.objects.visible_to(worker(request)).select_related("customer", "policy__calendar", "place")
    case = get_object_or_404(cases, public_id=case_id)
    if request.method != "POST":
        return _show_on(request, case)
    became: Became | None = next((one for one in BECAME if one == request.POST.get("became")), None)
    try:
        chosen = request.POST.get("standing", "")
        standing = holding_for(case).filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 19 else None
        if standing is None or became is None:
            raise Refusal(_("Say which promise it was, and what became of it."))
        hold(case, standing, became=became, by=worker(request), now=now())
    except Refusal as refusal:
        return _show_on(request, case, status=409, refusal=refusal)
    messages.success(request, _("It is in the ledger: %(what)s") % {"what": standing.says})
    return HttpResponseRedirect(reverse("case", args=[case.public_id]))


def _show_on(request: HttpRequest, case: Case, *, status: int = 200, **more: object) -> HttpResponse:
    held = {
        made.standing_id: made
        for made in Promise.objects.binding().filter(case=case, standing__isnull=False, renegotiated_at__isnull=True)
    }
    rows = [(row, hour_of(row, case), held.get(row.pk)) for row in holding_for(case)]
    context = {"case": case, "rows": rows, "moment": now(), "zone": case.policy.calendar.zone, **more}
    return show(request, "desk/standing_on_case.html", context, here="inbox", status=status)
